"""Does what is in the queue.

A job is taken for a while, and kept for another as long as its worker lives, so that nobody else works on it. Where it
fails, it is tried again later, and given up in the end. If the process dies, the job is due again after that while.
"""

import asyncio
import logging
from datetime import timedelta

from app.core.config import get_settings
from app.core.types import utcnow
from app.services import job_store
from app.services.job_store import Taken

logger = logging.getLogger("app.jobs")

PAUSE = timedelta(seconds=1)
LEASE = timedelta(minutes=1)
"""How long a job is with whoever took it, unless that is made longer."""
RENEWAL = LEASE / 4
DELAY = timedelta(seconds=10)
"""After the first failure; twice as long after each that follows."""
MAX_ATTEMPTS = 10
"""Over about three hours."""


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
    while await job_store.any_due():
        job = await job_store.take(LEASE)
        if job is not None:
            await _do(job)


async def _do(job: Taken) -> None:
    """Do a job, and keep it meanwhile; it is dropped if somebody else has it all the same."""
    if job.attempts > MAX_ATTEMPTS:  # whoever had it last did not live to say why it failed
        await _put_back(job, "died")
        return
    work = asyncio.create_task(job_store.finish(job))
    try:
        while not (await asyncio.wait({work}, timeout=RENEWAL.total_seconds()))[0]:
            if not await job_store.change(job, due_at=utcnow() + LEASE):
                logger.warning("A job took too long, and is with somebody else", extra={"data": _said(job)})
                return
        error = work.exception()
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
    if error is not None:
        logger.warning("A job failed", extra={"data": _said(job)}, exc_info=error)
        await _put_back(job, type(error).__name__)


async def _put_back(job: Taken, error: str) -> None:
    """Let a job be tried again later, or give it up."""
    if job.attempts >= MAX_ATTEMPTS:
        logger.error("A job is given up", extra={"data": _said(job)})
        await job_store.change(job, due_at=None, error=error)
    else:
        await job_store.change(job, due_at=utcnow() + DELAY * 2 ** (job.attempts - 1), error=error)


def _said(job: Taken) -> dict[str, object]:
    """Return what the log may know of a job."""
    return {"id": job.id, "kind": job.kind, "attempts": job.attempts}
