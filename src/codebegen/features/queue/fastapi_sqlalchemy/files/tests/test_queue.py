"""Jobs are done after what causes them, by one worker at a time, and again where they fail or their worker dies."""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import transaction
from app.core.types import utcnow
from app.models import QueuedJob
from app.services import job_handlers, job_worker
from app.services.job_queue import enqueue
from app.services.job_worker import Worker, do_due
from tests.kit import database
from tests.kit.jobs import due_of, time_passes, until, waiting

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("people")]

KIND = "test"


class Record:
    """Does the jobs of these tests, and notes it; `failures` of them fail first.

    Who is at work stays there while the `gate` is closed.
    """

    def __init__(self) -> None:
        """Have done nothing."""
        self.done: Counter[int] = Counter()
        self.failures = 0
        self.at_work = 0
        self.most_at_work = 0
        self.begun = asyncio.Event()
        self.gate = asyncio.Event()
        self.gate.set()

    async def do(self, _session: AsyncSession, payload: dict[str, Any]) -> None:
        """Do a job, or fail."""
        self.at_work += 1
        self.most_at_work = max(self.most_at_work, self.at_work)
        self.begun.set()
        try:
            await self.gate.wait()
        finally:
            self.at_work -= 1
        if self.failures:
            self.failures -= 1
            raise ConnectionError("secret@example.com")
        self.done[payload["number"]] += 1


@pytest.fixture
def record(monkeypatch: pytest.MonkeyPatch) -> Record:
    """Have the jobs of these tests noted."""
    made = Record()
    monkeypatch.setitem(job_handlers.HANDLERS, KIND, made.do)
    return made


async def _put(*numbers: int) -> None:
    """Put jobs into the queue."""
    async with transaction() as session:
        for number in numbers:
            enqueue(session, KIND, {"number": number})
        await session.commit()


async def test_it_is_done_once(record: Record) -> None:
    """And is gone then."""
    await _put(1)
    await do_due()
    await do_due()
    assert record.done == {1: 1}
    assert await waiting() == []


async def test_what_did_not_happen_causes_nothing(record: Record) -> None:
    """A job is part of the transaction that causes it."""
    async with transaction() as session:
        enqueue(session, KIND, {"number": 1})
        await session.flush()
        await session.rollback()
    await do_due()
    assert record.done == {}


async def test_the_workers_work_by_themselves(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """They begin with the application and end with it, and an error does not stop them."""
    monkeypatch.setattr(job_worker, "PAUSE", timedelta(milliseconds=5))
    failed = asyncio.Event()

    async def fail(*_: object) -> None:
        failed.set()
        raise ConnectionError

    async def all_done() -> bool:
        return not await waiting()

    worker = Worker()
    with monkeypatch.context() as broken:
        broken.setattr(job_worker, "fetch", fail)
        worker.start()
        await failed.wait()
    await _put(1)
    await until(all_done)
    await worker.stop()
    assert record.done == {1: 1}


async def test_it_is_tried_again(record: Record, caplog: pytest.LogCaptureFixture) -> None:
    """Later, and later still after each failure; no log line holds what it is about."""
    record.failures = 2
    await _put(1)
    for failure in range(2):
        before, delay = utcnow(), job_worker.DELAY * 2**failure
        await do_due()
        assert before + delay <= await due_of() <= utcnow() + delay
        await time_passes(delay)
    await do_due()
    assert record.done == {1: 1}
    assert "number" not in caplog.text


async def test_it_is_given_up_in_the_end(record: Record) -> None:
    """It is kept then, so that somebody can see why."""
    record.failures = 2 * job_worker.MAX_ATTEMPTS
    await _put(1)
    for _ in range(job_worker.MAX_ATTEMPTS + 1):
        await do_due()
        await time_passes(timedelta(days=1))
    [row] = await database.rows("queued_jobs")
    assert (row["due_at"], row["error"], row["attempts"]) == (None, "ConnectionError", job_worker.MAX_ATTEMPTS)


async def test_nobody_knows_how_to_do_it() -> None:
    """A job of a newer version waits for a worker of that version."""
    await _put(1)
    await do_due()
    [row] = await waiting()
    assert row["error"] == "KeyError"


async def test_it_dies_in_the_middle(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was taken by a process that is gone is due again after a while, and not before."""

    async def die(_session: AsyncSession, _payload: dict[str, Any]) -> None:
        raise asyncio.CancelledError

    await _put(1)
    with monkeypatch.context() as dying:
        dying.setitem(job_handlers.HANDLERS, KIND, die)
        with pytest.raises(asyncio.CancelledError):
            await do_due()
    await do_due()
    assert record.done == {}
    await time_passes(job_worker.LEASE)
    await do_due()
    assert record.done == {1: 1}


async def test_it_kills_whoever_takes_it(record: Record) -> None:
    """A job that no worker survives is given up as well."""
    await _put(1)
    await database.change_all("queued_jobs", attempts=job_worker.MAX_ATTEMPTS)
    await do_due()
    [row] = await database.rows("queued_jobs")
    assert (row["due_at"], row["error"]) == (None, "died")
    assert record.done == {}


async def test_what_it_wrote_before_it_failed_is_not_there(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a job writes counts once, when it is done."""

    async def write_and_do(session: AsyncSession, payload: dict[str, Any]) -> None:
        enqueue(session, "written", payload)
        await session.flush()
        await record.do(session, payload)

    monkeypatch.setitem(job_handlers.HANDLERS, KIND, write_and_do)
    record.failures = 1
    await _put(1)
    await do_due()
    assert await waiting("written") == []
    await time_passes(job_worker.DELAY)
    await database.change_all("queued_jobs", kind=KIND)
    await do_due()
    assert record.done == {1: 1}


async def test_several_work_at_once(record: Record) -> None:
    """Each job is done by one of them."""
    record.gate.clear()
    numbers = range(12)
    await _put(*numbers)

    async def several_at_work() -> bool:
        return record.at_work > 1

    workers = asyncio.gather(*(do_due() for _ in range(4)))
    await until(several_at_work)
    record.gate.set()
    await workers
    assert record.done == dict.fromkeys(numbers, 1)


async def test_a_long_job_stays_with_its_worker(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is kept as long as the worker lives, so that nobody else begins it."""
    monkeypatch.setattr(job_worker, "RENEWAL", timedelta(milliseconds=5))
    record.gate.clear()
    await _put(1)
    working = asyncio.create_task(do_due())
    await record.begun.wait()
    long_after = utcnow() + job_worker.LEASE

    async def kept() -> bool:
        return await due_of() >= long_after

    await time_passes(job_worker.LEASE)
    await until(kept)
    await do_due()
    record.gate.set()
    await working
    assert (record.done, record.most_at_work) == ({1: 1}, 1)


async def test_a_job_that_somebody_else_has(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that was thought dead lets go of it, and writes nothing."""
    monkeypatch.setattr(job_worker, "RENEWAL", timedelta(milliseconds=5))
    record.gate.clear()
    await _put(1)
    working = asyncio.create_task(do_due())
    await record.begun.wait()
    async with transaction() as session:
        await session.execute(sa.update(QueuedJob).values(attempts=QueuedJob.attempts + 1))
        await session.commit()
    await working
    assert (record.done, record.at_work) == ({}, 0)
    assert len(await waiting()) == 1
