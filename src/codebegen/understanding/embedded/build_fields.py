"""Builder of fields.

A draft field becomes a checked `Field`; no combination that a compiler could not keep leaves here.
"""

import re
from typing import Any

from codebegen import naming
from codebegen.blueprint import Field, FieldType
from codebegen.blueprint.fields import NUMBER_TYPES, TEXT_TYPES, Scalar
from codebegen.understanding.embedded.draft import DraftEntity, DraftField
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.types import field_type

_FIRST_IS_DEFAULT = frozenset("status state stage phase condition_state".split())
_MAX_NAME = 60


def safe_name(text: str) -> str:
    """A snake_case name that a blueprint accepts; empty if no word is in it."""
    name = naming.snake(text)[:_MAX_NAME].strip("_")
    return name if not name or name[0].isalpha() else f"n{name}"


def build_field(draft: DraftField, entity: DraftEntity) -> Field:
    """One field."""
    item, spec = draft.item, draft.item.spec
    kind = kind_of(draft, entity)
    data: dict[str, Any] = {"name": draft.name, "type": kind, "provenance": draft.provenance}
    data["unique"] = spec.unique and not spec.unique_scope
    data.update(_bounds(kind, item))
    data.update(_values(draft.name, kind, spec))
    if spec.unit and kind in NUMBER_TYPES:
        data["unit"] = spec.unit
    elif kind == "duration":
        data["unit"] = "minutes"
    if kind == "list":
        data["item_type"] = spec.item_type if spec.item_type not in (None, "list", "enum") else "string"
    if kind == "password":
        data["write_only"] = True
    data["immutable"] = spec.immutable
    data["write_only"] = data.get("write_only", False) or spec.write_only
    if spec.scale is not None and kind in ("decimal", "money"):
        data["scale"] = spec.scale
    if "default" not in data and spec.default is not None:
        value = _default(kind, spec.default)
        if value is not None:
            data["default"] = value
    data["required"] = _required(draft.name, kind, item, data, draft)
    return Field(**data)


def kind_of(draft: DraftField, entity: DraftEntity) -> FieldType:
    """The type of a field, beside the others of its entity."""
    kind = field_type(draft.name, draft.item, entity.key)
    by_clock = _is_opening_hour(draft, entity) or (kind == "datetime" and _is_hour_of_a_day(draft, entity))
    return "time" if by_clock else kind


_HOURS = ("opens_at", "closes_at")


def _is_opening_hour(draft: DraftField, entity: DraftEntity) -> bool:
    """`opens at` beside `closes at` is an hour of every day; alone, such a thing happens once."""
    return draft.name in _HOURS and not draft.item.spec.type and all(name in entity.fields for name in _HOURS)


DAYS = ("date", "day", "weekday", "day_of_week")
_ENDS = frozenset("start starts begin begins end ends finish from to until".split())


def _is_hour_of_a_day(draft: DraftField, entity: DraftEntity) -> bool:
    """`a start time and an end time` beside `a date`."""
    told = any(day in entity.fields for day in DAYS) and not draft.item.spec.type
    return told and draft.name.split("_")[0] in _ENDS and not draft.name.endswith("_at")


def _values(name: str, kind: FieldType, spec: Spec) -> dict[str, Any]:
    if kind != "enum":
        return {}
    values = tuple(dict.fromkeys(v for v in spec.values if v))
    data: dict[str, Any] = {"values": values}
    if spec.default is not None:
        wanted = naming.snake(spec.default)
        chosen = next((v for v in values if v.lower() == wanted or v == spec.default), None)
        if chosen is not None:
            data["default"] = chosen
    if "default" not in data and name.rsplit("_", 1)[-1] in _FIRST_IS_DEFAULT and not spec.optional:
        data["default"] = values[0]
    return data


def _number(text: str, _kind: FieldType) -> int | float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    if abs(number) > 1e15:
        return None
    return int(number) if number == int(number) else number


def _bounds(kind: FieldType, item: Item) -> dict[str, Any]:
    """Bounds of numbers and lengths of texts, in order."""
    spec, data = item.spec, {}
    if kind in NUMBER_TYPES:
        low = _number(spec.min, kind) if spec.min is not None else None
        high = _number(spec.max, kind) if spec.max is not None else None
        if low is not None and high is not None and low > high:
            low, high = high, low
        data = {
            "min": low,
            "max": high,
            "exclusive_min": spec.exclusive_min and low is not None,
            "exclusive_max": spec.exclusive_max and high is not None,
        }
    elif kind in TEXT_TYPES:
        low, high = spec.min_length, spec.max_length
        if high is None and spec.max is not None and spec.max.isdigit() and spec.unit is None:
            high, low = int(spec.max), (int(spec.min) if spec.min and spec.min.isdigit() else low)
        if low is not None and high is not None and low > high:
            low, high = high, low
        if high is not None and high < 1:
            high = None
        data = {"min_length": low, "max_length": high}
    return {name: value for name, value in data.items() if value is not None and value is not False}


def _default(kind: FieldType, raw: str) -> Scalar | None:
    """A default of the field's type, or nothing."""
    low = raw.strip().lower()
    if kind == "boolean":
        return {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}.get(low)
    if kind in ("integer", "duration"):
        return int(low) if re.fullmatch(r"-?\d{1,15}", low) else None
    if kind in ("decimal", "float", "money"):
        return _number(low.replace(",", "."), kind) if re.fullmatch(r"-?\d{1,15}(?:[.,]\d+)?", low) else None
    if kind in ("date", "datetime", "time"):
        if low in ("now", "today", "current", "current date", "current time", "now()"):
            return "today" if kind == "date" else "now"
        return None
    if kind in ("string", "text", "slug"):
        return None if low in ("null", "none", "") else raw
    return None


def _required(name: str, kind: FieldType, item: Item, data: dict[str, Any], draft: DraftField) -> bool:
    """Stated fields are required unless optional, defaulted, boolean or naturally later."""
    if draft.provenance.origin != "stated":
        return False
    if item.spec.required and data.get("default") is None:
        return True
    if (
        item.spec.optional
        or item.spec.asked
        or data.get("default") is not None
        or kind == "boolean"
        or item.spec.computed
    ):
        return False
    if kind in ("image", "file") and item.head in nouns.LATER:
        return False
    return not is_later(name)


def is_later(name: str) -> bool:
    """An outcome's moment, a bio, notes, an avatar: what a new row does not have yet."""
    parts = name.split("_")
    if len(parts) > 1 and parts[-1] in ("url", "uri", "link", "image", "file", "path"):
        parts = parts[:-1]
    if name in nouns.LATER or parts[-1] in (
        "bio",
        "biography",
        "notes",
        "avatar",
        "photo",
        "picture",
        "remark",
        "remarks",
    ):
        return True
    if parts[-1] in ("at", "on") or parts[-1] in ("date", "time") or parts[-1] == "by":
        return (
            "_".join(parts[:-1]).replace("_", "-") in nouns.OUTCOME
            or parts[0] in nouns.OUTCOME
            or name in ("last_seen_at", "last_login_at", "last_used_at")
        )
    return False
