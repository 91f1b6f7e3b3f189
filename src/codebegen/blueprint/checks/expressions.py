"""Expressions: paths that lead somewhere, like compared with like, conditions where conditions are asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from codebegen.blueprint.checks.values import misfit, number
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
    mentions_caller,
    references,
)
from codebegen.blueprint.fields import NUMBER_TYPES, TEXT_TYPES, Field, Scalar
from codebegen.blueprint.lookup import Target, follow
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.diagnostics import Diagnostic, error

Kind = Literal["whole", "exact", "float", "text", "date", "datetime", "time", "boolean", "enum", "row", "now", "other"]
_NUMBERS = ("whole", "exact", "float")
_KINDS: dict[str, Kind] = {
    **dict.fromkeys(TEXT_TYPES - {"password"}, "text"),
    **dict.fromkeys(NUMBER_TYPES, "whole"),
    "decimal": "exact", "money": "exact", "float": "float", "boolean": "boolean", "enum": "enum",
    "date": "date", "datetime": "datetime", "time": "time",
}  # fmt: skip
_HINTS = {
    "unknown-path": "name fields and relations that exist",
    "not-a-condition": "compare something: {kind: compare, operator: '==', left: …, right: …}",
    "not-comparable": "compare a field with a field or a value of the same type",
    "no-caller": "only rights of accounts and rules beside accounts know who is calling",
    "nothing-said": "list at least one condition in `of`",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an expression stands: of which rows it is, what it is called, whether a caller is known there."""

    blueprint: Blueprint
    entity: Entity
    name: str
    caller: bool = True

    def problem(self, code: str, message: str) -> Diagnostic:
        """A diagnostic with the usual hint."""
        return error(code, self.name, message, _HINTS[code])

    def target(self, path: str) -> Target | None:
        """Where a path leads."""
        return follow(self.blueprint, self.entity, path)


def check_condition(place: Place, condition: Expression) -> Iterator[Diagnostic]:
    """Everything that is wrong with a condition; unknown paths first, since nothing else can be said of them."""
    lost = [path for path in dict.fromkeys(references(condition)) if place.target(path) is None]
    for path in lost:
        yield place.problem("unknown-path", f"{path} leads nowhere")
    if not (place.caller and place.blueprint.has_accounts) and mentions_caller(condition):
        yield place.problem("no-caller", "nobody is known to be calling here")
    if not lost:
        yield from _condition(place, condition)


def check_value(place: Place, value: Expression, field: Field) -> Iterator[Diagnostic]:
    """Whether an expression can be written into a field."""
    lost = [path for path in dict.fromkeys(references(value)) if place.target(path) is None]
    for path in lost:
        yield place.problem("unknown-path", f"{path} leads nowhere")
    if lost:
        return
    match value:
        case Value(value=constant):
            fits = _fits(field, constant)
        case Now():
            fits = field.type in ("date", "datetime")
        case FieldRef(path=path):
            target = place.target(path)
            held = target.field.type if target is not None and target.field is not None else None
            fits = "." not in path and held == field.type and held != "enum"
        case _:
            fits = False
    if not fits:
        yield place.problem("not-comparable", f"this is no value of {field.name}")


def check_number(place: Place, value: Expression) -> Iterator[Diagnostic]:
    """Whether an expression makes a number."""
    lost = [path for path in dict.fromkeys(references(value)) if place.target(path) is None]
    for path in lost:
        yield place.problem("unknown-path", f"{path} leads nowhere")
    if not lost and _kind(place, value) not in _NUMBERS:
        yield place.problem("not-comparable", "this is not a number")


def number_kind(place: Place, value: Expression) -> Kind | None:
    """What kind of number an expression makes: whole, exact or float."""
    return _kind(place, value)


