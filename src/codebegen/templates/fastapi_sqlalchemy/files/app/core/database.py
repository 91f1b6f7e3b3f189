"""Engines and sessions.

A request has one session. Reading requests use autocommit, so that no round trip is spent on BEGIN and ROLLBACK;
writing requests use a transaction, which services commit. On SQLite a transaction takes the write lock with its first
change, so that it waits for other writers and never fails half-way.
"""

from collections.abc import AsyncIterator
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends, Request
from sqlalchemy import orm
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from app.core.config import Settings, get_settings

SQLITE_PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000")
SAFE_METHODS = frozenset({"GET", "HEAD"})


def build_engine(settings: Settings, *, autocommit: bool = False) -> AsyncEngine:
    """Return an engine with a pool of connections; one for autocommit spends no round trips on transactions."""
    is_sqlite = sa.make_url(settings.database_url).get_backend_name() == "sqlite"
    size = settings.database_pool_size
    if is_sqlite and not autocommit:
        size = 1  # writers of SQLite queue here in order, rather than poll for its lock
    options: dict[str, Any] = {"isolation_level": "AUTOCOMMIT"} if autocommit else {}
    new = create_async_engine(
        settings.database_url, pool_size=size, max_overflow=0, skip_autocommit_rollback=True, **options
    )
    if is_sqlite:
        sa.event.listen(new.sync_engine, "connect", _set_pragmas)
        sa.event.listen(new.sync_engine, "connect", _know_all_letters)
        if not autocommit:
            sa.event.listen(new.sync_engine, "connect", _lock_before_changes)
    return new


def build_reading_engine(settings: Settings, writing: AsyncEngine) -> AsyncEngine:
    """Return an engine for autocommit; PostgreSQL switches its connections at no cost, SQLite needs others."""
    if writing.dialect.name == "sqlite":
        return build_engine(settings, autocommit=True)
    return writing.execution_options(isolation_level="AUTOCOMMIT")


def _set_pragmas(connection: DBAPIConnection, _record: object) -> None:
    """Turn on foreign keys, and let readers and a writer work at the same time."""
    cursor = connection.cursor()
    for pragma in SQLITE_PRAGMAS:
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _know_all_letters(connection: DBAPIConnection, _record: object) -> None:
    """Let a search find ``ÄRGER`` by ``ärger``: what SQLite calls ``lower`` knows English letters only."""
    connection.create_function("lower", 1, _lower, deterministic=True)


def _lower(text: str | None) -> str | None:
    """Return a text in lower case."""
    return None if text is None else text.lower()


def _lock_before_changes(connection: DBAPIConnection, _record: object) -> None:
    """Let the first change of a transaction wait for other writers."""
    connection.isolation_level = "IMMEDIATE"


engine = build_engine(get_settings())
reading_engine = build_reading_engine(get_settings(), engine)
_writing = async_sessionmaker(engine, autoflush=False, expire_on_commit=False)
_reading = async_sessionmaker(reading_engine, autoflush=False)


def transaction() -> AsyncSession:
    """Return a session for work outside of requests."""
    return _writing()


async def close_engines() -> None:
    """Let go of all connections."""
    await engine.dispose()
    await reading_engine.dispose()


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
