"""Bounds of a field, and those told of a row itself: `a fine lies between 50 and 500 euros`.

The field that is meant is one that the row has; where it has none, it gets one.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from codebegen.understanding.embedded.build_fields import kind_of
from codebegen.understanding.embedded.draft import DraftEntity, DraftField
from codebegen.understanding.embedded.facts import Limit
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.types import field_type

SIDES = ("min", "max", "min_length", "max_length")
_LENGTHS = {"min": "min_length", "max": "max_length"}
_TEXTS = frozenset(("string", "text", "slug", "password"))

_NUMBERS = frozenset("amount points value score rating stars quantity level".split())
_WORDED = tuple("text body content message comment description remark note remarks notes question title name".split())
_MONEY = frozenset(("eur", "usd", "gbp", "chf", "cents"))
_MOMENTS = frozenset(("date", "datetime", "time"))
_KINDS = {"amount": frozenset(("decimal", "money")), "duration": frozenset(("duration",))}


def field_bounded(row: DraftEntity, fact: Limit) -> tuple[str, bool]:
    """The name of the field that is meant, and whether it is there; no name where none can be told."""
    data = fact.data
    if data.get("min_length") is not None or data.get("max_length") is not None:
        found = next((name for name in _WORDED if name in row.fields), "")
        return found or "text", bool(found)
    unit = data.get("unit")
    told = "amount" if unit in _MONEY else "duration" if unit in words.TIME_UNITS else ""
    if told == "duration" and sum(kind_of(f, row) in _MOMENTS for f in row.fields.values()) > 1:
        return "", False  # from when to when says how long
    kinds = _KINDS.get(told, frozenset())
    names = [n for n, f in row.fields.items() if n in _NUMBERS or kind_of(f, row) in kinds]
    if len(names) == 1:
        return names[0], True
    return ("", False) if names else (told, False)


def bounded(drafted: DraftField, owner: str, data: Mapping[str, object]) -> Item:
    """What a field is with the bounds of a limit; of a text, with its length."""
    spec = drafted.item.spec
    changed: dict[str, Any] = {side: data[side] for side in SIDES if data.get(side) is not None}
    if spec.type is None and any("." in str(value) for value in changed.values()):
        changed["type"] = "decimal"
    elif _type_bounded(drafted, owner, changed) in _TEXTS:
        changed = {_LENGTHS.get(side, side): _whole(value) for side, value in changed.items()}
    changed["exclusive_min"] = bool(data.get("exclusive")) or spec.exclusive_min
    changed["exclusive_max"] = bool(data.get("under")) or spec.exclusive_max
    changed["unit"] = spec.unit or data.get("unit")
    return replace(drafted.item, spec=replace(spec, **changed))


def _type_bounded(drafted: DraftField, owner: str, changed: Mapping[str, Any]) -> str:
    """The type of a field with such bounds: an azimuth between 0 and 360 is a number."""
    item = replace(drafted.item, spec=replace(drafted.item.spec, **changed))
    return field_type(drafted.name, item, owner)


def _whole(value: object) -> int | None:
    return int(str(value)) if str(value).isdigit() else None
