"""Jobs from the command line: ``python -m app.jobs work|list|run KIND|retry ID|drop ID``."""

import argparse
import asyncio
import json
import signal
import sys
from typing import Any

import sqlalchemy as sa

from app import models
from app.core.config import get_settings
from app.core.database import close_engines, fetch, transaction
from app.core.logging import configure_logging
from app.core.types import utcnow
from app.services.job_handlers import HANDLERS
from app.services.job_queue import enqueue
from app.services.job_worker import Worker
from app.services.scheduler import Scheduler

FAILED = 1


def main(arguments: list[str] | None = None) -> int:
    """Do what is asked for, and return 0 if it was possible."""
    parser = argparse.ArgumentParser(prog="python -m app.jobs", description="What waits, and what was given up.")
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("work", help="work on jobs and keep the schedules, until stopped")
    commands.add_parser("list", help="list what waits and what was given up, a JSON object a line")
    commands.add_parser("run", help="put a job into the queue").add_argument("kind", choices=sorted(HANDLERS))
    for name, does in (("retry", "let a job be done now"), ("drop", "forget a job")):
        commands.add_parser(name, help=does).add_argument("id", type=int)
    given = parser.parse_args(arguments)
    return asyncio.run(_closing(given))


async def _closing(given: argparse.Namespace) -> int:
    """Let go of the database in the end."""
    configure_logging(get_settings().log_level)
    try:
        return await do(given.command, getattr(given, "kind", getattr(given, "id", None)))
    finally:
        await close_engines()


async def do(command: str, argument: Any = None) -> int:
    """Do one command."""
    match command:
        case "work":
            await _work()
        case "list":
            await _list()
        case "run":
            async with transaction() as session:
                enqueue(session, argument, {})
                await session.commit()
        case "retry":
            values = {"due_at": utcnow(), "attempts": 0, "error": None}
            return await _changed(sa.update(models.QueuedJob).values(values), argument)
        case _:
            return await _changed(sa.delete(models.QueuedJob), argument)
    return 0


async def _work() -> None:
    """Work until somebody says stop."""
    stopped, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    worker, scheduler = Worker(), Scheduler()
    worker.start()
    scheduler.start()
    await stopped.wait()
    await scheduler.stop()
    await worker.stop()


async def _list() -> None:
    """Print every job, without what it is about."""
    job = models.QueuedJob
    for row in await fetch(sa.select(job.id, job.kind, job.attempts, job.created_at, job.due_at, job.error)):
        sys.stdout.write(json.dumps(row._asdict(), default=str) + "\n")


async def _changed(statement: sa.Update | sa.Delete, job_id: int) -> int:
    """Change a job, and tell whether there was one."""
    chosen = statement.where(models.QueuedJob.id == job_id).returning(models.QueuedJob.id)
    async with transaction() as session:
        found = await session.scalar(chosen.execution_options(synchronize_session=False))
        await session.commit()
    if found is None:
        sys.stderr.write("There is no such job.\n")
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main())
