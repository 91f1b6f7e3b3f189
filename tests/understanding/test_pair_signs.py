"""Pairs of entities that are related, though no rule says so."""

import pytest
import yaml

from benchmarks.logistic import CORPUS
from benchmarks.pair_signs.__main__ import validated
from benchmarks.pair_signs.learn import Pair, descriptions, learned
from codebegen.understanding import understand
from codebegen.understanding.embedded.pair_signs import KINDS, chances

WORKSHOP = """We repair bicycles. A bicycle has a brand, a colour and a frame number. Orders have a date and a price.
Sometimes an order comes in for a bicycle that we sold ourselves. Parts have a name and a price, and mechanics have a
name and a phone number. A shelf has a letter."""


def test_what_shares_no_clause_with_it_stays_unrelated() -> None:
    blueprint = understand(WORKSHOP).blueprint
    assert blueprint is not None
    assert blueprint.entities_by_name["Shelf"].relations == ()


def test_a_relation_that_is_only_likely_is_an_assumption() -> None:
    prompts = (yaml.safe_load(path.read_text("utf-8"))["prompt"] for path in sorted((CORPUS / "dev").glob("*.yaml")))
    entities = [e for prompt in prompts if (found := understand(prompt).blueprint) for e in found.entities]
    likely = [r for e in entities for r in e.relations if "spoken of together" in r.provenance.reason]
    assert likely
    assert not any(relation.required or relation.origin == "stated" for relation in likely)


@pytest.fixture(scope="module")
def known() -> list[list[Pair]]:
    return descriptions([CORPUS / "dev", CORPUS / "fresh"])


def test_the_weights_find_more_than_the_rules_in_what_they_have_not_seen(known: list[list[Pair]]) -> None:
    figures = validated(known, folds=2)

    more, wrong = (figures["with weights"][at] - figures["rules"][at] for at in (0, 2))
    assert more > wrong


def test_learning_finds_what_tells_the_kinds_apart() -> None:
    sides = {"key": ("a", "b"), "key back": ("b", "a"), "both": ("c", "c"), "none": ("d", "d")}
    pairs = [Pair((one,), (other,), rule="none", true=kind, name="") for kind, (one, other) in sides.items()] * 5

    weights = learned(pairs)

    for pair in pairs[:4]:
        assert max(zip(chances(weights, pair.one, pair.other), KINDS, strict=True))[1] == pair.true


def test_things_that_are_only_named_side_by_side_are_not_related() -> None:
    text = """A studio. Trainers have a name and a bio. Memberships have a plan and a price. Only admins manage trainers
    and memberships. Classes have a title and a trainer. A room has a number. Members book classes."""
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert "Trainer" not in {relation.target for relation in blueprint.entities_by_name["Membership"].relations}
