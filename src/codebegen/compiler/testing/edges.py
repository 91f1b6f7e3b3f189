"""Every field at its edges: values just outside, which are refused, and just inside, which are accepted."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from decimal import Decimal

from codebegen.blueprint.fields import TEXT_TYPES, Field
from codebegen.compiler.testing.patterns import matching
from codebegen.compiler.testing.values import INTEGER_MAX, Code, Value, least, mismatch, most, plain

Case = tuple[str, Value]

_WRONG: dict[str, tuple[Case, ...]] = {
    "boolean": (("number", 1), ("text", "yes")),
    "date": (
        ("number", 5), ("impossible", "2024-02-30"), ("order", "17.05.2024"), ("moment", "2024-05-17T10:00:00Z"),
    ),
    "datetime": (("number", 5), ("no_offset", "2024-05-17T10:00:00"), ("date", "2024-05-17")),
    "time": (("number", 5), ("impossible", "25:00:00")),
    "enum": (("unknown", "no such value"), ("number", 1)),
    "json": (("text", "text"), ("list", [1]), ("too_long", Code('{"key": "x" * 100_000}'))),
    "geo": (("text", "here"), ("beyond", {"latitude": 91, "longitude": 0}), ("half", {"latitude": 1})),
}  # fmt: skip
WHOLE_DIGITS = 10
"""So many digits an amount has before its point."""
_FORMATS = frozenset({"email", "url", "slug", "phone", "uuid"})


def refused(field: Field) -> tuple[Case, ...]:
    """What a field does not take, each with a name for its case; null is not among them."""
    match field.type:
        case "integer" | "duration":
            found: list[Case] = [("text", "5"), ("fraction", 1.5), ("boolean", True), *_beyond(field, Decimal(1), int)]
        case "float":
            found = [("text", "1.5"), ("boolean", True), *_beyond(field, Decimal("0.5"), float)]
        case "decimal" | "money":
            found = [("word", "much"), ("boolean", True), _too_precise(field), *_too_much(field)]
        case "list":
            found = list(_bad_lists(field))
        case _:
            found = list(_WRONG.get(field.type) or _bad_texts(field))
    return (*found, *_out_of_time(field))


def accepted(field: Field) -> tuple[Case, ...]:
    """The last values that a field still takes."""
    if field.type in TEXT_TYPES:
        return tuple(_edge_texts(field))
    if field.type in ("integer", "duration"):
        return tuple((name, int(value)) for name, value in _edges(field, Decimal(1)))
    if field.type == "float":
        return tuple((name, float(value)) for name, value in _edges(field, Decimal("0.5")) if not _open(field, name))
    if field.type in ("decimal", "money"):
        unit = Decimal(1).scaleb(-(field.places or 0))
        furthest = Decimal(10) ** WHOLE_DIGITS - unit
        edges = {"least": -furthest, "most": furthest, **dict(_edges(field, unit))}
        return tuple((name, f"{value.quantize(unit)}") for name, value in edges.items())
    if field.type == "enum":
        return tuple((f"value_{place}", value) for place, value in enumerate(field.values))
    return ()


def spellings(field: Field) -> tuple[tuple[str, Value, Value], ...]:
    """Ways to say a valid value that are not how it is shown: a name, what is said, what is shown."""
    value = plain(field)[0]
    match field.type:
        case "integer" | "duration":
            return (("with_a_point", float(str(value)), value),)
        case "decimal" | "money":
            return (("a_number", float(str(value)), value),)
        case "datetime":
            elsewhere = datetime.fromisoformat(str(value)).astimezone(timezone(timedelta(hours=2)))
            return (("another_zone", elsewhere.isoformat(), value),)
        case "email":
            return (("capitals", str(value).upper(), value),)
        case _:
            return ()


def _open(field: Field, edge: str) -> bool:
    return field.exclusive_min if edge == "least" else field.exclusive_max


def _edges(field: Field, step: Decimal) -> Iterator[tuple[str, Decimal]]:
    low, high = least(field, step), most(field, step)
    if low is not None:
        yield "least", low
    if high is not None:
        yield "most", high


def _beyond(field: Field, step: Decimal, kind: type[int] | type[float]) -> Iterator[Case]:
    if field.min is not None:
        edge = Decimal(str(field.min))
        yield "below", kind(edge if field.exclusive_min else edge - step)
    if field.max is not None:
        edge = Decimal(str(field.max))
        yield "above", kind(edge if field.exclusive_max else edge + step)
    elif kind is int:
        yield "too_big", INTEGER_MAX + 1


def _too_precise(field: Field) -> Case:
    return "too_precise", f"1.{'0' * (field.places or 0)}1"


def _too_much(field: Field) -> Iterator[Case]:
    unit = Decimal(1).scaleb(-(field.places or 0))
    low, high = least(field, unit), most(field, unit)
    if low is not None:
        yield "below", f"{(low - unit).quantize(unit)}"
    if high is not None:
        yield "above", f"{(high + unit).quantize(unit)}"
    beyond = Decimal(10) ** WHOLE_DIGITS
    if low is None:
        yield "too_small", f"{(-beyond).quantize(unit)}"
    if high is None:
        yield "too_big", f"{beyond.quantize(unit)}"


def _out_of_time(field: Field) -> Iterator[Case]:
    if field.type not in ("date", "datetime"):
        return
    rest = "" if field.type == "date" else "T00:00:00Z"
    if field.min is not None:
        yield "below", f"1000-01-01{rest}"
    if field.max is not None:
        yield "above", f"9000-01-01{rest}"


def _bad_lists(field: Field) -> Iterator[Case]:
    yield "text", "text"
    item = Field(name=field.name, type=field.item_type or "string")
    name, wrong = refused(item)[0]
    yield f"item_{name}", [wrong]
    if field.max is not None and float(str(field.max)) < 20:
        yield "too_many", list(plain(item)[:1]) * (int(float(str(field.max))) + 1)
    if field.min is not None and float(str(field.min)) > 0:
        yield "too_few", []


def _bad_texts(field: Field) -> Iterator[Case]:
    yield "number", 5
    if field.type in _FORMATS:
        yield "format", "no such thing?"
    if field.pattern is not None and (wrong := mismatch(field.pattern)) is not None:
        yield "pattern", wrong
    shortest = _shortest(field)
    if shortest:
        yield "too_short", "x" * (shortest - 1)
    if field.type == "phone" and field.length is not None:
        yield "too_long", Code(f'"+" + "1" * {field.length}')
    elif field.length is not None and field.type not in ("email", "uuid"):
        yield "too_long", _repeat(field, field.length + 1)


def _shortest(field: Field) -> int:
    """The least length of a text; a required one says something."""
    if field.type == "password":
        return max(field.min_length or 0, 8)
    if field.min_length is not None:
        return field.min_length
    return 1 if field.required and field.type not in _FORMATS else 0


def _edge_texts(field: Field) -> Iterator[Case]:
    if field.type in _FORMATS or field.type == "password":
        return
    for name, length in (("shortest", _shortest(field)), ("longest", field.length)):
        if length is not None and length > 0 and (field.pattern is None or matching(field.pattern, "x" * length)):
            yield name, _repeat(field, length)


def _repeat(field: Field, length: int) -> Value:
    start = "https://example.com/" if field.type == "url" else ""
    if length <= 40:
        return start + "x" * max(0, length - len(start))
    prefix = f'"{start}" + ' if start else ""
    return Code(f'{prefix}"x" * {length - len(start)}')
