"""Exports: which rows is decided at the start, then they are read and sent some at a time.

No connection is held for a client that is slow, and no more rows are in memory than are being sent. A row that is
deleted or hidden from the caller before its turn is left out.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Generic, TypeVar

import sqlalchemy as sa
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
from sqlalchemy import orm

from app.core import csv_format, types
from app.core.config import get_settings
from app.core.database import fetch, reading
from app.core.errors import Invalid
from app.core.pagination import Condition, ListQuery
from app.models import base
from app.repositories.base import Repository

BATCH = 200
CSV: dict[int | str, dict[str, Any]] = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}}
"""OpenAPI: the answer."""

Row = TypeVar("Row", bound=base.Entity)


class Window(BaseModel):
    """The part of a list that is exported: all of it, unless told."""

    limit: Annotated[int, Field(ge=1, le=types.INTEGER_MAX)] = types.INTEGER_MAX


@dataclass(frozen=True, slots=True)
class Export(Generic[Row]):
    """Rows as their answers show them; a set of other rows by their ids, under the name that bodies have for them."""

    repository: type[Repository[Row]]
    schema: type[BaseModel]
    sets: Mapping[str, str]

    async def response(self, query: ListQuery, *conditions: Condition) -> StreamingResponse:
        """Return what a list would show on all its pages."""
        ids = await self._ids(query, *conditions)
        headers = {"Content-Disposition": f'attachment; filename="{self.repository.model.__tablename__}.csv"'}
        return StreamingResponse(
            self._lines(ids, *conditions), media_type="text/csv; charset=utf-8; header=present", headers=headers
        )

    async def _ids(self, query: ListQuery, *conditions: Condition) -> Sequence[Any]:
        """Return the ids of the rows, in their order."""
        repository, most = self.repository, get_settings().csv_export_max_rows
        where = (*repository.present, *conditions, *repository.listing.where(query))
        statement = sa.select(repository.model.id).where(*where).order_by(*repository.listing.order_by(query.sort))
        rows = await fetch(statement.limit(min(query.limit, most + 1)).offset(query.offset))
        if len(rows) > most:
            message = f"There are more than {most} rows: ask for some by filters, or by limit and offset."
            raise Invalid("query", "limit", message=message, kind="too_many_rows")
        return [row[0] for row in rows]

    async def _lines(self, ids: Sequence[Any], *conditions: Condition) -> AsyncIterator[bytes]:
        """Yield the header, then the rows that are still there."""
        yield csv_format.written([self._header()])
        for start in range(0, len(ids), BATCH):
            rows = await self._rows(ids[start : start + BATCH], *conditions)
            yield csv_format.written(map(self._record, rows))
            await asyncio.sleep(0)  # others have their turn

    async def _rows(self, ids: Sequence[Any], *conditions: Condition) -> list[Row]:
        """Return rows in the order of their ids."""
        repository = self.repository
        statement = sa.select(repository.model).where(
            repository.model.id.in_(ids), *repository.present, *conditions
        )
        options = [orm.selectinload(attribute) for attribute in repository.related]
        async with reading() as session:
            found = {row.id: row for row in await session.scalars(statement.options(*options))}
        return [found[row_id] for row_id in ids if row_id in found]

    def _header(self) -> list[str]:
        """Return the names of the columns."""
        names = ((name, field.serialization_alias) for name, field in self.schema.model_fields.items())
        return [self.sets.get(name, alias or name) for name, alias in names]

    def _record(self, row: Row) -> list[object]:
        """Return the values of a row."""
        shown = self.schema.model_validate(row).model_dump(mode="json")
        return [[one["id"] for one in value] if name in self.sets else value for name, value in shown.items()]
