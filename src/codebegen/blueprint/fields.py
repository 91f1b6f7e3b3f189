"""Fields: what one row holds."""

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