def _condition(place: Place, condition: Expression) -> Iterator[Diagnostic]:
    match condition:
        case All(of=parts) | AnyOf(of=parts):
            if not parts:
                yield place.problem("nothing-said", "there is no condition in it")
            for part in parts:
                yield from _condition(place, part)
        case Not(of=part):
            yield from _condition(place, part)
        case Compare():
            why = _mismatch(place, condition)
            if why is not None:
                yield place.problem("not-comparable", why)
        case IsNull():
            return
        case _:
            yield place.problem("not-a-condition", f"a {condition.kind} is neither true nor false")


def _fits(field: Field, constant: Scalar | None) -> bool:
    if constant is None:
        return field.nullable
    return constant in field.values if field.type == "enum" else misfit(field, constant) is None


def _mismatch(place: Place, compare: Compare) -> str | None:
    """Why two sides can't be compared, None where they can."""
    if not references(compare):
        return "a comparison needs a field on one side"
    left, right = (compare.left, compare.right) if references(compare.left) else (compare.right, compare.left)
    kind, other = _kind(place, left), _kind(place, right)
    if kind is None or other is None or "other" in (kind, other):
        return "one side is nothing that can be compared"
    if compare.operator not in ("==", "!=") and kind in ("boolean", "enum", "row"):
        return f"a {kind} is not more or less than another"
    if isinstance(right, Value):
        return _constant(place, left, kind, right)
    if other == "now":
        return None if kind in ("date", "datetime") else f"a {kind} is not compared with now"
    if kind in _NUMBERS and other in _NUMBERS:
        return "a decimal is not compared with a float" if {kind, other} == {"exact", "float"} else None
    return None if kind == other and kind != "enum" else f"a {kind} is not compared with a {other}"


def _constant(place: Place, side: Expression, kind: Kind, value: Value) -> str | None:
    """Why a constant is not of the kind of the other side."""
    if value.value is None:
        return "nothing equals null: use is_null"
    if kind in _NUMBERS:
        found = number(value.value)
        whole = found is not None and (kind != "whole" or found == int(found))
        return None if whole else f"{value.value!r} is not such a number"
    target = place.target(side.path) if isinstance(side, FieldRef) else None
    if target is None or target.field is None:
        return f"{value.value!r} is not a row"
    if kind == "enum":
        known = value.value in target.field.values
        return None if known else f"{value.value!r} is not a value of {target.field.name}"
    if kind == "text":
        return None if isinstance(value.value, str) else f"{value.value!r} is not a text"
    why = misfit(target.field, value.value)
    return None if why is None else f"{value.value!r}: {why}"


def _kind(place: Place, side: Expression) -> Kind | None:
    """What a side of a comparison is, None where it is nothing that has a value."""
    match side:
        case FieldRef(path=path):
            target = place.target(path)
            if target is None or target.field is None or target.field.name == "id":
                return "row" if target is not None else None
            return _KINDS.get(target.field.type, "other")
        case Value(value=value):
            return _literal(value)
        case Now():
            return "now"
        case Caller():
            return "row"
        case Arithmetic():
            return _arithmetic(place, side)
        case _:
            return None


def _literal(value: str | float | bool | None) -> Kind:
    if isinstance(value, bool):
        return "boolean"
    return "whole" if isinstance(value, int | float) and number(value) is not None else "text"


def _arithmetic(place: Place, side: Arithmetic) -> Kind | None:
    """The kind of a result; a number written as text counts as one here."""
    kinds: set[Kind | None] = set()
    for part in (side.left, side.right):
        constant = isinstance(part, Value) and part.value is not None and number(part.value) is not None
        kinds.add("whole" if constant else _kind(place, part))
    zero = isinstance(side.right, Value) and side.right.value is not None and number(side.right.value) == 0
    if not kinds <= set(_NUMBERS) or kinds >= {"exact", "float"} or (zero and side.operator == "/"):
        return None
    if "exact" in kinds:
        return "exact"
    return "float" if "float" in kinds or side.operator == "/" else "whole"
