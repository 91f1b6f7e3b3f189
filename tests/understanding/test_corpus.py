"""The corpus: every description gives a valid blueprint, and the figures don't fall."""

from pathlib import Path

import pytest
import yaml

from benchmarks.understanding.measure import UNREAD, f1, measure, total
from codebegen.blueprint import load
from codebegen.blueprint.checks import check
from codebegen.blueprint.passes import complete
from codebegen.blueprint.text import dump
from codebegen.understanding import understand

CORPUS = Path(__file__).parent.parent / "corpus"
FILES = sorted(path for path in CORPUS.glob("*/*.yaml") if path.parent.name not in UNREAD)
FLOORS = {
    "shared": {"entity": 0.97, "field": 0.97, "relation": 0.96},
    "regression": {"entity": 0.92, "field": 0.91, "relation": 0.79},
    "dev": {"entity": 0.93, "field": 0.89, "relation": 0.79},
    "fresh": {"entity": 0.90, "field": 0.84, "relation": 0.72},
    "practice": {"entity": 0.84, "field": 0.73, "relation": 0.52},
}
"""What these parts reach at least; raise it, never lower it."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_the_blueprint_is_valid_and_survives_its_file(path: Path) -> None:
    prompt = yaml.safe_load(path.read_text())["prompt"]
    blueprint = understand(prompt).blueprint
    assert blueprint is not None
    assert check(complete(blueprint)) == ()
    assert load(dump(blueprint)) == blueprint


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_quotes_stand_where_they_say(path: Path) -> None:
    prompt = yaml.safe_load(path.read_text())["prompt"]
    blueprint = understand(prompt).blueprint
    assert blueprint is not None
    for entity in blueprint.entities:
        for element in (entity, *entity.fields, *entity.relations):
            place = element.provenance
            if element.origin == "stated" and place.start is not None:
                assert " ".join(prompt[place.start : place.end].split())[:200] == place.quote
    for residue in blueprint.report.residue:
        assert prompt[residue.start : residue.end].startswith(residue.text[:300])


@pytest.mark.parametrize("part", FLOORS)
def test_the_figures_do_not_fall(part: str) -> None:
    whole = total(measure(path).stated for path in sorted((CORPUS / part).glob("*.yaml")))
    reached = {key: f1(getattr(whole, key)) for key in FLOORS[part]}
    assert all(reached[key] >= floor for key, floor in FLOORS[part].items()), reached
