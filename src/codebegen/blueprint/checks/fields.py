"""Fields: constraints that fit the type and each other."""

import re
from collections.abc import Iterator

from codebegen.blueprint.fields import MOMENT_TYPES, NUMBER_TYPES, TEXT_TYPES, Field
from codebegen.blueprint.model import Blueprint
from codebegen.diagnostics import Diagnostic, error


def check_fields(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every field of every entity."""
    for entity in blueprint.entities:
        for field in entity.fields:
            place = f"entities.{entity.name}.fields.{field.name}"
            for code, message, hint in _problems(field):
                yield error(code, place, message, hint)


def _problems(field: Field) -> Iterator[tuple[str, str, str]]:
    yield from _values(field)
    yield from _bounds(field)
    if field.type == "list" and field.item_type is None:
        yield "list-of-what", "a list needs an item_type", "for example item_type: string"
    if field.item_type is not None and field.item_type in ("list", "enum", "password"):
        yield (
            "list-of-what",
            f"a list can't hold {field.item_type}",
            "use a simple type, or an entity of its own",
        )
    if field.type == "duration" and field.unit is None:
        yield "no-unit", "a duration is an integer of a stated unit", "for example unit: minutes"
    if field.pattern is not None:
        if field.type not in TEXT_TYPES:
            yield "pattern-type", f"a {field.type} has no pattern", "use min and max"
        try:
            re.compile(field.pattern)
        except re.error as problem:
            yield (
                "pattern-syntax",
                f"the pattern is not a regular expression: {problem}",
                "check brackets and escapes",
            )


def _values(field: Field) -> Iterator[tuple[str, str, str]]:
    if field.type == "enum" and not field.values:
        yield "enum-values", "an enum needs values", "list them: values: [draft, published]"
    if field.type != "enum" and field.values:
        yield "enum-values", f"a {field.type} has no values", "use type: enum"
    if len(set(field.values)) != len(field.values):
        yield "enum-values", "a value stands twice", "remove one"
    if any(not value.strip() or len(value) > 63 for value in field.values):
        yield "enum-values", "values are texts of 1 to 63 characters", "shorten them"
    if field.type == "enum" and field.default is not None and field.default not in field.values:
        yield (
            "enum-default",
            f"the default {field.default!r} is not among the values",
            "add it, or take another",
        )


def _bounds(field: Field) -> Iterator[tuple[str, str, str]]:
    sized = field.min is not None or field.max is not None
    if sized and field.type not in NUMBER_TYPES | MOMENT_TYPES | {"list"}:
        yield "bounds-type", f"a {field.type} has no min and max", "use min_length and max_length"
    measured = field.min_length is not None or field.max_length is not None
    if measured and field.type not in TEXT_TYPES:
        yield "bounds-type", f"a {field.type} has no length", "use min and max"
    for low, high in ((field.min, field.max), (field.min_length, field.max_length)):
        if low is not None and high is not None and not _ordered(low, high):
            yield "bounds-order", f"nothing is between {low} and {high}", "exchange or widen them"
    if field.type in NUMBER_TYPES and field.default is not None and not isinstance(field.default, str):
        low, high = field.min, field.max
        if not _ordered(low, field.default) or not _ordered(field.default, high):
            yield "default-bounds", f"the default {field.default} is out of bounds", "change it or the bounds"


def _ordered(low: object, high: object) -> bool:
    """Whether low ≤ high; texts (ISO dates) compare as texts, an open side always holds."""
    if low is None or high is None:
        return True
    try:
        return float(low) <= float(high)  # type: ignore[arg-type]  # a text that is no number raises
    except (TypeError, ValueError):
        return str(low) <= str(high)
