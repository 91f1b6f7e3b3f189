"""Values and bodies that a plan says are valid."""

import itertools
import uuid
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from .plan import Entity, Field

LETTERS = "abcdefghijklmnopqrstuvwxyz"
DAY = date(2033, 3, 1)
_numbers = itertools.count(1)


def number() -> int:
    """A number that was not used before."""
    return next(_numbers)


def word(n: int) -> str:
    """A number in letters, so that it survives where digits are not wanted."""
    letters = ""
    while n:
        n, rest = divmod(n, len(LETTERS))
        letters += LETTERS[rest]
    return letters


def value(field: Field, order: int = 0) -> Any:
    """A fresh valid value; `order` puts dates and times of one item after each other."""
    n = number()
    match field.type:
        case "string" | "text" | "slug":
            return text(field, n)
        case "integer" | "duration":
            return integer(field, n)
        case "decimal" | "money" | "float":
            return fraction(field, n)
        case "boolean":
            return bool(n % 2)
        case "date":
            return (moment(field, n) + timedelta(days=order)).isoformat()
        case "datetime":
            return f"{(moment(field, n) + timedelta(days=order)).isoformat()}T10:00:00Z"
        case "time":
            return f"{8 + order % 12:02}:{n % 60:02}:00"
        case "list":
            return ["one", "two"]
        case _:
            return special(field, n)


def special(field: Field, n: int) -> Any:
    """A value of a type that has one shape."""
    return {
        "enum": (field["values"] or [None])[0],
        "uuid": str(uuid.UUID(int=n)),
        "email": f"person{n}@example.org",
        "url": f"https://example.org/{n}",
        "image": f"https://example.org/{n}.png",
        "file": f"https://example.org/{n}.pdf",
        "phone": f"+4930{100000 + n}",
        "password": f"a good secret {n}",
        "json": {"n": n},
        "geo": {"latitude": 52.5, "longitude": 13.4},
    }[field.type]


def text(field: Field, n: int) -> str:
    """A text within its bounds."""
    made = f"{field.name.replace('_', '-')}-{word(n)}"
    if field["max_length"]:
        made = made[-field["max_length"] :].lstrip("-") if len(made) > field["max_length"] else made
    return made.ljust(field["min_length"] or 0, "x")


def integer(field: Field, n: int) -> int:
    """A whole number within its bounds."""
    least, most = bounds(field)
    if least is None and most is None:
        return n
    least = Decimal(0) if least is None else least
    span = 1000 if most is None else int(most - least)
    return int(least) + min(span, 1 + n % (span + 1))


def fraction(field: Field, n: int) -> Any:
    """A number with a fraction, within its bounds."""
    least, most = bounds(field)
    made = Decimal(n % 50) + Decimal("1.5")
    if least is not None and made < least:
        made = least + 1
    if most is not None and made > most:
        made = most
    return float(made) if field.type == "float" else str(made)


def bounds(field: Field) -> tuple[Decimal | None, Decimal | None]:
    """The least and the most, where they are numbers."""
    return tuple(None if field[key] is None else Decimal(str(field[key])) for key in ("min", "max"))  # type: ignore[return-value]


def moment(field: Field, n: int) -> date:
    """A day: long ago for what lies behind a person, else in a future of its own."""
    if "birth" in field.name:
        return date(1980, 1, 1) + timedelta(days=n)
    return DAY + timedelta(days=20 * (n // 8))


def fields_of(entity: Entity, *, every: bool = False) -> dict[str, Any]:
    """Values for the stated required fields, or for every field that may be written."""
    written = [field for field in entity.fields if field.name not in entity.states]
    return {
        field.name: value(field, order)
        for order, field in enumerate(written)
        if every or (field["required"] and field.stated)
    }
