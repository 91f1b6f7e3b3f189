"""A live database, read as SQL: its URL enters, the DDL that would make it again leaves. It is only read.

Of SQLite the statements are those that made it; of PostgreSQL they are written from its catalogue. Rows are not read.
"""

import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sqlalchemy import Connection, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import ReflectedColumn
from sqlalchemy.engine.reflection import Inspector
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

from codebegen.diagnostics import DiagnosticError, error

_POSTGRES = ("postgresql", "postgres")
_SECONDS = 20.0
_TRIGGERS = text(
    "SELECT pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
    "JOIN pg_namespace n ON n.oid = c.relnamespace WHERE NOT t.tgisinternal AND n.nspname = current_schema() "
    "ORDER BY c.relname, t.tgname"
)
_HINT = "sqlite:///shop.db or postgresql://user:password@host/database"


def is_database(source: str) -> bool:
    """Whether a word is the URL of a database, of whatever kind."""
    scheme, sign, _ = source.partition("://")
    return bool(sign) and scheme.partition("+")[0].isalnum() and scheme not in ("http", "https", "file")


def read_database(source: str) -> tuple[str, str]:
    """The DDL of a database and its name; raises `DiagnosticError`, in which no password stands."""
    try:
        url = make_url(source)
    except ArgumentError:
        raise _refused("database", "this is no URL of a database", _HINT) from None
    kind = url.get_backend_name() if url.drivername.partition("+")[0] != "postgres" else "postgres"
    if kind == "sqlite":
        return _read_sqlite(url)
    if kind in _POSTGRES:
        return _read_postgres(url), url.database or "database"
    hint = "write its schema to a file (mysqldump --no-data, …) and import that"
    raise _refused(_shown(url), f"databases of the kind {kind} can't be read", hint)


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _refused(place: str, message: str, hint: str = "") -> DiagnosticError:
    return DiagnosticError([error("database", place, message, hint)])


def _read_sqlite(url: URL) -> tuple[str, str]:
    path = Path(unquote(url.database or ""))
    if not path.is_file():
        raise _refused(_shown(url), "there is no such file", "sqlite:///relative.db or sqlite:////absolute/path.db")
    try:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        try:
            query = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
            rows = connection.execute(f"{query} ORDER BY rowid").fetchall()
        finally:
            connection.close()
    except sqlite3.Error as problem:
        raise _refused(_shown(url), f"it can't be read: {problem}", "name a file of SQLite 3") from None
    if not rows:
        raise _refused(_shown(url), "there is no table in it")
    return "\n\n".join(f"{str(row[0]).strip()};" for row in rows) + "\n", path.stem


def _read_postgres(url: URL) -> str:
    query = {("ssl" if name == "sslmode" else name): value for name, value in url.query.items()}
    target = url.set(drivername="postgresql+asyncpg", query=query)
    try:
        return asyncio.run(asyncio.wait_for(_reflect(target), _SECONDS))
    except DiagnosticError:
        raise
    except TimeoutError:
        raise _refused(_shown(url), f"it did not answer within {_SECONDS:.0f} seconds") from None
    except (OSError, SQLAlchemyError, ValueError, _driver_errors()) as problem:
        said = str(getattr(problem, "orig", None) or problem).splitlines()[0]
        said = said.replace(str(url.password), "***") if url.password else said
        raise _refused(_shown(url), f"it can't be read: {said}", "check host, port, user and password") from None


def _driver_errors() -> type[Exception]:
    from asyncpg import PostgresError  # type: ignore[import-untyped]  # noqa: PLC0415 - only for PostgreSQL

    return PostgresError  # type: ignore[no-any-return]


async def _reflect(url: URL) -> str:
    engine = create_async_engine(url, poolclass=NullPool, execution_options={"postgresql_readonly": True})
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(_script)
    finally:
        await engine.dispose()


def _script(connection: Connection) -> str:
    """The DDL of the default schema."""
    inspector = inspect(connection)
    quote = connection.dialect.identifier_preparer.quote
    statements = [
        f"CREATE TYPE {quote(enum['name'])} AS ENUM ({', '.join(map(_literal, enum['labels']))})"
        for enum in inspector.get_enums()  # type: ignore[attr-defined]  # of PostgreSQL's inspector
    ]
    for table in sorted(inspector.get_table_names()):
        statements += _table(connection, inspector, table)
    for view in inspector.get_view_names():
        statements.append(
            f"CREATE VIEW {quote(view)} AS {' '.join(inspector.get_view_definition(view).split()).rstrip(';')}"
        )
    statements += [str(row[0]) for row in connection.execute(_TRIGGERS)]
    if not statements:
        raise _refused(_shown(connection.engine.url), "there is no table in it")
    return "".join(f"{statement};\n\n" for statement in statements)


def _literal(words: str) -> str:
    return "'" + words.replace("'", "''") + "'"


def _table(connection: Connection, inspector: Inspector, table: str) -> Iterator[str]:
    quote = connection.dialect.identifier_preparer.quote

    def listed(columns: list[Any]) -> str:
        return ", ".join(quote(str(column)) for column in columns)

    columns = inspector.get_columns(table)
    lines = [_column(connection, column) for column in columns]
    primary = inspector.get_pk_constraint(table)["constrained_columns"]
    lines += [f"PRIMARY KEY ({listed(primary)})"] if primary else []
    lines += [f"UNIQUE ({listed(one['column_names'])})" for one in inspector.get_unique_constraints(table)]
    for key in inspector.get_foreign_keys(table):
        deleted = key.get("options", {}).get("ondelete")
        target = f"{quote(key['referred_table'])} ({listed(key['referred_columns'])})"
        ending = f" ON DELETE {deleted}" if deleted else ""
        lines.append(f"FOREIGN KEY ({listed(key['constrained_columns'])}) REFERENCES {target}{ending}")
    lines += [f"CHECK ({one['sqltext']})" for one in inspector.get_check_constraints(table)]
    yield f"CREATE TABLE {quote(table)} (\n  " + ",\n  ".join(lines) + "\n)"
    for index in inspector.get_indexes(table):
        names = index["column_names"]
        if index.get("duplicates_constraint") or None in names:
            continue
        unique = "UNIQUE " if index["unique"] and not index.get("dialect_options", {}).get("postgresql_where") else ""
        yield f"CREATE {unique}INDEX {quote(str(index['name']))} ON {quote(table)} ({listed(names)})"
    comment = inspector.get_table_comment(table).get("text")
    if comment:
        yield f"COMMENT ON TABLE {quote(table)} IS {_literal(comment)}"
    for column in columns:
        if column.get("comment"):
            place = f"{quote(table)}.{quote(column['name'])}"
            yield f"COMMENT ON COLUMN {place} IS {_literal(str(column['comment']))}"


def _column(connection: Connection, column: ReflectedColumn) -> str:
    quote = connection.dialect.identifier_preparer.quote
    words = [quote(column["name"]), column["type"].compile(dialect=connection.dialect)]
    computed, identity = column.get("computed"), column.get("identity")
    if computed:
        words.append(f"GENERATED ALWAYS AS ({computed['sqltext']}) STORED")
    elif identity:
        words.append("GENERATED BY DEFAULT AS IDENTITY")
    elif column.get("default") is not None:
        words.append(f"DEFAULT {column['default']}")
    words += [] if column["nullable"] else ["NOT NULL"]
    return " ".join(words)
