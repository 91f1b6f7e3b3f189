"""Whether a constant of a blueprint is a value of a type: what a client could send for a field."""

import datetime as dt
import math
import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from uuid import UUID

from codebegen.blueprint.fields import LARGEST, TEXT_TYPES, Field, Scalar

LARGEST_EXACT = Decimal(10) ** 10
"""Amounts have ten digits before the point."""
_MOMENTS: dict[str, Callable[[str], object]] = {
    "date": dt.date.fromisoformat,
    "datetime": dt.datetime.fromisoformat,
    "time": dt.time.fromisoformat,
}
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def misfit(field: Field, value: Scalar) -> str | None:
    """Why a value is none of a field's type, None where it is one. Bounds of lists are numbers of items."""
    match field.type:
        case "list":
            whole = isinstance(value, int) and not isinstance(value, bool) and value >= 0
            return None if whole else "a number of items is asked for"
        case "integer" | "duration" | "decimal" | "money" | "float":
            return _number(field, value)
        case "date" | "datetime" | "time":
            return _moment(field.type, value)
        case "boolean":
            return None if isinstance(value, bool) else "only true and false are"
        case kind if kind in TEXT_TYPES | {"enum", "uuid"}:
            return _text(field, value)
        case _:
            return f"a {field.type} has none"


def number(value: Scalar) -> Decimal | None:
    """A number, also where it is written as text; None where it is none that can be stored."""
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    try:
        found = Decimal(str(value))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _number(field: Field, value: Scalar) -> str | None:
    found = number(value)
    if found is None:
        return "it is not a number"
    if field.type in ("integer", "duration"):
        return f"whole numbers go up to {LARGEST}" if abs(found) > LARGEST else None
    if field.type == "float":
        return None
    if abs(found) >= LARGEST_EXACT:
        return "amounts have at most ten digits before the point"
    places = field.places or 0
    return None if found == round(found, places) else f"it has more than {places} decimal places"


def _moment(kind: str, value: Scalar) -> str | None:
    try:
        found = _MOMENTS[kind](str(value))
    except ValueError:
        return f"it is not a {kind} as ISO 8601 writes it"
    zoned = isinstance(found, dt.time) and found.tzinfo is not None
    return "a time of day has no zone" if zoned or not isinstance(value, str) else None


def _text(field: Field, value: Scalar) -> str | None:
    if not isinstance(value, str):
        return "it is not a text"
    if field.type in ("password", "file", "image"):
        return f"a {field.type} has none"
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        return "it holds characters that can't be stored"
    if field.length is not None and not (field.min_length or 0) <= len(value) <= field.length:
        return "it is too short or too long"
    if field.pattern is not None and not re.search(field.pattern, value):
        return "it does not match the pattern"
    return _shape(field.type, value)


def _shape(kind: str, value: str) -> str | None:
    """Texts of a kind that has a form of its own."""
    if kind == "uuid":
        try:
            UUID(value)
        except ValueError:
            return "it is not a UUID"
    if kind == "slug" and not _SLUG.fullmatch(value):
        return "it is not a slug"
    if kind == "email" and "@" not in value:
        return "it is not an e-mail address"
    if kind == "url" and not value.startswith(("http://", "https://")):
        return "it is not an address of the web"
    return None
