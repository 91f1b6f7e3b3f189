"""A request for something that no list knows is a backend that keeps it; what asks for nothing is refused."""

import pytest

from codebegen.understanding import understand


@pytest.mark.parametrize(
    ("prompt", "name"),
    [
        ("an API for umbrellas", "Umbrella"),
        ("backend to keep track of meteorites", "Meteorite"),
        ("REST service for managing our gnomes", "Gnome"),
        ("We need something for knitting patterns.", "KnittingPattern"),
    ],
)
def test_the_topic_is_kept(prompt: str, name: str) -> None:
    blueprint = understand(prompt).blueprint
    assert blueprint is not None
    (entity,) = blueprint.entities
    assert (entity.name, entity.origin) == (name, "stated")
    assert entity.provenance.start is not None
    assert prompt[entity.provenance.start : entity.provenance.end] == entity.provenance.quote
    assert [field.origin for field in entity.fields] == ["inferred"]


@pytest.mark.parametrize(
    "prompt", ["hello", "what is the weather today?", "tell me a joke", "an app for me", "asdf qwer zxcv"]
)
def test_what_asks_for_nothing_is_refused(prompt: str) -> None:
    assert understand(prompt).blueprint is None
