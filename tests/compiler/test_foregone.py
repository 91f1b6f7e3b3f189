"""Conditions over one enum field: what is foregone is not asked, and the rest means what it meant before."""

from itertools import product
from types import SimpleNamespace

import pytest

from codebegen.blueprint import Blueprint
from codebegen.blueprint.expressions import All, AnyOf, Compare, Expression, FieldRef, IsNull, Not, Value
from codebegen.compiler.expressions import over_row

VALUES = ("a", "b", "c")
STATE = {"name": "state", "type": "enum", "values": list(VALUES)}
PARCELS = Blueprint.model_validate(
    {
        "name": "post",
        "entities": [
            {"name": "Parcel", "fields": [STATE]},
            {"name": "Letter", "fields": [{**STATE, "required": False}]},
        ],
    }
)
NAMES = SimpleNamespace(**{f"{name}State": SimpleNamespace(A="a", B="b", C="c") for name in ("Parcel", "Letter")})


def _is(value: str) -> Expression:
    return Compare(operator="==", left=FieldRef(path="state"), right=Value(value=value))


def _is_not(value: str) -> Expression:
    return Compare(operator="!=", left=Value(value=value), right=FieldRef(path="state"))


PARTS: tuple[Expression, ...] = (
    *map(_is, VALUES),
    _is_not("a"),
    Not(of=_is("b")),
    IsNull(of=FieldRef(path="state")),
    AnyOf(of=(_is("a"), _is("b"))),
    All(of=(_is_not("b"), _is_not("c"))),
)


def _holds(spelled: str, state: str | None) -> bool:
    row = SimpleNamespace(state=state)
    return bool(eval(spelled, {"models": NAMES, "parcel": row, "letter": row}))


@pytest.mark.parametrize("name", ["Parcel", "Letter"])
def test_the_shorter_condition_means_the_same(name: str) -> None:
    entity = PARCELS.entities_by_name[name]
    renderer = over_row(PARCELS, entity, name.lower())
    states = [*VALUES, *([None] if name == "Letter" else [])]
    for first, second, third in product(PARTS, repeat=3):
        for condition in (
            All(of=(first, AnyOf(of=(second, third)))),
            AnyOf(of=(first, Not(of=All(of=(second, third))))),
        ):
            whole, short = renderer.render(condition), renderer.test(condition)
            assert [_holds(whole, state) for state in states] == [_holds(short, state) for state in states], whole


def test_what_is_foregone_is_not_asked() -> None:
    renderer = over_row(PARCELS, PARCELS.entities_by_name["Parcel"], "parcel")
    unless = AnyOf(of=(_is_not("a"), _is("b")))
    assert renderer.test(unless) == "parcel.state != models.ParcelState.A"
    assert renderer.test(Not(of=unless)) == "parcel.state == models.ParcelState.A"
    assert renderer.test(All(of=(_is("a"), _is("b")))) == "False"
    both = AnyOf(of=(_is("a"), _is("b")))
    assert renderer.test(both) == "parcel.state == models.ParcelState.A or parcel.state == models.ParcelState.B"
