"""Types: the name of a field, and what was said about it, tell its type."""

from codebegen.blueprint import FieldType
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import conjugation, nouns, words
from codebegen.understanding.embedded.spec_model import Spec

_NUMBERED = frozenset(
    "board track seat shirt bib page line version floor chapter episode season lap round week issue jersey table order_number day step lane gate volume row position".split()  # noqa: E501
)
_LONG_TIME = frozenset(
    "cooking prep preparation response reading waiting processing delivery baking travel running estimated total play playing lead setup resting rest brewing".split()  # noqa: E501
)


def field_type(name: str, item: Item, owner: str = "") -> FieldType:
    """The type of a field."""
    spec = item.spec
    if spec.values:
        return "enum"
    if spec.type is not None and spec.type != "enum":
        return spec.type
    if spec.type == "enum":
        return "string"
    if item.phrase.of is not None and item.head == "count":
        return "integer"
    found = by_name(name, item.head, owner)
    if spec.asked and found == "string" and item.head not in nouns.ATTRIBUTES:
        return "boolean"
    if found in ("string", "text") and spec.unit:
        return _by_unit(spec)
    if spec.unit in words.TIME_UNITS and _lasts(name, found):
        return "duration"
    if found == "string" and (spec.min is not None or spec.max is not None) and not _is_length(item):
        return "decimal" if "." in f"{spec.min}{spec.max}" else "integer"
    if found == "string" and item.phrase.plural and item.phrase.quantity.many:
        return "list"
    return found


def _lasts(name: str, kind: FieldType) -> bool:
    """`walking time in minutes`: how long, not when."""
    return kind in ("datetime", "time") or (
        kind == "integer" and name.rsplit("_", maxsplit=1)[-1] in ("duration", "time", "length")
    )


_WORDED = frozenset(
    "name title label subject headline nickname username fullname surname slogan motto tagline subtitle reason text "
    "message question caption address street city brand make model color publisher comment".split()
)
_SHORTEST_BOUND = 10


def _is_length(item: Item) -> bool:
    """`title (max 200)`: of words, a bound is their length; `level (max 5)` is a value."""
    top = item.spec.max
    return item.head in _WORDED and top is not None and top.isdigit() and int(top) >= _SHORTEST_BOUND


def _by_unit(spec: Spec) -> FieldType:
    """The type that a unit tells."""
    if spec.unit == "hours":
        return "decimal"
    if spec.unit in words.TIME_UNITS:
        return "duration"
    return "integer" if spec.unit in words.WHOLE_UNITS else "decimal"


def by_name(name: str, head: str = "", owner: str = "") -> FieldType:
    """The type that a snake_case name tells; `head` is the word that carries it where that is not the last one."""
    parts = name.split("_")
    last = head if (head and head in parts) or head == "count" else parts[-1]
    last = last.split("_")[-1]
    if len(last) <= 1 and len(parts) > 1:
        last = parts[-2]
    if found := _by_form(name, parts, last):
        return found
    if last == "number":
        return _number(parts, owner)
    if last == "time":
        return _time(parts)
    if found := _by_neighbour(parts, last):
        return found
    if (
        parts[0] in ("max", "min", "maximum", "minimum", "maximal", "minimal")
        and len(parts) > 1
        and nouns.FIELD_TYPES.get(last, "string") == "string"
    ):
        return "integer"
    if last not in nouns.ATTRIBUTES and len(parts) > 1 and (last in conjugation.forms() or last in words.ADJECTIVES):
        return by_name("_".join(parts[:-1]))
    known = nouns.FIELD_TYPES.get(name.replace("_", "-")) or nouns.FIELD_TYPES.get(last)
    if known is None and last.endswith("s"):
        known = {"image": "list", "file": "list"}.get(nouns.FIELD_TYPES.get(last[:-1], ""))
    return known or "string"  # type: ignore[return-value]


def _by_form(name: str, parts: list[str], last: str) -> FieldType | None:
    """Prefixes and suffixes: `is_active`, `starts_at`, `due_on`, `view_count`."""
    if name in nouns.BARE_MOMENTS:
        return "datetime"
    if parts[0] in ("is", "has", "can", "was", "allows", "allow", "should") and len(parts) > 1:
        return "boolean"
    if len(parts) > 1 and parts[-1] == "at":
        return "date" if last in ("date", "day") else "datetime"
    if (len(parts) > 1 and {parts[-1], last} & {"on", "until", "since", "from"}) or parts[-1] == "since":
        return "date"
    if "date" in parts and "time" in parts:
        return "datetime"
    if last in ("date", "birthday", "deadline", "dob") or parts[-1] == "date":
        return "date"
    if name.replace("_", "-") in nouns.BOOLEAN_WORDS or (len(parts) == 2 and parts[0] == "checked"):
        return "boolean"
    if parts[-1] in ("url", "link"):
        return "url"
    if parts[-1] in words.UNIT_SIGNS and len(parts) > 1:
        known = by_name("_".join(parts[:-1]))
        return "decimal" if known == "string" else known
    return None


def _number(parts: list[str], owner: str) -> FieldType:
    """Numbers that count are integers, numbers that identify are texts."""
    if len(parts) > 1 and parts[-2] in ("phone", "telephone", "mobile", "fax", "contact"):
        return "phone"
    if len(parts) > 1 and parts[-2] in _NUMBERED:
        return "integer"
    return (
        "integer"
        if len(parts) == 1 and owner not in ("invoice", "policy", "order", "contract", "account", "card")
        else "string"
    )


def _time(parts: list[str]) -> FieldType:
    if len(parts) == 1 or parts == ["time", "of", "day"]:
        return "time"
    if parts[-2] in _LONG_TIME:
        return "duration"
    return "time" if parts[-2] in ("opening", "closing", "begin") else "datetime"


_MONEY = frozenset("price cost amount fee salary total rate rent payment deposit tax".split())


def _by_neighbour(parts: list[str], last: str) -> FieldType | None:
    """Words that mean something else beside others: `email address`, `spicy level`, `coverage limit`."""
    before = parts[-2] if len(parts) > 1 else ""
    if last in ("min", "max") and before:
        return by_name("_".join(parts[:-1]))
    if last in ("position", "location") and "gps" in parts:
        return "geo"
    if last == "size" and "bytes" in parts:
        return "integer"
    known = _NEIGHBOURS.get(last)
    if known is None:
        return None
    return next((kind for words_before, kind in known if not words_before or before in words_before), None)


def _beside(text: str, kind: FieldType) -> tuple[frozenset[str], FieldType]:
    return frozenset(text.split()), kind


# Last word → what it is behind which words; an empty set is for all the rest.
_NEIGHBOURS: dict[str, tuple[tuple[frozenset[str], FieldType], ...]] = {
    "address": (_beside("email mail", "email"), _beside("ip mac", "string")),
    "level": (_beside("reorder stock experience min minimum max spicy water battery floor certification", "integer"),),
    "value": (
        _beside("insurance insured market asset contract total estimated deal book property order", "decimal"),
        _beside("min max sensor", "float"),
        (frozenset({""}), "decimal"),
        (frozenset(), "string"),
    ),
    "size": (_beside("party group team batch file class household", "integer"), (frozenset(), "string")),
    "length": ((frozenset({""}), "decimal"),),
    "hours": (_beside("opening business office working visiting", "string"),),
    "pool": (_beside("prize", "decimal"), (frozenset(), "string")),
    "limit": (_beside("coverage credit spending budget", "decimal"),),
    "maximum": (_beside("coverage credit spending budget", "decimal"),),
    "position": (_beside("job", "string"),),
}
