"""Nouns that no rule took, and that are spoken of as data is."""

import pytest
import yaml

from benchmarks.data_signs.learn import Case, descriptions, learned
from benchmarks.logistic import CORPUS
from codebegen.understanding import understand
from codebegen.understanding.embedded.data_signs import Weighed, chances
from codebegen.understanding.embedded.learned_weights import learned_weights

_RINGING = """For every bird we ring, the ring number matters most, together with species, wing length and fat score.
Ringers catch birds at a site; the weather and the wind are entered for each session.
A ring number is unique. A bird has a colour."""


def test_a_guess_is_an_optional_assumption_with_its_reason() -> None:
    found = understand(_RINGING).blueprint
    assert found is not None
    bird = found.entities_by_name["Bird"]
    guessed = [field for field in bird.fields if field.provenance.reason == "Bird is what it is told of"]

    assert {"species", "wing_length"} <= {field.name for field in guessed}
    assert all(field.origin == "inferred" and not field.required for field in guessed)


def test_what_is_hardly_likely_is_shown_and_not_made() -> None:
    prompts = (yaml.safe_load(path.read_text("utf-8"))["prompt"] for path in sorted((CORPUS / "dev").glob("*.yaml")))
    plans = [found for prompt in prompts if (found := understand(prompt).blueprint)]
    doubts = [(found, item) for found in plans for item in found.report.residue if "may be data of" in item.reason]

    assert doubts
    for found, item in doubts:
        kept = {f"{entity.name}: {field.name}".lower() for entity in found.entities for field in entity.fields}
        assert item.suggestion.split("`")[1].replace(" ", "_").lower() not in kept


@pytest.fixture(scope="module")
def known() -> list[list[Case]]:
    return descriptions([CORPUS / "dev", CORPUS / "fresh"])


def test_the_weights_fit_the_descriptions_that_they_are_learned_from(known: list[list[Case]]) -> None:
    weights = learned_weights("data_signs")
    right = wrong = 0
    for case in (case for one in known for case in one):
        likely = chances(weights, case.weighed)
        said = max(likely, key=lambda key: likely[key], default="")
        if said and likely[said] > 0.5:
            right, wrong = right + (said in case.true), wrong + (said not in case.true)

    assert right > 2 * wrong  # else learn anew: python -m benchmarks.data_signs


def test_learning_finds_whose_a_noun_is() -> None:
    told = Weighed(("bias", "weight"), {"bag": ("near",), "hotel": ("far",)})
    plain = Weighed(("bias", "talk"), {"bag": ("near",), "hotel": ("far",)})

    weights = learned([Case(told, frozenset({"bag"})), Case(plain, frozenset())] * 80)

    assert chances(weights, told)["bag"] > 0.8
    assert max(chances(weights, plain).values()) < 0.2
