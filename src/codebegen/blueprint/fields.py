"""Fields: what one row holds."""

import re
from typing import Literal, get_args

from codebegen.blueprint.node import Element, Name

FieldType = Literal[
    "string", "text", "integer", "decimal", "float", "boolean", "date", "datetime", "time", "duration", "uuid",
    "email", "url", "phone", "slug", "money", "geo", "json", "enum", "list", "file", "image", "password",
]  # fmt: skip
FIELD_TYPES: tuple[FieldType, ...] = get_args(FieldType)

TEXT_TYPES = frozenset({"string", "text", "email", "url", "phone", "slug", "password", "file", "image"})
NUMBER_TYPES = frozenset({"integer", "decimal", "float", "money", "duration"})
MOMENT_TYPES = frozenset({"date", "datetime", "time"})

_SHAPELESS = frozenset({"json", "geo", "list", "password"})
_UNORDERED = frozenset({"text", "json", "geo", "list", "password", "file", "image"})
_SEARCHABLE = frozenset({"string", "text", "slug"})
LARGEST = 2**53 - 1
"""The largest whole number that every client can read; beyond 32 bits only where bounds or a default say so."""
_INTEGERS = 2**31
_WRITTEN = re.compile(r"[+-]?\d+(\.\d+)?")
_LENGTHS = {"text": 20_000, "url": 2_000, "file": 2_000, "image": 2_000, "phone": 40, "slug": 200, "password": 128}

Scalar = str | int | float | bool


class Field(Element):
    """One field. `required` means that `POST` must carry it; a field with a default is never null.

    `min`, `max` bound numbers, ISO dates and the size of lists; `min_length`, `max_length` bound texts.
    `default` may be `now` or `today` for moments. `unit` is of a duration (`minutes`) or says what a number counts.
    """

    name: Name
    type: FieldType = "string"
    required: bool = True
    unique: bool = False
    default: Scalar | None = None
    min: Scalar | None = None
    max: Scalar | None = None
    exclusive_min: bool = False
    exclusive_max: bool = False
    min_length: int | None = None
    max_length: int | None = None
    pattern: str | None = None
    values: tuple[str, ...] = ()
    item_type: FieldType | None = None
    unit: str | None = None
    scale: int | None = None
    immutable: bool = False
    write_only: bool = False
    read_only: bool = False
    searchable: bool | None = None
    filterable: bool | None = None
    sortable: bool | None = None
    description: str = ""

    @property
    def nullable(self) -> bool:
        """Whether the column may be empty."""
        return not self.required and self.default is None

    @property
    def can_be_searched(self) -> bool:
        """Whether it is a text that `q` can look into."""
        return self.type in TEXT_TYPES and not self.write_only

    @property
    def can_be_ordered(self) -> bool:
        """Whether lists can be sorted and filtered by it at all."""
        return self.type not in _SHAPELESS and not self.write_only

    @property
    def is_searchable(self) -> bool:
        """Whether `q` looks into it: texts that are shown, unless the blueprint says otherwise."""
        return _decided(self.searchable, self.type in _SEARCHABLE and not self.write_only)

    @property
    def is_filterable(self) -> bool:
        """Whether lists can be filtered by it."""
        return _decided(self.filterable, self.type not in _UNORDERED and not self.write_only)

    @property
    def is_sortable(self) -> bool:
        """Whether lists can be sorted by it."""
        return _decided(self.sortable, self.type not in _UNORDERED and not self.write_only)

    @property
    def length(self) -> int | None:
        """The longest text it holds: every text is bounded, so that no request stores what no page can show."""
        if self.type not in TEXT_TYPES:
            return None
        return self.max_length if self.max_length is not None else _LENGTHS.get(self.type, 255)

    @property
    def places(self) -> int | None:
        """Decimal places of a decimal or an amount of money."""
        if self.type not in ("decimal", "money"):
            return None
        if self.scale is not None:
            return self.scale
        return max(2, *(_places(value) for value in (self.min, self.max, self.default)))

    @property
    def is_big(self) -> bool:
        """Whether a whole number has values that 32 bits don't hold."""
        stated = (self.min, self.max, self.default)
        return self.type in ("integer", "duration") and any(_is_big(value) for value in stated)


def _places(value: Scalar | None) -> int:
    """Decimal places that a number is written with."""
    return len(str(value).partition(".")[2]) if _WRITTEN.fullmatch(str(value)) else 0


def _is_big(value: Scalar | None) -> bool:
    return _WRITTEN.fullmatch(str(value)) is not None and abs(float(str(value))) >= _INTEGERS


def _decided(value: bool | None, default: bool) -> bool:
    return default if value is None else value
