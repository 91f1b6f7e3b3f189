"""Nouns that have rows, among those that are only spoken of."""

import pytest

from benchmarks.entity_signs.__main__ import validated
from benchmarks.entity_signs.learn import descriptions
from benchmarks.logistic import CORPUS, Case, learned, probability
from codebegen.understanding import understand
from codebegen.understanding.embedded.learned_weights import learned_weights


def _entities(text: str) -> set[str]:
    found = understand(text).blueprint
    assert found is not None
    return {entity.name for entity in found.entities if entity.origin == "stated"}


FESTIVAL = """Festival backend. Bands play on stages; each band has a name and a genre. Stages have a name.
Visitors buy tickets for a day, a ticket has a price."""
DENTIST = """A dental office keeps patients with a name and a birth date. Every treatment of a patient has a price.
The grading looks at tests. Remote is fine."""


@pytest.mark.parametrize(
    ("text", "there"), [(FESTIVAL, {"Band", "Stage", "Ticket"}), (DENTIST, {"Patient", "Treatment"})]
)
def test_what_has_rows_is_told_by_how_it_is_spoken_of(text: str, there: set[str]) -> None:
    assert there <= _entities(text)
    assert not {"Grading", "Genre", "Day"} & _entities(text)


@pytest.fixture(scope="module")
def known() -> list[list[Case]]:
    return descriptions([CORPUS / "dev", CORPUS / "fresh"])


def test_the_weights_know_more_than_the_rules_of_what_they_have_not_seen(known: list[list[Case]]) -> None:
    figures = validated(known, folds=3)

    errors = {name: missed + wrong for name, (_, missed, wrong) in figures.items()}
    assert errors["by weights"] < errors["by rules"]


def test_the_weights_fit_the_descriptions_that_they_are_learned_from(known: list[list[Case]]) -> None:
    cases = [case for one in known for case in one]
    weights = learned_weights("entity_signs")

    wrong = [case.name for case in cases if (probability(weights, case) > 0.5) != case.true]

    assert len(wrong) < len(cases) / 20, wrong  # else learn anew: python -m benchmarks.entity_signs


def test_learning_finds_what_tells_the_cases_apart() -> None:
    known = [Case(("bias", sign), true=true, rule=False, name="") for sign, true in (("a", True), ("b", False))] * 5

    found = learned(known)

    assert [probability(found, case) > 0.5 for case in known[:2]] == [True, False]
