"""Does what is in the queue.

A job is taken for a while, and kept for another as long as its worker lives, so that nobody else works on it. Where it
fails, it is tried again later, and given up in the end. If the process dies, the job is due again after that while.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app import models
from app.core.config import get_settings
from app.core.database import fetch, transaction
from app.core.types import utcnow
from app.services.job_handlers import HANDLERS

logger = logging.getLogger("app.jobs")

PAUSE = timedelta(seconds=1)
LEASE = timedelta(minutes=1)
"""How long a job is with whoever took it, unless that is made longer."""
RENEWAL = LEASE / 4
DELAY = timedelta(seconds=10)
"""After the first failure; twice as long after each that follows."""
MAX_ATTEMPTS = 10
"""Over about three hours."""

_DUE = sa.select(models.QueuedJob.id).where(models.QueuedJob.due_at <= sa.bindparam("now")).limit(1)


@dataclass(frozen=True, slots=True)
class Taken:
    """A job that somebody works on."""

    id: int
    kind: str
    payload: dict[str, Any]
    attempts: int

    @property
    def is_ours(self) -> sa.ColumnElement[bool]:
        """Tell whether nobody took it since: it would have been counted."""
        return sa.and_(models.QueuedJob.id == self.id, models.QueuedJob.attempts == self.attempts)


class Worker:
    """Works as long as the application runs."""

    def __init__(self) -> None:
        """Wait to be started."""
        self._work: list[asyncio.Task[None]] = []

    def start(self) -> None:
        """Begin to work."""
        self._work = [asyncio.create_task(_work_for_ever()) for _ in range(get_settings().jobs_at_once)]

    async def stop(self) -> None:
        """Work no more; what is not done is taken up again when its time is over."""
        for work in self._work:
            work.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)


async def _work_for_ever() -> None:
    """Do what is due, and look again after a pause, whatever happens."""
    while True:
        try:
            await do_due()
        except Exception:
            logger.exception("Jobs could not be taken; it is tried again.")
        await asyncio.sleep(PAUSE.total_seconds())


async def do_due() -> None:
    """Do every job that is due now."""
    while await fetch(_DUE, {"now": utcnow()}):
        job = await _take()
        if job is not None:
            await _do(job)


async def _take() -> Taken | None:
    """Take the job that is due longest, unless somebody else was faster."""
    job, now = models.QueuedJob, utcnow()
    longest = sa.select(job.id).where(job.due_at <= now).order_by(job.due_at, job.id).limit(1)
    taking = (
        sa.update(job)
        .where(job.id == longest.with_for_update(skip_locked=True).scalar_subquery(), job.due_at <= now)
        .values(due_at=now + LEASE, attempts=job.attempts + 1)
        .returning(job.id, job.kind, job.payload, job.attempts)
        .execution_options(synchronize_session=False)
    )
    async with transaction() as session:
        row = (await session.execute(taking)).one_or_none()
        await session.commit()
    return None if row is None else Taken(*row)


async def _do(job: Taken) -> None:
    """Do a job, and keep it meanwhile; it is dropped if somebody else has it all the same."""
    if job.attempts > MAX_ATTEMPTS:  # whoever had it last did not live to say why it failed
        await _put_back(job, "died")
        return
    work = asyncio.create_task(_finish(job))
    try:
        while not (await asyncio.wait({work}, timeout=RENEWAL.total_seconds()))[0]:
            if not await _change(job, due_at=utcnow() + LEASE):
                logger.warning("A job took too long, and is with somebody else", extra={"data": _said(job)})
                return
        error = work.exception()
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
    if error is not None:
        logger.warning("A job failed", extra={"data": _said(job)}, exc_info=error)
        await _put_back(job, type(error).__name__)


async def _finish(job: Taken) -> None:
    """Do a job and take it out of the queue, unless somebody else has it by now: then nothing of it is written."""
    async with transaction() as session:
        await HANDLERS[job.kind](session, job.payload)
        done = sa.delete(models.QueuedJob).where(job.is_ours).returning(models.QueuedJob.id)
        if await session.scalar(done.execution_options(synchronize_session=False)) is not None:
            await session.commit()


async def _put_back(job: Taken, error: str) -> None:
    """Let a job be tried again later, or give it up."""
    if job.attempts >= MAX_ATTEMPTS:
        logger.error("A job is given up", extra={"data": _said(job)})
        await _change(job, due_at=None, error=error)
    else:
        await _change(job, due_at=utcnow() + DELAY * 2 ** (job.attempts - 1), error=error)


async def _change(job: Taken, **values: object) -> bool:
    """Change a job, and tell whether it was still ours."""
    change = sa.update(models.QueuedJob).where(job.is_ours).values(values).returning(models.QueuedJob.id)
    async with transaction() as session:
        changed = await session.scalar(change.execution_options(synchronize_session=False))
        await session.commit()
    return changed is not None


def _said(job: Taken) -> dict[str, object]:
    """Return what the log may know of a job."""
    return {"id": job.id, "kind": job.kind, "attempts": job.attempts}
