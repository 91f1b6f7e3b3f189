"""The database of the tests: migrated once, emptied for every test, and moved in time."""

from graphlib import TopologicalSorter
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from app.core.database import engine
from app.core.startup import ALEMBIC_INI
from app.models import Base

SCHEMA = "another"
_script: list[str] = []


def config(connection: sa.Connection) -> Config:
    """Return the configuration of the migrations, on an open connection."""
    made = Config(ALEMBIC_INI)
    made.attributes["connection"] = connection
    return made


async def create() -> None:
    """Make the tables with the migrations, as in production."""
    async with engine.begin() as connection:
        await connection.run_sync(lambda sync: command.downgrade(config(sync), "base"))
        await connection.run_sync(lambda sync: command.upgrade(config(sync), "head"))
    await engine.dispose()  # the connection that migrated has its foreign keys off


async def remember() -> None:
    """Note which rows stay: all that are there now."""
    tables = _children_first()
    statements: list[sa.Update | sa.Delete] = [*_loosened(tables)]
    async with engine.connect() as connection:
        for table in tables:
            keys = list(table.primary_key.columns)
            found = (await connection.scalars(sa.select(keys[0]))).all() if len(keys) == 1 else []
            statements.append(table.delete().where(keys[0].not_in(found)) if found else table.delete())
    options = {"literal_binds": True}
    _script[:] = [str(one.compile(dialect=engine.dialect, compile_kwargs=options)) for one in statements]


async def clear() -> None:
    """Delete every other row, in one go."""
    async with engine.begin() as connection:
        for statement in _script:
            await connection.exec_driver_sql(statement)


async def change(table: str, row_id: object, **values: object) -> None:
    """Change a row behind the application's back, as time does."""
    model = Base.metadata.tables[table]
    key = model.c.id.type.python_type(row_id)
    async with engine.begin() as connection:
        await connection.execute(sa.update(model).where(model.c.id == key).values(values))


async def rows(table: str) -> list[dict[str, Any]]:
    """Return every row of a table."""
    async with engine.connect() as connection:
        found = await connection.execute(sa.select(Base.metadata.tables[table]))
        return [dict(row) for row in found.mappings()]


async def change_all(table: str, **values: object) -> None:
    """Change every row of a table."""
    async with engine.begin() as connection:
        await connection.execute(sa.update(Base.metadata.tables[table]).values(values))


async def another(folder: Path) -> AsyncEngine:
    """Return another, empty database: a file in a folder, or a schema of its own."""
    if engine.dialect.name == "sqlite":
        return create_async_engine(f"sqlite+aiosqlite:///{folder / 'another.db'}")
    async with engine.begin() as connection:
        await connection.execute(sa.schema.DropSchema(SCHEMA, cascade=True, if_exists=True))
        await connection.execute(sa.schema.CreateSchema(SCHEMA))
    return create_async_engine(engine.url, connect_args={"server_settings": {"search_path": SCHEMA}})


async def content() -> dict[sa.Table, list[dict[str, Any]]]:
    """Return all rows by table, what is referred to first."""
    async with engine.connect() as connection:
        found = {table: await connection.execute(sa.select(table)) for table in reversed(_children_first())}
        return {table: [dict(row) for row in result.mappings()] for table, result in found.items()}


async def fill(target: AsyncEngine, rows: dict[sa.Table, list[dict[str, Any]]]) -> None:
    """Put rows into another database."""
    async with target.begin() as connection:
        for table, values in rows.items():
            if values:
                await connection.execute(table.insert(), values)


def _children_first() -> list[sa.Table]:
    """Return the tables so that what refers comes before what it refers to."""
    sorter: TopologicalSorter[str] = TopologicalSorter()
    for table in Base.metadata.tables.values():
        needs = {key.column.table.name for key in table.foreign_keys if not key.parent.nullable}
        sorter.add(table.name, *sorted(needs - {table.name}))
    return [Base.metadata.tables[name] for name in reversed(list(sorter.static_order()))]


def _loosened(tables: list[sa.Table]) -> list[sa.Update]:
    """Return statements that clear optional keys, which would keep their targets from being deleted."""
    return [
        table.update().values({key.parent.name: sa.null()})
        for table in tables
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name)
        if key.parent.nullable and key.ondelete in (None, "RESTRICT")
    ]
