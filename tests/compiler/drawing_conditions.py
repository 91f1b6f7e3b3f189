"""Conditions over one row that make sense: like is compared with like."""

from typing import Any

from hypothesis import strategies as st

from codebegen.blueprint import Entity, Field
from codebegen.blueprint.expressions import (
    All,
    AnyOf,
    Arithmetic,
    Caller,
    Compare,
    Expression,
    FieldRef,
    IsNull,
    Not,
    Now,
    Value,
)

NUMBERS = {"integer": "whole", "duration": "whole", "decimal": "exact", "money": "exact", "float": "float"}
TEXTS = {"string", "text", "slug", "email", "url", "phone"}


@st.composite
def conditions(draw: Any, entity: Entity, depth: int = 2, *, caller: bool = False) -> Expression:
    """A condition over one row that makes sense: like is compared with like."""
    kind = draw(st.sampled_from(["compare", "compare", "null", *(["all", "any", "not"] if depth else [])]))
    if kind in ("all", "any"):
        parts = tuple(draw(st.lists(conditions(entity, depth - 1, caller=caller), min_size=1, max_size=3)))
        return All(of=parts) if kind == "all" else AnyOf(of=parts)
    if kind == "not":
        return Not(of=draw(conditions(entity, depth - 1, caller=caller)))
    keys = [r.name for r in entity.relations if r.kind != "many_to_many"]
    if kind == "null":
        optional = [f.name for f in entity.fields if f.nullable] or [f.name for f in entity.fields] or ["id"]
        return IsNull(of=FieldRef(path=draw(st.sampled_from([*optional, *keys]))))
    users = [r.name for r in entity.relations if r.kind != "many_to_many" and r.target == "User"]
    if caller and users and draw(st.booleans()):
        return Compare(operator=draw(st.sampled_from(["==", "!="])), left=FieldRef(path=users[0]), right=Caller())
    comparison: Expression = draw(_comparison(entity))
    return comparison


@st.composite
def _comparison(draw: Any, entity: Entity) -> Expression:
    plain = [f for f in entity.fields if f.type not in ("json", "geo", "list", "password", "file", "image", "uuid")]
    if not plain:
        return Compare(operator="<=", left=FieldRef(path="created_at"), right=FieldRef(path="updated_at"))
    field = draw(st.sampled_from(plain))
    here = FieldRef(path=field.name)
    like = [
        f.name for f in plain if f.name != field.name and f.type == field.type and f.type not in ("enum", "boolean")
    ]
    order = draw(st.sampled_from(["==", "!=", "<", "<=", ">", ">="]))
    equal = draw(st.sampled_from(["==", "!="]))
    if like and draw(st.booleans()):
        return Compare(operator=order, left=here, right=FieldRef(path=like[0]))
    match field.type:
        case "enum":
            return Compare(operator=equal, left=here, right=Value(value=field.values[-1]))
        case "boolean":
            return Compare(operator=equal, left=here, right=Value(value=draw(st.booleans())))
        case "date" | "datetime":
            moment = "2021-05-05" if field.type == "date" else "2021-05-05T10:00:00"
            right: Expression = draw(st.sampled_from([Now(), Now(minutes=-90), Value(value=moment)]))
            return Compare(operator=order, left=here, right=right)
        case "time":
            return Compare(operator=order, left=here, right=Value(value="10:30:00"))
        case kind if kind in NUMBERS:
            sums: Expression = draw(_sums(field, order))
            return sums
        case _:
            return Compare(operator=equal, left=here, right=Value(value=draw(st.sampled_from(["x", 'a"b', "\\"]))))


@st.composite
def _sums(draw: Any, field: Field, operator: Any) -> Expression:
    here: Expression = FieldRef(path=field.name)
    number = {"whole": 5, "exact": "0.50", "float": 0.5}[NUMBERS[field.type]]
    if draw(st.booleans()):
        how = draw(st.sampled_from(["+", "-", "*"]))
        here = Arithmetic(operator=how, left=here, right=draw(st.sampled_from([Value(value=number), here])))
    sides = (here, Value(value=number))
    left, right = sides if draw(st.booleans()) else sides[::-1]
    return Compare(operator=operator, left=left, right=right)
