"""How processes tell each other what happened: after the transaction, and not what was rolled back."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager

import pytest
import sqlalchemy as sa
import sqlalchemy as sa
from pydantic import ValidationError
from redis.asyncio import Redis
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncSession

from app.core import live_channel
from app.core.config import Settings, get_settings
from app.core.database import engine, fetch, transaction
from app.core.live_channel import CHANNELS, Channel
from tests.kit.people import People
from tests.kit.redis import redis_server

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("people")]

NAMES = [name for name in CHANNELS if name != "postgres" or engine.dialect.name == "postgresql"]
GAP = "something was missed"
LISTENERS = sa.text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query ILIKE 'listen %'")
Heard = asyncio.Queue[str]


@asynccontextmanager
async def _processes(name: str, count: int) -> AsyncIterator[tuple[Channel, list[Heard]]]:
    """Listen as some processes do; give the first one's channel, and what each of them hears."""
    channels, heard = [CHANNELS[name]() for _ in range(count)], [Heard() for _ in range(count)]

    def hearing(queue: Heard) -> Callable[[str | None], None]:
        return lambda message: queue.put_nowait(GAP if message is None else message)

    work = [asyncio.create_task(one.run(hearing(queue))) for one, queue in zip(channels, heard, strict=True)]
    try:
        async with asyncio.timeout(60):
            for one in channels:
                await one.listening.wait()
        yield channels[0], heard
    finally:
        for task in work:
            task.cancel()
        await asyncio.gather(*work, return_exceptions=True)


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Choose a channel; with a server, where it needs one."""
    with ExitStack() as stack:
        if request.param == "redis":
            port = stack.enter_context(redis_server())
            monkeypatch.setattr(get_settings(), "live_redis_url", f"redis://127.0.0.1:{port}/0")
        yield request.param


def _message(text: str) -> str:
    """Return a message that concerns nobody else."""
    return json.dumps({"collection": "none", "text": text})


async def _say(channel: Channel, where: AsyncSession | AsyncConnection, text: str) -> None:
    """Say something in a transaction."""
    connection = await where.connection() if isinstance(where, AsyncSession) else where
    await connection.run_sync(lambda sync: channel.say(sync, _message(text)))


async def _say_alone(channel: Channel, text: str) -> None:
    """Say something in a transaction of its own."""
    async with transaction() as session:
        await _say(channel, session, text)
        await session.commit()


async def _next(queue: Heard) -> str:
    """Return what is heard next."""
    async with asyncio.timeout(60):
        return await queue.get()


async def test_all_processes_hear_it(name: str) -> None:
    """Once each, and after the transaction."""
    async with _processes(name, 1 if name == "process" else 2) as (channel, heard):
        async with transaction() as session:
            await _say(channel, session, "first")
            await asyncio.sleep(0.02)
            assert all(queue.empty() for queue in heard)
            await session.commit()
        for queue in heard:
            assert await _next(queue) == _message("first")
            assert queue.empty()


async def test_what_is_rolled_back_is_not_heard(name: str) -> None:
    """Neither all of a transaction, nor a part of it."""
    async with _processes(name, 1) as (channel, [heard]):
        async with transaction() as session:
            await _say(channel, session, "never")
            await session.rollback()
            await _say(channel, session, "before")
            nested = await session.begin_nested()
            await _say(channel, session, "not either")
            await nested.rollback()
            async with session.begin_nested():
                await _say(channel, session, "inside")
            await session.commit()
            await _say(channel, session, "not committed")
        async with engine.connect() as connection:
            undone = await connection.begin()
            await _say(channel, connection, "never")
            await undone.rollback()
            async with connection.begin():
                await _say(channel, connection, "last")
        assert [await _next(heard) for _ in range(3)] == [_message(text) for text in ("before", "inside", "last")]
        assert heard.empty()


@pytest.mark.parametrize("name", [one for one in NAMES if one != "process"], indirect=True)
async def test_a_connection_is_lost(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is made anew, and whoever listens knows of the gap."""
    monkeypatch.setattr(live_channel, "PAUSE_SECONDS", 0.01)
    async with _processes(name, 1) as (channel, [heard]):
        if name == "redis":
            async with Redis.from_url(get_settings().live_redis_url) as redis:
                await redis.client_kill_filter(_type="pubsub")
        else:
            await fetch(LISTENERS)
        assert await _next(heard) == GAP
        await channel.listening.wait()
        await _say_alone(channel, "found")
        while (message := await _next(heard)) == GAP:
            pass
        assert message == _message("found")


async def test_redis_is_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """What causes an event succeeds; who listens knows of the gap, and hears again when it is back."""
    monkeypatch.setattr(live_channel, "PAUSE_SECONDS", 0.01)
    async with AsyncExitStack() as stack:
        with redis_server() as port:
            monkeypatch.setattr(get_settings(), "live_redis_url", f"redis://127.0.0.1:{port}/0")
            channel, [heard] = await stack.enter_async_context(_processes("redis", 1))
        assert await _next(heard) == GAP
        await _say_alone(channel, "lost")
        with redis_server(port):
            await channel.listening.wait()
            await _say_alone(channel, "found")
            while (message := await _next(heard)) == GAP:
                pass
            assert message == _message("found")


@pytest.mark.parametrize("wrong", [{"live_channel": "redis"}, {"live_channel": "postgres"}, {"live_channel": "x"}])
def test_settings_that_are_wrong(wrong: dict[str, str]) -> None:
    """A channel needs what it goes through."""
    with pytest.raises(ValidationError):
        Settings(database_url="sqlite:///x.db", **wrong)  # type: ignore[arg-type]
