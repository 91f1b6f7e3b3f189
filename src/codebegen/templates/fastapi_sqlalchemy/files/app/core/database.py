"""Engines and sessions.

A request has one session. Reading requests use autocommit, so that no round trip is spent on BEGIN and ROLLBACK;
writing requests use a transaction, which services commit. On SQLite a writer takes the write lock when it begins, so
that it never fails half-way.
"""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends, Request
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from app.core.config import get_settings

SQLITE_PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000")
SAFE_METHODS = frozenset({"GET", "HEAD"})


def build_engine(url: str, pool_size: int) -> AsyncEngine:
    """Return an engine whose transactions are real ones, on every database."""
    engine = create_async_engine(url, pool_size=pool_size, max_overflow=0)
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine.sync_engine, "connect", _configure_sqlite)
        sa.event.listen(engine.sync_engine, "begin", _begin_sqlite)
    return engine


def _configure_sqlite(connection: DBAPIConnection, _record: object) -> None:
    """Turn on foreign keys and WAL; leave BEGIN to us."""
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: sa.Connection) -> None:
    """Take the write lock at once."""
    if not connection.get_execution_options().get("autocommit"):
        connection.exec_driver_sql("BEGIN IMMEDIATE")


_settings = get_settings()
engine = build_engine(_settings.database_url, _settings.database_pool_size)
_autocommit = {"autocommit": True} if engine.dialect.name == "sqlite" else {"isolation_level": "AUTOCOMMIT"}
_reading = async_sessionmaker(engine.execution_options(**_autocommit), autoflush=False)
_writing = async_sessionmaker(engine, autoflush=False, expire_on_commit=False)


def transaction() -> AsyncSession:
    """Return a session for work outside of requests."""
    return _writing()


async def get_session(request: Request) -> AsyncIterator[AsyncSession]:
    """Yield the session of a request; what was not committed is rolled back."""
    factory = _reading if request.method in SAFE_METHODS else _writing
    async with factory() as session:
        yield session


SessionDep = Annotated[AsyncSession, Depends(get_session, scope="function")]


async def insert_unless_exists(
    session: AsyncSession, table: sa.Table | type[orm.DeclarativeBase], values: dict[str, Any]
) -> bool:
    """Insert a row unless a unique key is taken, and tell whether it was inserted; no race can make it fail."""
    insert = sqlite.insert if engine.dialect.name == "sqlite" else postgresql.insert
    statement = insert(table).values(values).on_conflict_do_nothing().returning(sa.literal(1))
    return await session.scalar(statement) is not None
