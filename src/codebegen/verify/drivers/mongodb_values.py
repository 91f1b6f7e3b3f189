"""Values of documents: how they compare, and what lies at a dotted path."""

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, TypeAlias

from bson import Binary, Decimal128, Int64, ObjectId, Regex

Bson: TypeAlias = Any
"""A value as a document holds it."""
Document: TypeAlias = dict[str, Bson]

MISSING = object()
"""What lies at a path that is not there."""
# Kinds of values in the order in which a MongoDB sorts them, by the names that `$type` knows.
_KINDS: tuple[tuple[type | tuple[type, ...], int, str], ...] = (
    (bool, 8, "bool"),
    ((int, Int64), 2, "number"),
    (float, 2, "number"),
    (Decimal128, 2, "number"),
    (str, 3, "string"),
    (Mapping, 4, "object"),
    (list, 5, "array"),
    (ObjectId, 7, "objectId"),
    (Binary, 6, "binData"),
    (bytes, 6, "binData"),
    (dt.datetime, 9, "date"),
    (Regex, 11, "regex"),
)


class UnsupportedError(Exception):
    """Something that a MongoDB can do and this stand-in can't; the text names it."""


def kind_of(value: object) -> tuple[int, str]:
    """The place of a value's kind among all kinds, and its name."""
    if value is None or value is MISSING:
        return 1, "null"
    for types, rank, name in _KINDS:
        if isinstance(value, types):
            return rank, name
    raise UnsupportedError(f"values of the type {type(value).__name__}")


def order(value: Bson) -> tuple[int, Bson]:
    """A key by which values of any kinds can be sorted, and which is the same for equal ones."""
    rank, name = kind_of(value)
    match name:
        case "null":
            return rank, 0
        case "number":
            return rank, value.to_decimal() if isinstance(value, Decimal128) else _number(value)
        case "object":
            return rank, tuple((key, order(item)) for key, item in value.items())
        case "array":
            return rank, tuple(order(item) for item in value)
        case "binData":
            return rank, bytes(value)
        case _:
            return rank, value


def _number(value: float) -> Decimal | float:
    return Decimal(value) if isinstance(value, int) else value


def at(document: object, path: str) -> Bson:
    """The value at a dotted path through documents, or `MISSING`."""
    for name in path.split("."):
        if not isinstance(document, Mapping) or name not in document:
            return MISSING
        document = document[name]
    return document


def candidates(document: object, path: str) -> Iterator[Bson]:
    """What a condition on a path is held against: the value, and each element of an array."""
    name, _, rest = path.partition(".")
    if isinstance(document, list):
        for item in document:
            yield from candidates(item, path)
        return
    value = document[name] if isinstance(document, Mapping) and name in document else MISSING
    if rest:
        yield from candidates(value, rest)
        return
    yield value
    if isinstance(value, list):
        yield from value


def put(document: Document, path: str, value: Bson) -> None:
    """Set the value at a dotted path, making documents on the way."""
    *parents, last = path.split(".")
    for name in parents:
        document = document.setdefault(name, {})
    document[last] = value


def drop(document: Document, path: str) -> None:
    """Remove what lies at a dotted path, if anything does."""
    *parents, last = path.split(".")
    holder = at(document, ".".join(parents)) if parents else document
    if isinstance(holder, dict):
        holder.pop(last, None)
