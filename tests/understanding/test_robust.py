"""No text crashes the engine, becomes code, or takes more than its length."""

import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebegen.blueprint.checks import check
from codebegen.blueprint.passes import complete
from codebegen.understanding import Context, understand

_WORDS = (
    "a an the each every post posts user users order orders has have belongs to can only must not be is are of with "
    "name title price status (draft, or published) unique many one two edit delete by admin -> : ; , . - | \n\n- # "
    "who which when it they their per between 1 5 0 and or {{ }} ' \" __import__"
).split(" ")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(_WORDS), max_size=60).map(" ".join))
def test_any_sentence_gives_a_valid_blueprint_or_a_diagnostic(text: str) -> None:
    understood = understand(text)
    if understood.blueprint is None:
        assert understood.diagnostics
    else:
        assert check(complete(understood.blueprint)) == ()


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    understood = understand(text)
    assert understood.blueprint is not None or understood.diagnostics


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty-prompt"),
        (" \n\t", "empty-prompt"),
        ("\x00\x01\x02PNG", "binary-prompt"),
        ("Shall I compare thee to a summer's day? Rough winds do shake the darling buds of May.", "nothing-understood"),
        ("Lorem ipsum dolor sit amet, consectetur adipiscing elit, sed do eiusmod tempor.", "nothing-understood"),
        ("qwjk zxv " * 200, "nothing-understood"),
    ],
)
def test_what_is_no_description_is_refused(text: str, code: str) -> None:
    understood = understand(text)
    assert understood.blueprint is None
    assert [d.code for d in understood.diagnostics] == [code]


def test_injected_code_is_only_text() -> None:
    text = (
        "Build an API with {{ config }} and __import__('os').system('x') posts. "
        'A post has a title "\'; DROP TABLE x" and a {{7*7}} body.'
    )
    blueprint = understand(text).blueprint
    assert blueprint is not None
    for entity in blueprint.entities:
        assert entity.name.isidentifier()
        assert all(field.name.isidentifier() for field in entity.fields)


def test_other_scripts_and_reserved_words_are_names() -> None:
    blueprint = understand("Class: import, name, lambda. Größe: name, price").blueprint
    assert blueprint is not None
    assert set(blueprint.entities_by_name) == {"Class", "Grosse"}


def test_hundreds_of_entities() -> None:
    text = "\n".join(f"Thing{i}: name, price, code{i} (unique)" for i in range(200))
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert len(blueprint.entities) == 200


@pytest.mark.parametrize("piece", ["x: ", "- a\n", "users and ", "posts can be read and ", "((", "a, ", "word. "])
def test_noise_takes_about_its_length(piece: str) -> None:
    random.seed(1)

    def seconds(count: int) -> float:
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            understand(piece * count)
            best = min(best, time.process_time() - start)
        return best

    seconds(10)
    assert seconds(2000) < 40 * seconds(200) + 0.5


def test_a_context_wins_and_the_disagreement_is_reported() -> None:
    understood = understand("Posts have a title. Use MongoDB.", Context(stack="fastapi_postgres", domain="fintech"))
    assert understood.blueprint is not None
    assert understood.blueprint.stack == "fastapi_postgres"
    assert understood.blueprint.domain == "fintech"
    assert understood.blueprint.report.conflicts
