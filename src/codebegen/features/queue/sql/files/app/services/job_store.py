"""Who has which job: one statement takes it, and nobody else has it then."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from app import models
from app.core.database import fetch, transaction
from app.core.types import utcnow
from app.services.job_handlers import HANDLERS

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


async def any_due() -> bool:
    """Tell whether there is something to be done; that locks nothing."""
    return bool(await fetch(_DUE, {"now": utcnow()}))


async def take(lease: timedelta) -> Taken | None:
    """Take the job that is due longest, unless somebody else was faster."""
    job, now = models.QueuedJob, utcnow()
    longest = sa.select(job.id).where(job.due_at <= now).order_by(job.due_at, job.id).limit(1)
    taking = (
        sa.update(job)
        .where(job.id == longest.with_for_update(skip_locked=True).scalar_subquery(), job.due_at <= now)
        .values(due_at=now + lease, attempts=job.attempts + 1)
        .returning(job.id, job.kind, job.payload, job.attempts)
        .execution_options(synchronize_session=False)
    )
    async with transaction() as session:
        row = (await session.execute(taking)).one_or_none()
        await session.commit()
    return None if row is None else Taken(*row)


async def finish(job: Taken) -> None:
    """Do a job and take it out of the queue, unless somebody else has it by now: then nothing of it is written."""
    async with transaction() as session:
        await HANDLERS[job.kind](session, job.payload)
        done = sa.delete(models.QueuedJob).where(job.is_ours).returning(models.QueuedJob.id)
        if await session.scalar(done.execution_options(synchronize_session=False)) is not None:
            await session.commit()


async def change(job: Taken, **values: object) -> bool:
    """Change a job, and tell whether it was still ours."""
    changing = sa.update(models.QueuedJob).where(job.is_ours).values(values).returning(models.QueuedJob.id)
    async with transaction() as session:
        changed = await session.scalar(changing.execution_options(synchronize_session=False))
        await session.commit()
    return changed is not None
