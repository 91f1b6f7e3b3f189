"""What each field type is in Python, in the database, in a body and in a query string.

Spellings refer to `app.core.types` as `types`, `datetime` as `dt`, `sqlalchemy` as `sa` and `app.core.columns`, as the
templates import them; a field called `date` or `list` must not hide what the next one needs.
"""

import math
from dataclasses import dataclass
from decimal import Decimal

from codebegen.blueprint.fields import LARGEST, Field
from codebegen.compiler.literals import decimal, python, text
from codebegen.compiler.moments import moment
from codebegen.compiler.numerals import between

DIGITS = 12
"""Digits of a decimal: ten before the point and two behind it, for amounts of money."""


@dataclass(frozen=True, slots=True)
class FieldTypes:
    """Spellings of one field: `python` the attribute, `column` the SQLAlchemy type, `body` and `query` the schemas'.

    `migration` is the type without anything of the application, as a migration must keep it for ever.
    """

    python: str
    column: str
    migration: str
    body: str
    query: str | None


def types_of(field: Field, enum_name: str) -> FieldTypes:
    """The spellings of a field; `enum_name` is the class of an enum field."""
    match field.type:
        case "string" | "text" | "email" | "url" | "phone" | "slug" | "file" | "image" | "password":
            return _text(field)
        case "integer" | "duration":
            big = "Big" if field.is_big else ""
            column = f"sa.{big}Integer()"
            return FieldTypes("int", column, column, _integer(field), f"types.Query{big}Integer")
        case "float":
            return FieldTypes("float", "sa.Float()", "sa.Float()", _bounded("types.Number", field), "types.QueryNumber")
        case "decimal" | "money":
            return _decimal(field)
        case "date" | "time" | "datetime":
            return _moment(field)
        case "enum":
            body = f"models.{enum_name}"
            return FieldTypes(enum_name, f"enum_type({enum_name})", "sa.String(length=63)", body, body)
        case "list":
            return _list(field)
        case _:
            return _PLAIN[field.type]


_PLAIN = {
    "boolean": FieldTypes("bool", "sa.Boolean()", "sa.Boolean()", "types.Boolean", "types.QueryBoolean"),
    "uuid": FieldTypes("UUID", "sa.Uuid()", "sa.Uuid()", "types.Uuid", "types.Uuid"),
    "geo": FieldTypes("dict[str, float]", "sa.JSON()", "sa.JSON()", "types.GeoPoint", None),
    "json": FieldTypes("dict[str, Any]", "sa.JSON()", "sa.JSON()", "types.JsonObject", None),
}


def _text(field: Field) -> FieldTypes:
    limit = field.length or 255
    column = "sa.Text()" if field.type == "text" or limit > 5_000 else f"sa.String({limit})"
    migration = "sa.Text()" if column == "sa.Text()" else f"sa.String(length={limit})"
    base = {"email": "Email", "url": "Url", "phone": "Phone", "slug": "Slug", "password": "Password"}
    name = "types." + base.get(field.type, "Text")
    minimum = (
        field.min_length if field.min_length is not None else (1 if field.required and name == "types.Text" else None)
    )
    parts = [f"min_length={minimum}"] if minimum is not None else []
    parts += [f"max_length={limit}"] if name != "types.Email" else []
    parts += [f"pattern={python(field.pattern)}"] if field.pattern else []
    body = f"Annotated[{name}, Field({', '.join(parts)})]" if parts and name != "types.Password" else name
    return FieldTypes("str", column, migration, body, "types.QueryText")


def _integer(field: Field) -> str:
    low, high = (None if bound is None else Decimal(str(bound)) for bound in (field.min, field.max))
    parts = []
    if low is not None:
        parts.append(f"minimum={math.floor(low) + 1 if field.exclusive_min else math.ceil(low)}")
    elif field.is_big:
        parts.append(f"minimum=-{LARGEST}")
    if high is not None:
        parts.append(f"maximum={math.ceil(high) - 1 if field.exclusive_max else math.floor(high)}")
    elif field.is_big:
        parts.append(f"maximum={LARGEST}")
    return f"Annotated[int, types.Whole({', '.join(parts)})]" if parts else "types.Integer"


def _bounded(name: str, field: Field) -> str:
    parts = []
    if field.min is not None:
        parts.append(f"{'gt' if field.exclusive_min else 'ge'}={_number(field.min)}")
    if field.max is not None:
        parts.append(f"{'lt' if field.exclusive_max else 'le'}={_number(field.max)}")
    return f"Annotated[{name}, Field({', '.join(parts)})]" if parts else name


def _number(value: object) -> str:
    number = Decimal(str(value))
    return str(int(number)) if number == number.to_integral_value() else str(float(number))


def _decimal(field: Field) -> FieldTypes:
    scale = field.places or 0
    unit = Decimal(1).scaleb(-scale)
    low = None if field.min is None else Decimal(str(field.min)) + (unit if field.exclusive_min else 0)
    high = None if field.max is None else Decimal(str(field.max)) - (unit if field.exclusive_max else 0)
    bounds = [f", minimum={decimal(low)}"] if low is not None else []
    bounds += [f", maximum={decimal(high)}"] if high is not None else []
    digits = DIGITS - 2 + scale
    if high is not None or low not in (None, 0):
        most = Decimal(10) ** (digits - scale) - unit
        pattern = between(-most if low is None else low, most if high is None else high, scale)
        bounds.append(f", numeral=r{text(pattern).replace(2 * chr(92), chr(92))}")
    return FieldTypes(
        "Decimal",
        f"FixedDecimal({digits}, {scale})",
        f"sa.Numeric(precision={digits}, scale={scale})",
        f"Annotated[Decimal, types.Fixed({digits}, {scale}{''.join(bounds)})]",
        f"Annotated[Decimal, types.Fixed({digits}, {scale})]",
    )


def _moment(field: Field) -> FieldTypes:
    name = {"date": "types.Date", "time": "types.Time", "datetime": "types.DateTime"}[field.type]
    column = {"date": "sa.Date()", "time": "sa.Time()", "datetime": "UtcDateTime()"}[field.type]
    migration = {"date": "sa.Date()", "time": "sa.Time()", "datetime": "sa.DateTime(timezone=True)"}[field.type]
    words = ("gt" if field.exclusive_min else "ge", "lt" if field.exclusive_max else "le")
    bounds = [
        f"{word}={moment(field.type, value)}"
        for word, value in zip(words, (field.min, field.max), strict=True)
        if value is not None
    ]
    body = f"Annotated[{name}, Field({', '.join(bounds)})]" if bounds else name
    return FieldTypes(f"dt.{field.type}", column, migration, body, name)


def _list(field: Field) -> FieldTypes:
    item = types_of(Field(name=field.name, type=field.item_type or "string"), "str")
    parts = [f"min_length={_number(field.min)}"] if field.min is not None else []
    parts.append(f"max_length={_number(field.max) if field.max is not None else 100}")
    body = f"Annotated[list[{item.body}], Field({', '.join(parts)})]"
    return FieldTypes("list[Any]", "sa.JSON()", "sa.JSON()", body, None)
