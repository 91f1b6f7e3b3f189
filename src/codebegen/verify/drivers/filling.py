"""One plausible row in every table, made from what the database itself says of its columns."""

import asyncio
import datetime as dt
import os
import re
import uuid
from collections.abc import Callable
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

T = TypeVar("T")
VERSIONS = "alembic_version"
TODAY = dt.datetime(2024, 2, 29, 12, 0, tzinfo=dt.UTC)


def url() -> str:
    """The database of the job, with an asynchronous driver."""
    return os.environ["DATABASE_URL"].replace("postgresql://", "postgresql+asyncpg://", 1)


def on_database(work: Callable[[sa.Connection], T]) -> T:
    """Run the work in one transaction."""

    async def run() -> T:
        engine = create_async_engine(url(), poolclass=NullPool)
        async with engine.begin() as connection:
            return await connection.run_sync(work)

    return asyncio.run(run())


def table_names() -> list[str]:
    """The tables, without Alembic's own."""
    names = on_database(lambda connection: sa.inspect(connection).get_table_names())
    return sorted(name for name in names if name != VERSIONS)


def fill() -> dict[str, int]:
    """Put a row into every empty table that takes one; returns how many did, and how many tables there are."""
    return on_database(fill_on)


def fill_on(connection: sa.Connection) -> dict[str, int]:
    """The same, on a connection. A table whose rules we can't guess stays empty."""
    metadata = sa.MetaData()
    kept = {VERSIONS, *made_by_sqlite(connection)}
    metadata.reflect(connection, only=lambda name, _metadata: name not in kept)
    tables = metadata.sorted_tables
    return {"filled": sum(filled(connection, table) for table in tables), "tables": len(tables)}


def made_by_sqlite(connection: sa.Connection) -> set[str]:
    """Virtual tables, and those that they keep what they have in: whatever is written there breaks them."""
    if connection.dialect.name != "sqlite":
        return set()
    made = "SELECT name FROM pragma_table_list WHERE type IN ('virtual', 'shadow')"
    return set(connection.exec_driver_sql(made).scalars())


def filled(connection: sa.Connection, table: sa.Table) -> bool:
    """Whether the table took a new row."""
    if connection.scalar(sa.select(sa.func.count()).select_from(table)):
        return False
    checks = " ".join(str(c["sqltext"]) for c in sa.inspect(connection).get_check_constraints(table.name))
    row = {column.name: value_for(connection, column, checks) for column in table.columns if wanted(column)}
    try:
        with connection.begin_nested():
            connection.execute(table.insert().values(row))
    except SQLAlchemyError:
        return False
    return True


def wanted(column: sa.Column[Any]) -> bool:
    """Whether the database has no value of its own for the column."""
    return column.server_default is None and column.computed is None and column.identity is None


def value_for(connection: sa.Connection, column: sa.Column[Any], checks: str) -> object:
    """A value that fits the column: the key of a row that exists, a word from its check, or one of its type."""
    for key in column.foreign_keys:
        return connection.scalar(sa.select(key.column).limit(1))
    listed = re.search(rf"\b{re.escape(column.name)}\b[^']{{0,40}}?(?:IN|ANY)[^']*'([^']*)'", checks)
    if listed:
        return listed.group(1)
    return value_of(column.type)


def value_of(kind: sa.types.TypeEngine[Any]) -> object:
    """A value of a type."""
    if isinstance(kind, sa.Enum):
        return kind.enums[0]
    if isinstance(kind, sa.String):
        return "x" * min(kind.length or 8, 8)
    simple: tuple[tuple[type, object], ...] = (
        (sa.Boolean, True),
        (sa.Uuid, uuid.UUID(int=1)),
        (sa.Integer, 1),
        (sa.Numeric, 1),
        (sa.Date, TODAY.date()),
        (sa.Time, dt.time(12)),
        (sa.Interval, dt.timedelta(hours=1)),
        (sa.LargeBinary, b"x"),
        (sa.JSON, {}),
    )
    if isinstance(kind, sa.DateTime):
        return TODAY if kind.timezone else TODAY.replace(tzinfo=None)
    return next((value for base, value in simple if isinstance(kind, base)), None)
