"""The schema: the one value that every exact format is read into; `build` makes blueprint entities of it.

Names are as written. Spans are places in the text that was read, from the first character to behind the last.
"""

from dataclasses import dataclass
from typing import Literal

from codebegen.blueprint import Expression, FieldType
from codebegen.blueprint.fields import Scalar
from codebegen.blueprint.model import Stack
from codebegen.blueprint.relations import OnDelete, RelationKind

Span = tuple[int, int]


class FormatError(Exception):
    """A text that is not what its format allows; `at` is the place of the first thing that does not fit."""

    def __init__(self, message: str, at: int, hint: str = "") -> None:
        self.message, self.at, self.hint = message, at, hint
        super().__init__(message)


@dataclass(frozen=True)
class Column:
    """One value of a row. `generated`: the database makes it (a serial number, a random key)."""

    name: str
    span: Span
    type: FieldType = "string"
    required: bool = False
    unique: bool = False
    primary: bool = False
    generated: bool = False
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
    read_only: bool = False
    write_only: bool = False
    description: str = ""


@dataclass(frozen=True)
class Key:
    """A reference to rows of `target`.

    `columns` hold it, where the format has such columns; `name` is what the format calls it, where it has a name for
    it. `required` is None where the columns tell. A many-to-many stands on the side that writes it.
    """

    target: str
    span: Span
    columns: tuple[str, ...] = ()
    name: str = ""
    kind: RelationKind = "many_to_one"
    required: bool | None = None
    on_delete: OnDelete | None = None
    inverse: str = ""
    target_columns: tuple[str, ...] = ()
    description: str = ""


@dataclass(frozen=True)
class Unique:
    """Columns (or named keys) whose combination is unique."""

    columns: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class Check:
    """A condition that every row meets; its paths are the columns' names in snake_case, `text` says it in words."""

    condition: Expression
    span: Span
    text: str = ""


@dataclass(frozen=True)
class Table:
    """A kind of rows. `primary` names the columns of its key."""

    name: str
    span: Span
    columns: tuple[Column, ...] = ()
    keys: tuple[Key, ...] = ()
    primary: tuple[str, ...] = ()
    unique: tuple[Unique, ...] = ()
    checks: tuple[Check, ...] = ()
    description: str = ""

    def column(self, name: str) -> Column | None:
        """The column of this name, in any case."""
        low = name.lower()
        return next((c for c in self.columns if c.name.lower() == low), None)


@dataclass(frozen=True)
class Leftover:
    """Something that has no counterpart in a blueprint.

    `loss`: the backend will do less than was asked for (a trigger); otherwise it is decided elsewhere (an index).
    """

    span: Span
    reason: str
    suggestion: str = ""
    loss: bool = True


@dataclass(frozen=True)
class Note:
    """A choice that the text leaves open: `element` is a table, or a table and a column with a dot between."""

    element: str
    message: str


UNKNOWN = "this statement has no counterpart in a blueprint"
"""Why something is left over that may be no part of its format at all."""

Format = Literal["jdl", "dbml", "prisma", "mermaid", "sql", "openapi", "json"]


@dataclass(frozen=True)
class Schema:
    """Everything that one text in an exact format says."""

    format: Format
    tables: tuple[Table, ...] = ()
    leftovers: tuple[Leftover, ...] = ()
    notes: tuple[Note, ...] = ()
    title: str = ""
    accounts: bool = False
    stack: Stack | None = None
