"""SQLite on the event loop.

SQLite is a library, not a server: most statements take microseconds, less than it takes to hand them to a thread and
to be woken up again, which aiosqlite does four times a statement. Here they run where they are. The price: a statement
that does take long holds up the requests beside it.
"""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, Self

PRAGMAS = ("foreign_keys=ON", "journal_mode=WAL", "synchronous=NORMAL", "busy_timeout=10000")


class Cursor:
    """A cursor with the methods that SQLAlchemy calls of aiosqlite's."""

    def __init__(self, cursor: sqlite3.Cursor) -> None:
        """Wrap a cursor of the standard library."""
        self._cursor = cursor

    async def __aenter__(self) -> Self:
        """Be ready."""
        return self

    @property
    def description(self) -> Any:
        """Return the columns of the rows, if there are any."""
        return self._cursor.description

    @property
    def rowcount(self) -> int:
        """Return how many rows were changed."""
        return self._cursor.rowcount

    @property
    def lastrowid(self) -> int | None:
        """Return the id of the row that was inserted."""
        return self._cursor.lastrowid

    async def execute(self, statement: str, values: Sequence[Any] = ()) -> None:
        """Execute a statement."""
        self._cursor.execute(statement, values)

    async def executemany(self, statement: str, values: Iterable[Sequence[Any]]) -> None:
        """Execute a statement for many rows."""
        self._cursor.executemany(statement, values)

    async def fetchall(self) -> list[Any]:
        """Return all rows."""
        return self._cursor.fetchall()

    async def close(self) -> None:
        """Let go of the statement."""
        self._cursor.close()


class Connection:
    """A connection with the methods that SQLAlchemy calls of aiosqlite's."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Wrap a connection of the standard library."""
        self._connection = connection

    @property
    def isolation_level(self) -> str | None:
        """Return how transactions begin, or None where every statement is one."""
        return self._connection.isolation_level

    @property
    def in_transaction(self) -> bool:
        """Tell whether a transaction is under way."""
        return self._connection.in_transaction

    def cursor(self) -> Cursor:
        """Return a new cursor."""
        return Cursor(self._connection.cursor())

    async def create_function(self, name: str, arguments: int, function: Callable[..., Any], **options: Any) -> None:
        """Make a function known to SQL."""
        self._connection.create_function(name, arguments, function, **options)

    async def commit(self) -> None:
        """Commit."""
        self._connection.commit()

    async def rollback(self) -> None:
        """Roll back."""
        self._connection.rollback()

    async def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def stop(self) -> None:
        """Close the file at once."""
        self._connection.close()


async def connect(database: str, isolation_level: Literal["IMMEDIATE"] | None) -> Connection:
    """Open a database file: with foreign keys, and so that readers and a writer can work at the same time."""
    connection = sqlite3.connect(database, isolation_level=isolation_level, uri=database.startswith("file:"))
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")
    connection.create_function("lower", 1, _lower, deterministic=True)
    return Connection(connection)


def _lower(text: str | None) -> str | None:
    """Let a search find ``ÄRGER`` by ``ärger``: what SQLite calls ``lower`` knows English letters only."""
    return None if text is None else text.lower()
