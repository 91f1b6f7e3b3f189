"""Tallies: what rows add to numbers of others has to be taken back on every way out, so it must be theirs alone."""

import pytest

from codebegen.blueprint import Blueprint, Tally, check, complete
from codebegen.blueprint.expressions import Compare, FieldRef, Value
from codebegen.blueprint.passes.edit import changed
from tests.compiler.market import MARKET

DEBIT = MARKET.entities_by_name["Transfer"].tallies[0]
RICH = Compare(operator=">", left=FieldRef(path="source.balance"), right=Value(value=1))


def with_tally(tally: Tally, **values: object) -> Blueprint:
    transfers = (
        changed(e, tallies=(changed(tally, **values), e.tallies[1])) if e.name == "Transfer" else e
        for e in MARKET.entities
    )
    return complete(changed(MARKET, entities=tuple(transfers)))


def test_rows_stay_while_what_they_point_to_is_there() -> None:
    keys = MARKET.entities_by_name["Transfer"].relations
    assert {key.on_delete for key in keys} == {"restrict"}


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"relation": "nowhere"}, "unknown-relation"),
        ({"field": "label"}, "unknown-field"),
        ({"amount": FieldRef(path="source.balance")}, "far-amount"),
        ({"amount": FieldRef(path="source")}, "not-comparable"),
        ({"condition": RICH}, "far-condition"),
        ({"name": "credit"}, "duplicate-name"),
    ],
)
def test_what_can_not_be_done_is_told(values: dict[str, object], code: str) -> None:
    assert code in {problem.code for problem in check(with_tally(DEBIT, **values))}


def test_rows_that_go_along_could_not_take_back_what_they_added() -> None:
    transfer = MARKET.entities_by_name["Transfer"]
    keys = tuple(changed(key, on_delete="cascade") for key in transfer.relations)
    entities = (changed(e, relations=keys) if e is transfer else e for e in MARKET.entities)
    found = check(complete(changed(MARKET, entities=tuple(entities))))
    assert {problem.code for problem in found} == {"tally-cascade"}
