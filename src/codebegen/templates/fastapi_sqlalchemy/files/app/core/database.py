"""Engines, sessions, and statements that need none.

Most requests are one statement, or a few that don't depend on each other: `fetch` and `store` run each of them in a
transaction of its own, on connections that stay open. A request that changes several things at once uses its session,
whose transaction services commit. On SQLite a transaction takes the write lock with its first change, and waits for
other writers in the pool, so that it never fails half-way.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from functools import partial
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from app.core.config import Settings, get_settings
from app.core.sqlite import connect

Rows = Sequence[sa.Row[Any]]
Values = Mapping[str, Any]


def build_engine(settings: Settings, *, autocommit: bool = False) -> AsyncEngine:
    """Return an engine with a pool of connections: for transactions, or for statements by themselves."""
    url = sa.make_url(settings.database_url)
    size = max(1, settings.database_pool_size // 2)
    limit = settings.database_timeout_seconds
    if url.get_backend_name() != "sqlite":
        bounded = {"timeout": limit, "server_settings": {"statement_timeout": f"{limit}s"}}
        options: dict[str, Any] = {"connect_args": bounded, "pool_timeout": limit}
        if autocommit:
            options["isolation_level"] = "AUTOCOMMIT"
    else:
        options = {"async_creator": partial(connect, url.database or ":memory:", None if autocommit else "IMMEDIATE")}
        size = size if autocommit else 1  # writers of SQLite queue here in order, rather than poll for its lock
    return create_async_engine(url, pool_size=size, max_overflow=0, skip_autocommit_rollback=True, **options)


class Autocommit:
    """Runs statements by themselves, on connections that stay open: taking one from a pool costs as much as a query."""

    def __init__(self, engine: AsyncEngine, size: int) -> None:
        """Use at most ``size`` connections, which are opened when they are needed."""
        self._engine = engine
        self._free: asyncio.LifoQueue[AsyncConnection | None] = asyncio.LifoQueue()
        for _ in range(size):
            self._free.put_nowait(None)

    async def rows(self, statement: sa.Executable, values: Values | None = None) -> Rows:
        """Return the rows of a statement."""
        connection = await self._free.get()
        try:
            if connection is None:
                connection = await self._engine.connect()
            rows = await connection.run_sync(_all, statement, values)
        except BaseException as error:
            self._free.put_nowait(None)
            if connection is not None:
                await connection.close()  # the pool finds out whether it is still good
            if isinstance(error, DBAPIError) and error.connection_invalidated:
                await self.close()  # the others are lost as well
            raise
        self._free.put_nowait(connection)
        return rows

    async def close(self) -> None:
        """Close the connections that are not in use; they are opened again when they are needed."""
        free = [self._free.get_nowait() for _ in range(self._free.qsize())]
        for connection in free:
            self._free.put_nowait(None)
            if connection is not None:
                await connection.close()


def _all(connection: sa.Connection, statement: sa.Executable, values: Values | None) -> Rows:
    """Return all rows of a statement."""
    return connection.execute(statement, values).all()


engine = build_engine(get_settings())
autocommit_engine = build_engine(get_settings(), autocommit=True)
_autocommit = Autocommit(autocommit_engine, get_settings().database_pool_size // 2 or 1)
_sessions = async_sessionmaker(engine, autoflush=False, expire_on_commit=False)
_reading_sessions = async_sessionmaker(autocommit_engine, autoflush=False)


async def fetch(statement: sa.Executable, values: Values | None = None) -> Rows:
    """Return the rows of a statement that only reads, as they are outside of the transaction of the request."""
    return await _autocommit.rows(statement, values)


async def store(statement: sa.Executable, values: Values) -> Rows:
    """Run a statement that changes something, in a transaction of its own, and return its rows."""
    if engine.dialect.name != "sqlite":
        return await _autocommit.rows(statement, values)
    async with engine.begin() as connection:  # in line with the other writers
        return await connection.run_sync(_all, statement, values)


def transaction() -> AsyncSession:
    """Return a session for changes."""
    return _sessions()


def reading() -> AsyncSession:
    """Return a session for whole objects that are only read."""
    return _reading_sessions()


async def close_engines() -> None:
    """Let go of all connections."""
    await _autocommit.close()
    await autocommit_engine.dispose()
    await engine.dispose()


async def get_session() -> AsyncIterator[AsyncSession]:
    """Yield the session of a request; what was not committed is rolled back."""
    async with transaction() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]


async def insert_unless_exists(
    session: AsyncSession, table: sa.Table | type[orm.DeclarativeBase], values: dict[str, Any]
) -> bool:
    """Insert a row unless a unique key is taken, and tell whether it was inserted; no race can make it fail."""
    insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).values(values).on_conflict_do_nothing().returning(sa.literal(1))
    return await session.scalar(statement) is not None
