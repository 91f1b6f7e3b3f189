"""The `Spec`: everything that can be said about one field besides its name, and the words for types."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from codebegen.blueprint import FieldType
from codebegen.understanding.embedded.text import Token, Tokens


@dataclass(frozen=True)
class Spec:
    """Everything that was said about one field besides its name."""

    type: FieldType | None = None
    item_type: FieldType | None = None
    optional: bool = False
    required: bool = False
    unique: bool = False
    unique_scope: Tokens = ()
    min: str | None = None
    max: str | None = None
    exclusive_min: bool = False
    exclusive_max: bool = False
    min_length: int | None = None
    max_length: int | None = None
    plain_length: bool = False
    default: str | None = None
    values: tuple[str, ...] = ()
    moves: tuple[tuple[str, str], ...] = ()
    target: Tokens = ()
    link: str = ""
    computed: Tokens = ()
    unit: str | None = None
    scale: int | None = None
    immutable: bool = False
    write_only: bool = False
    skip: bool = False
    asked: bool = False
    parts: tuple[str, ...] = ()
    unknown: Tokens = ()


TYPE_WORDS: dict[str, FieldType] = {
    **dict.fromkeys(("string", "str", "varchar", "char", "nvarchar", "character"), "string"),
    **dict.fromkeys(("text", "longtext", "markdown", "html", "clob"), "text"),
    **dict.fromkeys(("int", "integer", "bigint", "smallint", "long"), "integer"),
    **dict.fromkeys(("decimal", "numeric", "number", "currency"), "decimal"),
    "money": "money",
    **dict.fromkeys(("float", "double", "real"), "float"),
    **dict.fromkeys(("bool", "boolean", "flag", "checkbox"), "boolean"),
    "date": "date",
    **dict.fromkeys(("datetime", "timestamp", "timestamptz", "date-time"), "datetime"),
    "time": "time",
    **dict.fromkeys(("duration", "interval"), "duration"),
    "uuid": "uuid",
    "email": "email",
    "url": "url",
    "uri": "url",
    "phone": "phone",
    "slug": "slug",
    **dict.fromkeys(("json", "jsonb", "dict"), "json"),
    **dict.fromkeys(("list", "array"), "list"),
    **dict.fromkeys(("file", "blob", "binary"), "file"),
    "image": "image",
    "password": "password",
    "enum": "enum",
    "geo": "geo",
    "point": "geo",
}

TYPE_PHRASES: dict[tuple[str, ...], FieldType] = {
    ("whole", "number"): "integer",
    ("natural", "number"): "integer",
    ("round", "number"): "integer",
    ("decimal", "number"): "decimal",
    ("floating", "point"): "float",
    ("double", "precision"): "float",
    ("long", "text"): "text",
    ("free", "text"): "text",
    ("multiline", "text"): "text",
    ("short", "text"): "string",
    ("small", "text"): "string",
    ("email", "address"): "email",
    ("e-mail", "address"): "email",
    ("phone", "number"): "phone",
    ("true", "false"): "boolean",
    ("date", "time"): "datetime",
}


SpecRule = Callable[[Sequence[Token], int, Spec], "tuple[int, Spec] | None"]


def lows_at(tokens: Sequence[Token], at: int, count: int) -> tuple[str, ...]:
    """The lower-case words from `at` on."""
    return tuple(token.low for token in tokens[at : at + count])
