"""What all repositories have in common."""

from collections.abc import Sequence
from functools import cache
from typing import Any, ClassVar, Generic, TypeVar, cast

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
    lists_columns: ClassVar[bool] = True
    """Whether lists read just the columns, which is faster than whole objects; not where rows come with other rows."""

    def __init__(self, session: AsyncSession) -> None:
        """Work in a session."""
        self.session = session

    async def get(self, row_id: int, *conditions: sa.ColumnElement[bool]) -> Row | None:
        """Return one row."""
        query = self._item().where(*conditions) if conditions else self._item()
        return (await self.session.scalars(query, {"row_id": row_id})).one_or_none()

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
        return await self.session.scalar(self._total().where(*self.present, *conditions)) or 0

    async def page(self, query: ListQuery, *conditions: sa.ColumnElement[bool]) -> Page[Row]:
        """Return one page of a list; its end tells the total, where it is on the first page."""
        where = (*self.present, *conditions, *self.listing.where(query))
        rows = self._rows().where(*where).order_by(*self.listing.order_by(query))
        found = await self._read(rows.limit(query.limit).offset(query.offset))
        total = len(found)
        if query.offset or total == query.limit:
            total = await self.session.scalar(self._total().where(*where)) or 0
        return Page(found, total, query.limit, query.offset)

    async def _read(self, query: sa.Select[Any]) -> Sequence[Row]:
        """Return what a list shows; columns by name read like a row."""
        if self.lists_columns:
            return cast("Sequence[Row]", (await self.session.execute(query)).all())
        return (await self.session.scalars(query)).all()

    @classmethod
    @cache
    def _item(cls) -> sa.Select[Row]:
        """Select the row with an id; statements that are always the same are built once."""
        query = sa.select(cls.model).where(cls.model.id == sa.bindparam("row_id"), *cls.present)
        return query.options(*cls.options, *cls.item_options)

    @classmethod
    @cache
    def _rows(cls) -> sa.Select[Any]:
        """Select what a list shows."""
        if cls.lists_columns:
            return sa.select(*(getattr(cls.model, column.key) for column in sa.inspect(cls.model).column_attrs))
        return sa.select(cls.model).options(*cls.options)

    @classmethod
    @cache
    def _total(cls) -> sa.Select[int]:
        """Count rows."""
        return sa.select(sa.func.count()).select_from(cls.model)

    def _select(self, *conditions: sa.ColumnElement[bool]) -> sa.Select[Row]:
        """Select what is there."""
        return sa.select(self.model).where(*self.present, *conditions)
