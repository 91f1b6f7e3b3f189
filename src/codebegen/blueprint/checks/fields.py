"""Fields: constraints that fit the type and each other."""

import re
from collections.abc import Iterator

from pydantic_core import SchemaError, SchemaValidator, core_schema

from codebegen.blueprint.checks.values import misfit
from codebegen.blueprint.fields import MOMENT_TYPES, NUMBER_TYPES, TEXT_TYPES, Field
from codebegen.blueprint.model import Blueprint
from codebegen.diagnostics import Diagnostic, error

LONGEST_TEXT = 100_000
LONGEST_VALUE = 63
MOST_PLACES = 10
_NO_ITEMS = ("list", "enum", "password")
_NOT_UNIQUE = ("json", "geo", "list", "password")

Problem = tuple[str, str, str]


def check_fields(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every field of every entity."""
    for entity in blueprint.entities:
        for field in entity.fields:
            place = f"entities.{entity.name}.fields.{field.name}"
            for code, message, hint in _problems(field):
                yield error(code, place, message, hint)


def _problems(field: Field) -> Iterator[Problem]:
    yield from _kind(field)
    yield from _values(field)
    yield from _bounds(field)
    yield from _lengths(field)
    yield from _default(field)
    yield from _lists(field)
    if field.pattern is not None:
        yield from _pattern(field, field.pattern)


def _kind(field: Field) -> Iterator[Problem]:
    """What a type needs, and what it can't have."""
    if field.type == "list" and field.item_type is None:
        yield "list-of-what", "a list needs an item_type", "for example item_type: string"
    if field.item_type is not None and (field.type != "list" or field.item_type in _NO_ITEMS):
        message = f"a {field.type} can't hold {field.item_type}"
        yield "list-of-what", message, "use a list of a simple type, or an entity of its own"
    if field.type == "duration" and field.unit is None:
        yield "no-unit", "a duration is an integer of a stated unit", "for example unit: minutes"
    if field.unique and field.type in _NOT_UNIQUE:
        yield "unique-type", f"a {field.type} can't be unique", "remove `unique`"
    if field.scale is not None and field.type not in ("decimal", "money"):
        yield "scale-type", f"a {field.type} has no decimal places", "use type: decimal"
    if field.scale is not None and not 0 <= field.scale <= MOST_PLACES:
        yield "scale-range", f"{field.scale} decimal places can't be kept", f"use 0 to {MOST_PLACES}"


def _values(field: Field) -> Iterator[Problem]:
    if field.type == "enum" and not field.values:
        yield "enum-values", "an enum needs values", "list them: values: [draft, published]"
    if field.type != "enum" and field.values:
        yield "enum-values", f"a {field.type} has no values", "use type: enum"
    if len(set(field.values)) != len(field.values):
        yield "enum-values", "a value stands twice", "remove one"
    if any(not value.strip() or len(value) > LONGEST_VALUE or not value.isprintable() for value in field.values):
        yield "enum-values", f"values are texts of 1 to {LONGEST_VALUE} characters that can be seen", "change them"
    if field.type == "enum" and field.default is not None and field.default not in field.values:
        yield "enum-default", f"the default {field.default!r} is not among the values", "add it, or take another"


def _bounds(field: Field) -> Iterator[Problem]:
    bounds = [bound for bound in (field.min, field.max) if bound is not None]
    if bounds and field.type not in NUMBER_TYPES | MOMENT_TYPES | {"list"}:
        yield "bounds-type", f"a {field.type} has no min and max", "use min_length and max_length"
        return
    if (field.exclusive_min and field.min is None) or (field.exclusive_max and field.max is None):
        yield "bounds-type", "a bound that is not there can't be exclusive", "set `min` or `max`"
    unfit = [(bound, why) for bound in bounds if (why := misfit(field, bound)) is not None]
    for bound, why in unfit:
        yield "bounds-value", f"{bound!r} is no bound: {why}", "write the bound as the field would be written"
    if len(bounds) == 2 and not unfit and not _room(field):
        yield "bounds-order", f"nothing is between {field.min} and {field.max}", "exchange or widen them"


def _room(field: Field) -> bool:
    """Whether a value fits between the bounds."""
    if field.exclusive_min or field.exclusive_max:
        return _ordered(field.min, field.max) and not _ordered(field.max, field.min)
    return _ordered(field.min, field.max)


def _lengths(field: Field) -> Iterator[Problem]:
    low, high = field.min_length, field.max_length
    if (low is not None or high is not None) and field.type not in TEXT_TYPES:
        yield "bounds-type", f"a {field.type} has no length", "use min and max"
        return
    if (low is not None and low < 0) or (high is not None and not 1 <= high <= LONGEST_TEXT):
        yield "bounds-value", f"a length is a number from 1 to {LONGEST_TEXT}", "change it"
    elif low is not None and field.length is not None and low > field.length:
        yield "bounds-order", f"nothing has at least {low} and at most {field.length} characters", "set `max_length`"


def _default(field: Field) -> Iterator[Problem]:
    """A default is a value that a client could send."""
    default = field.default
    if default is None or field.type == "enum":
        return
    if field.type in MOMENT_TYPES and default in ("now", "today"):
        return
    why = misfit(field, default)
    if why is not None:
        yield "default-type", f"{default!r} is no default of a {field.type}: {why}", "change or remove it"
    elif not _ordered(field.min, default) or not _ordered(default, field.max):
        yield "default-bounds", f"the default {default} is out of bounds", "change it or the bounds"


def _lists(field: Field) -> Iterator[Problem]:
    """What lists may be asked for."""
    if field.searchable and not field.can_be_searched:
        yield "not-a-text", f"`q` can't look into a {field.type}", "remove `searchable`"
    for name, wanted in (("filterable", field.filterable), ("sortable", field.sortable)):
        if wanted and not field.can_be_ordered:
            yield "not-comparable", f"lists can't be {name[:4]}ed by a {field.type}", f"remove `{name}`"


def _pattern(field: Field, pattern: str) -> Iterator[Problem]:
    if field.type not in TEXT_TYPES or field.type == "password":
        yield "pattern-type", f"a {field.type} has no pattern", "use min and max"
        return
    try:
        SchemaValidator(core_schema.str_schema(pattern=pattern))  # as the generated project will
        re.compile(pattern)
    except (SchemaError, re.error) as problem:
        why = str(problem).rpartition("error: ")[2].splitlines()[0]
        message = f"the pattern is not a regular expression: {why}"
        yield "pattern-syntax", message, "check brackets and escapes; no look-around and no back-references"


def _ordered(low: object, high: object) -> bool:
    """Whether low ≤ high; texts (ISO dates) compare as texts, an open side always holds."""
    if low is None or high is None:
        return True
    try:
        return float(low) <= float(high)  # type: ignore[arg-type]  # a text that is no number raises
    except (TypeError, ValueError):
        return str(low) <= str(high)
