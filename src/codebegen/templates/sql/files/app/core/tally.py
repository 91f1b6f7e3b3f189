"""Numbers that several writers change at the same time: stock, seats, balances.

They are changed in the database itself, never from a value that was read before, and always in the same order, so that
no change is lost, no number leaves its bounds, and no two writers wait for each other in a circle.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.columns import FixedDecimal
from app.core.errors import Conflict
from app.core.types import utcnow

Number = int | Decimal


@dataclass(frozen=True, slots=True, eq=False)
class Counter:
    """A column of numbers, its bounds, and what is said where one would be passed."""

    column: orm.InstrumentedAttribute[Any]
    least: Number
    most: Number
    short: str
    full: str

    async def add(self, session: AsyncSession, row_id: Any, amount: Number) -> None:
        """Add to the number of one row, or refuse; a row without a number has no bounds, and keeps none."""
        refusal = self.full if amount > 0 else self.short
        span = self.most - self.least
        if not -span <= amount <= span:
            raise Conflict(refusal)
        model = self.column.class_
        fits = self.column <= self.most - amount if amount > 0 else self.column >= self.least - amount
        changes = {self.column: self._rounded(amount), "updated_at": utcnow(), "row_version": model.row_version + 1}
        change = sa.update(model).where(model.id == row_id, sa.or_(self.column.is_(None), fits)).values(changes)
        result = await session.execute(change, execution_options={"synchronize_session": False})
        if not cast("sa.CursorResult[Any]", result).rowcount:
            raise Conflict(refusal)

    def _rounded(self, amount: Number) -> sa.ColumnElement[Any]:
        """Return the new number; sums of fractions are rounded, since SQLite adds floats."""
        kind = self.column.type
        return sa.func.round(self.column + amount, kind.scale) if isinstance(kind, FixedDecimal) else self.column + amount


def within(amount: Number, least: Number, most: Number) -> Number:
    """Return a computed number that fits into its column, or refuse."""
    if not least <= amount <= most:
        raise Conflict("A number would be too large.")
    return amount


class Tally:
    """Additions that are made together."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.amounts: dict[tuple[Counter, Any], Number] = {}

    def add(self, counter: Counter, row_id: Any, amount: Number) -> None:
        """Add to the number of a row, once the tally is made."""
        self.amounts[counter, row_id] = self.amounts.get((counter, row_id), 0) + amount

    async def make(self, session: AsyncSession, instead_of: "Tally | None" = None) -> None:
        """Make all additions (and take back others that were made before), or refuse them all."""
        for (counter, row_id), amount in instead_of.amounts.items() if instead_of else ():
            self.add(counter, row_id, -amount)
        for counter, row_id, amount in sorted(self._additions(), key=_place):
            await counter.add(session, row_id, amount)

    def _additions(self) -> Iterator[tuple[Counter, Any, Number]]:
        """Yield what changes anything."""
        for (counter, row_id), amount in self.amounts.items():
            if amount:
                yield counter, row_id, amount


def _place(addition: tuple[Counter, Any, Number]) -> tuple[str, str, str]:
    """Return where an addition stands in the order that all writers keep."""
    counter, row_id, _ = addition
    return counter.column.class_.__tablename__, str(row_id), counter.column.key
