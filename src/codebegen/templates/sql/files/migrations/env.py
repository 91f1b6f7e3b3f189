"""Runs the migrations: on the application's connection at start, or on one of its own (``alembic upgrade head``)."""

import asyncio
from typing import Any

import sqlalchemy as sa
from alembic import context

from app.core.database import engine
from app.models import Base


def run(connection: sa.Connection) -> None:
    """Run the migrations on an open connection, which is good for nothing else afterwards."""
    driver: Any = connection.connection.driver_connection
    if connection.dialect.name == "sqlite" and not driver.in_transaction:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # rebuilding a table must not delete what refers to it
        connection.exec_driver_sql("BEGIN IMMEDIATE")  # tables change all at once, or not at all
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql("SET LOCAL statement_timeout = 0")  # changing a large table takes its time
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


async def run_on_own_connection() -> None:
    """Open a connection for the migrations."""
    async with engine.begin() as connection:
        await connection.run_sync(run)
    await engine.dispose()


if (connection := context.config.attributes.get("connection")) is not None:
    run(connection)
else:
    asyncio.run(run_on_own_connection())
