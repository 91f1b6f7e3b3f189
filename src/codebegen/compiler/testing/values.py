"""Sample values of a field: plain ones in ascending order, unique ones as Python, and how Python spells them.

A value is JSON data, `Code` (a Python expression of the generated tests) or `Relative` (a moment counted from now).
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from codebegen import naming
from codebegen.blueprint.fields import Field
from codebegen.compiler.literals import python
from codebegen.compiler.testing.patterns import matching, samples

INTEGER_MAX = 2**31 - 1
STEMS = ("Alpha", "Beta", "Gamma")
MANY = 12
"""How many unique values of a pattern a test can use."""


@dataclass(frozen=True, slots=True)
class Code:
    """A Python expression; `imports` are the names of `tests.kit.values` in it."""

    text: str
    imports: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Relative:
    """A moment, day or time of day so many minutes from now."""

    minutes: int
    type: str


Value: TypeAlias = "str | int | float | bool | Code | Relative | list[Value] | dict[str, Value] | None"

_FIXED: dict[str, tuple[Value, ...]] = {
    "boolean": (False, True),
    "uuid": tuple(f"{digit * 8}-{digit * 4}-4{digit * 3}-8{digit * 3}-{digit * 12}" for digit in "123"),
    "geo": tuple({"latitude": latitude, "longitude": 13.4} for latitude in (48.1, 52.5)),
    "json": tuple({"key": stem} for stem in STEMS),
}
_FUNCTIONS = {"datetime": "moment", "date": "day", "time": "time_of_day"}


def spell(value: Value) -> str:
    """A value as Python."""
    match value:
        case Code(text=text):
            return text
        case Relative(minutes=minutes, type=kind):
            return f"{_FUNCTIONS[kind]}(minutes={minutes})"
        case list():
            return f"[{', '.join(spell(item) for item in value)}]"
        case dict():
            return "{" + ", ".join(f"{python(key)}: {spell(item)}" for key, item in value.items()) + "}"
        case _:
            return python(value)


def imports_of(values: object) -> frozenset[str]:
    """Names of `tests.kit.values` that spelled values use; `values` is any nesting of values."""
    match values:
        case Code(imports=names):
            return frozenset(names)
        case Relative(type=kind):
            return frozenset({_FUNCTIONS[kind]})
        case dict():
            return imports_of(tuple(values.values()))
        case tuple() | list():
            return frozenset(name for item in values for name in imports_of(item))
        case _:
            return frozenset()


def plain(field: Field) -> tuple[Value, ...]:
    """Valid values in ascending order; at least one, and two or more wherever there are."""
    match field.type:
        case "integer" | "duration":
            return tuple(int(number) for number in _numbers(field, Decimal(1)))
        case "float":
            return tuple(float(number) for number in _numbers(field, Decimal("0.5")))
        case "decimal" | "money":
            unit = Decimal(1).scaleb(-(field.places or 0))
            return tuple(f"{number.quantize(unit)}" for number in _numbers(field, unit))
        case "date" | "datetime" | "time":
            return tuple(_moments(field))
        case "enum":
            return tuple(sorted(field.values, key=lambda value: [c for c in value.casefold() if c.isalnum()]))
        case "list":
            return tuple(_lists(field))
        case _:
            return _FIXED.get(field.type) or texts(field)


def texts(field: Field) -> tuple[Value, ...]:
    """Valid texts in ascending order."""
    if field.pattern is not None:
        fitting = [text for text in samples(field.pattern) if fits(field, text)]
        return tuple(sorted(fitting)[:3]) or tuple(sorted(samples(field.pattern))[:1]) or STEMS
    words = " ".join(naming.words(field.name)) or "text"
    dashed = naming.kebab(field.name) or "text"
    made = {
        "email": [f"{stem.lower()}.{dashed}@example.com" for stem in STEMS],
        "url": [f"https://example.com/{stem.lower()}" for stem in STEMS],
        "file": [f"https://example.com/{stem.lower()}.pdf" for stem in STEMS],
        "image": [f"https://example.com/{stem.lower()}.png" for stem in STEMS],
        "slug": [f"{stem.lower()}-{dashed}" for stem in STEMS],
        "phone": [f"+4930{digit}00200" for digit in "123"],
        "password": [f"{stem} horse battery" for stem in STEMS],
    }.get(field.type, [f"{stem} {words}" for stem in STEMS])
    return tuple(_fitted(field, text) for text in made)


def _fitted(field: Field, text: str) -> str:
    shortest, longest = field.min_length or 0, field.length or 255
    return text[:longest].rstrip(" -.") + "x" * max(0, shortest - len(text))


def fits(field: Field, text: str) -> bool:
    """Whether a text is as long as a field wants it."""
    return (field.min_length or 0) <= len(text) <= (field.length or 255)


def _numbers(field: Field, step: Decimal) -> list[Decimal]:
    """A few numbers in the bounds: the edges' neighbours and everyday ones."""
    low, high = least(field, step), most(field, step)
    wanted = {Decimal(1), Decimal(2), Decimal(5), Decimal(10), Decimal(50), Decimal(100)}
    for edge in (low, high):
        if edge is not None:
            wanted |= {edge, edge + step, edge - step}
    found = sorted(n for n in wanted if (low is None or n >= low) and (high is None or n <= high))
    return found or [low or high or Decimal(1)]


