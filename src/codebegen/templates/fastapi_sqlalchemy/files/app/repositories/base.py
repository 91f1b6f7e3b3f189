"""What all repositories have in common.

What is shown is read as columns, by statements that are built once, without objects and outside of the transaction of
the request; what is to be changed is read as objects, in the session.
"""

from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any, ClassVar, Generic, TypeVar, cast

import sqlalchemy as sa
from sqlalchemy import orm
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import Rows, fetch, store
from app.core.errors import Forbidden
from app.core.pagination import Column, Condition, Conditions, Listing, ListQuery, Page, Shown
from app.models import base

Row = TypeVar("Row", bound=base.Entity)


class Repository(Generic[Row]):
    """Reads and adds the rows of one entity.

    Conditions are what the caller may see; rows that do not meet them are not there.
    """

    model: type[Row]
    listing: ClassVar[Listing]
    present: ClassVar[Conditions] = ()
    related: ClassVar[Sequence[Column]] = ()
    """Sets of other rows that are shown with a row."""

    def __init__(self, session: AsyncSession) -> None:
        """Work in a session."""
        self.session = session

    @classmethod
    async def read(cls, row_id: int, *conditions: Condition) -> Shown | None:
        """Return what is shown of one row."""
        query = cls._shown_item().where(*conditions) if conditions else cls._shown_item()
        items = cls._items(await fetch(query, {"row_id": row_id}))
        await cls._add_related(items)
        return items[0] if items else None

    @classmethod
    async def page(cls, query: ListQuery, *conditions: Condition) -> Page:
        """Return one page of a list; every row knows the total, so that it takes no query of its own."""
        where = (*conditions, *cls.listing.where(query))
        statement = cls._page(query.sort, *where) if where else cls._page_of_all(query.sort)
        rows = await fetch(statement, {"limit": query.limit, "offset": query.offset})
        if not rows and query.offset:
            rows = await fetch(cls._total(*where))  # beyond the end
            return Page((), rows[0][-1], query.limit, query.offset)
        items = cls._items(rows)
        await cls._add_related(items)
        return Page(items, rows[0][-1] if rows else 0, query.limit, query.offset)

    @classmethod
    async def exists(cls, row_id: int, *conditions: Condition) -> bool:
        """Tell whether a row is there, for all to see."""
        query = cls._id().where(*conditions) if conditions else cls._id()
        return bool(await fetch(query, {"row_id": row_id}))

    @classmethod
    async def require_permission(cls, row_id: int, *conditions: Condition) -> None:
        """Refuse what the conditions do not allow for a row that the caller sees."""
        if conditions and not await cls.exists(row_id, *conditions):
            raise Forbidden

    async def get(self, row_id: int, *conditions: Condition) -> Row | None:
        """Return one row, to be changed."""
        query = self._select(*conditions).where(self.model.id == row_id).options(*self._options())
        return (await self.session.scalars(query)).one_or_none()

    async def get_all(self, row_ids: Sequence[int], *conditions: Condition) -> Sequence[Row]:
        """Return those of many rows that are there."""
        query = self._select(*conditions).where(self.model.id.in_(row_ids)).order_by(self.model.id)
        return (await self.session.scalars(query)).all()

    @classmethod
    async def store(cls, row: Row) -> None:
        """Insert a new row by itself, without a session; what the database filled in is set on it."""
        columns = _columns(cls.model)
        given = sa.inspect(row).dict
        values = {column.key: given[name] for name, column in columns.items() if name in given}
        stored = await store(cls._insert(), values)
        for name, value in zip(columns, stored[0], strict=True):
            orm.attributes.set_committed_value(row, name, value)

    async def lock(self, row_id: int) -> None:
        """Keep others from adding to a row until the transaction ends; what is read afterwards stays true."""
        touch = sa.update(self.model).where(self.model.id == row_id).values(row_version=self.model.row_version)
        await self.session.execute(touch, execution_options={"synchronize_session": False})

    async def count(self, *conditions: Condition) -> int:
        """Return how many rows meet conditions."""
        return await self.session.scalar(self._total(*conditions)) or 0

    @classmethod
    def _items(cls, rows: Rows) -> list[Shown]:
        """Return rows by the names of their attributes."""
        names = tuple(_shown(cls.model))
        return [dict(zip(names, row, strict=False)) for row in rows]

    @classmethod
    async def _add_related(cls, items: Sequence[Shown]) -> None:
        """Put the sets that belong to rows into them; one query a set."""
        for attribute in cls.related if items else ():
            target = orm.aliased(attribute.property.mapper.class_)
            names = tuple(_columns(attribute.property.mapper.class_))
            query = (
                sa.select(cls.model.id, *(getattr(target, name) for name in names))
                .join(attribute.of_type(target))
                .where(cls.model.id.in_([item["id"] for item in items]))
                .order_by(target.id)
            )
            sets: dict[int, list[Shown]] = {item["id"]: [] for item in items}
            for row in await fetch(query):
                sets[row[0]].append(dict(zip(names, row[1:], strict=True)))
            for item in items:
                item[attribute.key] = sets[item["id"]]

    @classmethod
    @cache
    def _shown_item(cls) -> sa.Select[Any]:
        """Select what is shown of the row with an id; statements that are always the same are built once."""
        return sa.select(*_shown(cls.model).values()).where(cls.model.id == sa.bindparam("row_id"), *cls.present)

    @classmethod
    @cache
    def _id(cls) -> sa.Select[Any]:
        """Select the row with an id, if it is there."""
        return sa.select(cls.model.id).where(cls.model.id == sa.bindparam("row_id"), *cls.present)

    @classmethod
    @cache
    def _insert(cls) -> sa.Executable:
        """Insert a row, and return all of it."""
        return sa.insert(cast("sa.Table", cls.model.__table__)).returning(*_columns(cls.model).values())

    @classmethod
    @lru_cache(maxsize=128)
    def _page_of_all(cls, sort: str) -> sa.Select[Any]:
        """Select a page without conditions, in an order."""
        return cls._page(sort)

    @classmethod
    def _page(cls, sort: str, *conditions: Condition) -> sa.Select[Any]:
        """Select a page of what meets conditions, in an order, and how many rows do."""
        total = cls._total(*conditions).correlate(None).scalar_subquery().label("rows in all")
        page = sa.select(*_shown(cls.model).values(), total).where(*cls.present, *conditions)
        return page.order_by(*cls.listing.order_by(sort)).limit(sa.bindparam("limit")).offset(sa.bindparam("offset"))

    @classmethod
    def _total(cls, *conditions: Condition) -> sa.Select[int]:
        """Count what meets conditions."""
        return sa.select(sa.func.count()).select_from(cls.model).where(*cls.present, *conditions)

    @classmethod
    def _options(cls) -> list[Any]:
        """Return what loads the sets of an object with it."""
        return [orm.selectinload(attribute) for attribute in cls.related]

    def _select(self, *conditions: Condition) -> sa.Select[Any]:
        """Select what is there."""
        return sa.select(self.model).where(*self.present, *conditions)


@cache
def _columns(model: type[base.Entity]) -> Mapping[str, sa.Column[Any]]:
    """Return the columns of a table by the names of their attributes."""
    return {name: column for name, column in _shown(model).items() if isinstance(column, sa.Column)}


@cache
def _shown(model: type[base.Entity]) -> Mapping[str, sa.ColumnElement[Any]]:
    """Return columns, and values computed from other rows, by the names of their attributes."""
    return {attribute.key: attribute.columns[0] for attribute in sa.inspect(model).column_attrs}
