"""Value types of request and answer bodies.

Nothing is guessed: ``true`` is not a number, ``5`` is not a date, and a date without a zone is no point in time.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from math import isclose
from typing import Annotated, Any
from uuid import UUID

from pydantic import (
    JsonValue,
    AfterValidator,
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Strict,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema, to_json

from typing_extensions import TypedDict

INTEGER_MAX = 2**31 - 1
INTEGER_MIN = -(2**31)
TEXT_MAX_LENGTH = 100_000
MANY_MAX = 100
NO_NUL = r"^[^\x00]*$"
DATE = r"^\d{4}-\d{2}-\d{2}$"
TIME = r"^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$"
DATETIME = r"^\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}:\d{2}(\.\d+)?([Zz]|[+-]\d{2}:\d{2})$"
EMAIL = r"^[A-Za-z0-9._%+-]+@([A-Za-z0-9-]+\.)+[A-Za-z]{2,}$"

URL = r"^https?://[^\x00- /?#\x7f-\xa0]+[^\x00- \x7f-\xa0]*$"  # every dialect has its own idea of \s
PHONE = r"^\+?[0-9][0-9 ()./-]{2,38}$"
SLUG = r"^[a-z0-9]+(-[a-z0-9]+)*$"
UUID_TEXT = r"^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$"


def utcnow() -> datetime:
    """Return the current time, with its zone."""
    return datetime.now(UTC)


def today() -> date:
    """Return the current date, in UTC."""
    return utcnow().date()


def time_of_day() -> time:
    """Return the current time of day, in UTC."""
    return utcnow().time().replace(microsecond=0)


def _text_like(pattern: str) -> Callable[[object], object]:
    """Return a validator that accepts text of one shape only, or a value that is parsed already."""
    expression = re.compile(pattern, re.ASCII)

    def check(value: object) -> object:
        if not isinstance(value, str) or not expression.fullmatch(value):
            message = f"Input should match {pattern}"
            raise ValueError(message)
        return value

    return check


def _to_utc(value: datetime) -> datetime:
    """Move a point in time to UTC."""
    try:
        return value.astimezone(UTC)
    except OverflowError as error:
        message = "Input is out of range"
        raise ValueError(message) from error


Url = Annotated[str, Strict(), Field(pattern=URL)]
Phone = Annotated[str, Strict(), Field(pattern=PHONE)]
Slug = Annotated[str, Strict(), Field(pattern=SLUG)]
Uuid = Annotated[UUID, BeforeValidator(_text_like(UUID_TEXT))]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Boolean = Annotated[bool, Strict()]
Text = Annotated[str, Strict(), Field(max_length=TEXT_MAX_LENGTH, pattern=NO_NUL)]
Email = Annotated[str, Strict(), StringConstraints(to_lower=True), Field(max_length=254, pattern=EMAIL)]
Password = Annotated[str, Strict(), Field(min_length=8, max_length=128, json_schema_extra={"format": "password"})]
Date = Annotated[date, BeforeValidator(_text_like(DATE))]
Time = Annotated[
    time,
    BeforeValidator(_text_like(TIME)),
    WithJsonSchema({"type": "string", "pattern": TIME}),
]
DateTime = Annotated[datetime, BeforeValidator(_text_like(DATETIME)), AfterValidator(_to_utc)]

Numeral = BeforeValidator(_text_like(r"^(0|-?[1-9]\d*)$"))  # one spelling for each number
QueryId = Annotated[int, Field(ge=1, le=INTEGER_MAX), Numeral]
QueryInteger = Annotated[int, Field(ge=INTEGER_MIN, le=INTEGER_MAX), Numeral]
QueryBigInteger = Annotated[int, Field(ge=-(2**53), le=2**53), Numeral]
QueryNumber = Annotated[float, Field(allow_inf_nan=False)]
TimeOfDay = Annotated[time, WithJsonSchema({"type": "string", "pattern": TIME})]
QueryBoolean = Annotated[bool, BeforeValidator(_text_like(r"^(true|false)$"))]
QueryText = Annotated[str, Field(max_length=200, pattern=NO_NUL)]


@dataclass(frozen=True, slots=True)
class Whole:
    """Marks an ``int`` of 32 bits: a number in, but neither ``true`` nor ``"5"``."""

    minimum: int = INTEGER_MIN
    maximum: int = INTEGER_MAX

    def __get_pydantic_core_schema__(self, _source: Any, _handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate strictly, but let 5.0 be 5, as JSON does."""
        return core_schema.no_info_before_validator_function(
            self._check_type, core_schema.int_schema(ge=self.minimum, le=self.maximum)
        )

    @staticmethod
    def _check_type(value: object) -> object:
        """Refuse what is not a number."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise PydanticCustomError("int_type", "Input should be a valid integer")
        return value


Id = Annotated[int, Whole(minimum=1)]
Integer = Annotated[int, Whole()]


@dataclass(frozen=True, slots=True)
class Fixed:
    """Marks a ``Decimal`` of fixed scale: a number or a string in, a string out."""

    digits: int
    scale: int
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    numeral: str | None = None  # the texts between minimum and maximum, where that needs a pattern of its own

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Validate strictly and serialise with all decimal places."""
        return core_schema.no_info_before_validator_function(
            self._parse,
            core_schema.decimal_schema(ge=self._least, le=self._most),
            serialization=core_schema.plain_serializer_function_ser_schema(
                self._format, return_schema=core_schema.str_schema(), when_used="json-unless-none"
            ),
        )

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        """Describe what is accepted, or what is returned."""
        sign = "" if self._least >= 0 else "-?"
        if handler.mode == "serialization":
            decimals = rf"\.\d{{{self.scale}}}" if self.scale else ""
            return {"type": "string", "pattern": rf"^{sign}\d+{decimals}$"}
        number = {"type": "number", "minimum": float(self._least), "maximum": float(self._most)}
        number["multipleOf"] = float(self._unit)
        return {"anyOf": [number, {"type": "string", "pattern": self._numeral}]}

    @property
    def _numeral(self) -> str:
        """Return the pattern of the texts that are accepted."""
        if self.numeral is not None:
            return self.numeral
        sign = "" if self._least >= 0 else "-?"
        decimals = rf"(\.\d{{1,{self.scale}}})?" if self.scale else ""
        return rf"^{sign}\d{{1,{self.digits - self.scale}}}{decimals}$"

    @property
    def _unit(self) -> Decimal:
        """Return the smallest step, such as 0.01."""
        return Decimal(1).scaleb(-self.scale)

    @property
    def _most(self) -> Decimal:
        """Return the greatest value."""
        greatest = Decimal(10) ** (self.digits - self.scale) - self._unit
        return greatest if self.maximum is None else min(self.maximum, greatest)

    @property
    def _least(self) -> Decimal:
        """Return the smallest value."""
        smallest = self._unit - Decimal(10) ** (self.digits - self.scale)
        return smallest if self.minimum is None else max(self.minimum, smallest)

    def _parse(self, value: object) -> Decimal:
        """Read a number or a string; the binary noise of a float (0.1 + 0.2) is no decimal place."""
        if isinstance(value, bool) or not isinstance(value, int | float | str | Decimal):
            raise PydanticCustomError("decimal_type", "Input should be a number or a string")
        if isinstance(value, str) and not re.fullmatch(self._numeral, value, re.ASCII):
            raise PydanticCustomError("decimal_parsing", "Input should be a decimal number")
        number = Decimal(repr(value) if isinstance(value, float) else value)
        if not number.is_finite() or abs(number) >= Decimal(10) ** (self.digits - self.scale):
            raise PydanticCustomError("decimal_range", "Input is out of range")
        rounded = number.quantize(self._unit)
        if number != rounded and not (isinstance(value, float) and isclose(value, rounded, rel_tol=1e-14)):
            raise PydanticCustomError(
                "decimal_max_places",
                "Input should have at most {scale} decimal places",
                {"scale": self.scale},
            )
        return rounded

    def _format(self, value: Decimal) -> str:
        """Write all decimal places, never an exponent."""
        return f"{value:.{self.scale}f}"


class GeoPoint(TypedDict):
    """A place on the earth, in degrees."""

    latitude: Annotated[float, Strict(), Field(ge=-90, le=90)]
    longitude: Annotated[float, Strict(), Field(ge=-180, le=180)]


def _of_bearable_size(value: dict[str, JsonValue]) -> dict[str, JsonValue]:
    """Refuse what would make a page of a list too large to send."""
    if len(to_json(value)) > TEXT_MAX_LENGTH:
        raise PydanticCustomError("json_too_long", "Input should have at most {limit} bytes", {"limit": TEXT_MAX_LENGTH})
    return value


JsonObject = Annotated[dict[str, JsonValue], AfterValidator(_of_bearable_size)]
Ids = Annotated[tuple[Id, ...], Field(max_length=MANY_MAX)]
Uuids = Annotated[tuple[Uuid, ...], Field(max_length=MANY_MAX)]
