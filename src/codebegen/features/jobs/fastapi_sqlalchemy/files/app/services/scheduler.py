"""Puts jobs into the queue when their time has come: one of several processes does it, once."""

import asyncio
import logging
from datetime import timedelta

import sqlalchemy as sa

from app import models
from app.core.database import insert_unless_exists, transaction
from app.core.types import utcnow
from app.services.job_queue import enqueue
from app.services.schedules import SCHEDULES, Schedule

logger = logging.getLogger("app.jobs")

PAUSE = timedelta(seconds=20)


class Scheduler:
    """Looks at the clock as long as the application runs."""

    def __init__(self) -> None:
        """Wait to be started."""
        self._work: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to look."""
        self._work = asyncio.create_task(_look_for_ever())

    async def stop(self) -> None:
        """Look no more."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)


async def _look_for_ever() -> None:
    """Look, and again after a pause, whatever happens."""
    while True:
        try:
            await enqueue_due()
        except Exception:
            logger.exception("Schedules could not be kept; it is tried again.")
        await asyncio.sleep(PAUSE.total_seconds())


async def enqueue_due() -> None:
    """Put every job into the queue whose time has come since it was last put there."""
    for schedule in SCHEDULES:
        await _enqueue(schedule)


async def _enqueue(schedule: Schedule) -> None:
    """Put a job into the queue, in the transaction that notes it; what is seen first waits for its next time."""
    table, last = models.JobSchedule, schedule.last(utcnow())
    move = sa.update(table).where(table.name == schedule.kind, table.last_at < last).values(last_at=last)
    async with transaction() as session:
        await insert_unless_exists(session, table, {"name": schedule.kind, "last_at": last})
        moved = await session.scalar(
            move.returning(table.name).execution_options(synchronize_session=False)
        )
        if moved is not None:
            enqueue(session, schedule.kind, {"at": last.isoformat()})
        await session.commit()
