"""What waits in the queue, and time that passes for it."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from app.core.database import transaction
from app.models import QueuedJob
from tests.kit import database

Job = dict[str, Any]


async def waiting(kind: str = "") -> list[Job]:
    """Return the jobs of a kind, or all of them, that will be done."""
    rows = await database.rows("queued_jobs")
    return [row for row in rows if row["due_at"] is not None and kind in ("", row["kind"])]


async def time_passes(time: timedelta) -> None:
    """Make everything in the queue older."""
    for row in await waiting():
        await database.change("queued_jobs", row["id"], due_at=row["due_at"] - time)


async def due_of(kind: str = "") -> datetime:
    """Return when the only job there is will be done."""
    [row] = await waiting(kind)
    due: datetime = row["due_at"]
    return due


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    """Wait for what others do by themselves, however slow the machine is; fail where it never comes."""
    for _ in range(6000):
        if await holds():
            return
        await asyncio.sleep(0.01)
    raise TimeoutError


async def empty_queue() -> None:
    """Forget all that is to be done."""
    async with transaction() as session:
        await session.execute(sa.delete(QueuedJob))
        await session.commit()
