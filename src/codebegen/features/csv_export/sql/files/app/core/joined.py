"""One transaction for many changes, each of which would be one by itself."""

from contextvars import ContextVar

from sqlalchemy.ext.asyncio import AsyncConnection

joined: ContextVar[AsyncConnection | None] = ContextVar("joined", default=None)
"""The connection whose transaction all statements and sessions of a task are part of; none, to be by themselves."""