def least(field: Field, step: Decimal) -> Decimal | None:
    """The smallest valid number."""
    if field.min is None:
        return None
    return Decimal(str(field.min)) + (step if field.exclusive_min else 0)


def most(field: Field, step: Decimal) -> Decimal | None:
    """The greatest valid number."""
    if field.max is None:
        return None
    return Decimal(str(field.max)) - (step if field.exclusive_max else 0)


def _moments(field: Field) -> list[str]:
    wanted = {
        "date": ["2024-03-01", "2024-03-02", "2024-04-01"],
        "datetime": ["2024-03-01T08:00:00Z", "2024-03-01T09:30:00Z", "2024-04-01T08:00:00Z"],
        "time": ["08:00:00", "09:30:00", "17:45:00"],
    }[field.type]
    edges = [_zoned(field, str(edge)) for edge in (field.min, field.max) if edge is not None]
    low = "" if field.min is None else _zoned(field, str(field.min))
    high = "~" if field.max is None else _zoned(field, str(field.max))
    return [moment for moment in sorted({*wanted, *edges}) if low <= moment <= high] or [low or high]


def _zoned(field: Field, moment: str) -> str:
    """A bound as a body spells it: a point in time has its zone."""
    if field.type != "datetime" or moment.endswith("Z") or "+" in moment:
        return moment
    return f"{moment}Z" if "T" in moment else f"{moment}T00:00:00Z"


def _lists(field: Field) -> list[Value]:
    item = plain(Field(name=field.name, type=field.item_type or "string"))
    size = max(1, int(float(str(field.min)))) if field.min is not None else 1
    return [[value] * size for value in item[:2]] or [[]]


def unique(field: Field) -> Value:
    """A value that no other row has."""
    number = Code("number()", ("number",))
    dashed = naming.kebab(field.name) or "text"
    words = " ".join(naming.words(field.name)).capitalize() or "Text"
    match field.type:
        case "integer" | "duration":
            return _unique_integer(field)
        case "decimal" | "money" | "float":
            low = least(field, Decimal(1)) or Decimal(0)
            offset = f"{int(low)} + " if low > 1 else ""
            places = field.places or 0
            text = f"{offset}{number.text}" if field.type == "float" else f'f"{{{offset}number()}}.{"0" * places}"'
            return Code(text.replace('."', '"') if places == 0 else text, number.imports)
        case "date" | "datetime":
            return Code(f"{_FUNCTIONS[field.type]}(minutes=1440 * number())", (_FUNCTIONS[field.type], "number"))
        case "uuid":
            return Code("str(uuid4())")
        case "email":
            return Code(f'f"{dashed}{{number()}}@example.com"', number.imports)
        case "url" | "file" | "image":
            return Code('f"https://example.com/{number()}"', number.imports)
        case "slug":
            return Code(f'f"{dashed}-{{number()}}"', number.imports)
        case "phone":
            return Code('f"+4930{number():07}"', number.imports)
        case "string" | "text" | "password":
            return _unique_text(field, words)
        case _:
            return plain(field)[0]


def _unique_integer(field: Field) -> Code:
    low, high = least(field, Decimal(1)), most(field, Decimal(1))
    base = "number()" if low is None or low <= 1 else f"{int(low)} + number()"
    if high is None:
        return Code(base, ("number",))
    start = int(low or 0)
    return Code(f"{start} + number() % {int(high) - start + 1}", ("number",))


def _unique_text(field: Field, words: str) -> Value:
    if field.pattern is not None:
        several = tuple(text for text in samples(field.pattern) if fits(field, text))[:MANY]
        return Code(f"{python(several)}[number() % {len(several)}]", ("number",)) if several else plain(field)[0]
    longest, shortest = field.length or 255, field.min_length or 1
    if longest >= len(words) + 8 and len(words) + 2 >= shortest:
        return Code(f'f"{words} {{number()}}"', ("number",))
    width = min(max(shortest, 6), longest)
    modulo = f" % {10**width}" if width < 8 else ""
    return Code(f'f"{{number(){modulo}:0{width}}}"', ("number",))


def mismatch(pattern: str) -> str | None:
    """A text that a pattern refuses."""
    candidates = ("!", "?!?", "no match", "0", "zz zz", "####", "")
    return next((text for text in candidates if not matching(pattern, text)), None)
