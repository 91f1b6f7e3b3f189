"""Column types that mean the same on every database."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine.interfaces import Dialect
from sqlalchemy.types import TypeEngine

ENUM_LENGTH = 63


class UtcDateTime(sa.TypeDecorator[datetime]):
    """A point in time, always in UTC; SQLite keeps it without its zone."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Write UTC."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Put the zone back."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.replace(tzinfo=UTC)


class FixedDecimal(sa.TypeDecorator[Decimal]):
    """A decimal number of fixed scale; SQLite keeps it as a float and gets it back exactly up to 15 digits."""

    impl = sa.Numeric
    cache_ok = True

    def __init__(self, precision: int, scale: int) -> None:
        """Keep ``scale`` of ``precision`` digits behind the point."""
        super().__init__(precision, scale)
        self.precision = precision
        self.scale = scale

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Let SQLite return plain floats, which are rounded below."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(sa.Numeric(self.precision, self.scale, asdecimal=False))
        return dialect.type_descriptor(sa.Numeric(self.precision, self.scale))

    def process_result_value(self, value: Decimal | float | None, _dialect: Dialect) -> Decimal | None:
        """Return exactly ``scale`` decimal places."""
        if value is None or isinstance(value, Decimal):
            return value
        return Decimal(f"{value:.{self.scale}f}")


def enum_type(values: type[StrEnum]) -> sa.Enum:
    """Return a column type that keeps an enumeration by its values."""
    return sa.Enum(
        values,
        native_enum=False,
        length=ENUM_LENGTH,
        values_callable=lambda members: [member.value for member in members],
    )
