"""Numbers that the database computes, the same on every database."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from app.core.columns import FixedDecimal


def wide(column: Any) -> sa.ColumnElement[Any]:
    """Return a whole number as an exact one, so that nothing made of it is too large."""
    return sa.cast(column, sa.Numeric)


def divide(dividend: Any, divisor: Any) -> sa.ColumnElement[Any]:
    """Return a quotient with its fraction; divided by zero it is nothing."""
    return sa.cast(dividend, sa.Float) / sa.func.nullif(divisor, 0)


def exact(number: Any, scale: int) -> sa.ColumnElement[Decimal]:
    """Return a number as a decimal of fixed scale, rounded."""
    return sa.type_coerce(sa.func.round(sa.cast(number, sa.Numeric), scale), FixedDecimal(28, scale))


def whole(number: Any) -> sa.ColumnElement[int]:
    """Return a number as a whole one, which it is already."""
    return sa.type_coerce(number, sa.BigInteger)
