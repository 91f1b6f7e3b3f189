"""What all repositories have in common."""

from collections.abc import Sequence
from typing import ClassVar, Generic, TypeVar

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.interfaces import ORMOption

from app.core.errors import Forbidden
from app.core.pagination import Conditions, Listing, ListQuery, Page
from app.models import base

Row = TypeVar("Row", bound=base.Entity)


class Repository(Generic[Row]):
    """Reads the rows of one entity.

    Conditions are what the caller may see; rows that do not meet them are not there.
    """

    model: type[Row]
    listing: ClassVar[Listing]
    present: ClassVar[Conditions] = ()
    options: ClassVar[Sequence[ORMOption]] = ()
    item_options: ClassVar[Sequence[ORMOption]] = ()

    def __init__(self, session: AsyncSession) -> None:
        """Work in a session."""
        self.session = session

    async def get(self, row_id: int, *conditions: sa.ColumnElement[bool]) -> Row | None:
        """Return one row."""
        query = self._select(*conditions).where(self.model.id == row_id)
        return (await self.session.scalars(query.options(*self.options, *self.item_options))).one_or_none()

    async def get_all(self, row_ids: Sequence[int], *conditions: sa.ColumnElement[bool]) -> Sequence[Row]:
        """Return those of many rows that are there."""
        query = self._select(*conditions).where(self.model.id.in_(row_ids)).order_by(self.model.id)
        return (await self.session.scalars(query)).all()

    async def exists(self, row_id: int, *conditions: sa.ColumnElement[bool]) -> bool:
        """Tell whether a row is there."""
        query = sa.select(self.model.id).where(self.model.id == row_id, *self.present, *conditions)
        return await self.session.scalar(query) is not None

    async def require_permission(self, row_id: int, *conditions: sa.ColumnElement[bool]) -> None:
        """Refuse what the conditions do not allow for a row that the caller sees."""
        if conditions and not await self.exists(row_id, *conditions):
            raise Forbidden

    async def lock(self, row_id: int) -> None:
        """Keep others from adding to a row until the transaction ends; what is read afterwards stays true."""
        touch = sa.update(self.model).where(self.model.id == row_id).values(row_version=self.model.row_version)
        await self.session.execute(touch, execution_options={"synchronize_session": False})

    async def count(self, *conditions: sa.ColumnElement[bool]) -> int:
        """Return how many rows meet conditions."""
        query = sa.select(sa.func.count()).select_from(self.model).where(*self.present, *conditions)
        return await self.session.scalar(query) or 0

    async def page(self, query: ListQuery, *conditions: sa.ColumnElement[bool]) -> Page[Row]:
        """Return one page of a list."""
        where = (*self.present, *conditions, *self.listing.where(query))
        total = await self.session.scalar(sa.select(sa.func.count()).select_from(self.model).where(*where))
        rows = sa.select(self.model).where(*where).options(*self.options).order_by(*self.listing.order_by(query))
        found = await self.session.scalars(rows.limit(query.limit).offset(query.offset))
        return Page(found.all(), total or 0, query.limit, query.offset)

    def _select(self, *conditions: sa.ColumnElement[bool]) -> sa.Select[Row]:
        """Select what is there."""
        return sa.select(self.model).where(*self.present, *conditions)
