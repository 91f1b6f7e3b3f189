"""How processes tell each other what happened: not at all, through PostgreSQL, or through Redis.

What is told is said in the transaction in which it happens, and heard after it.
"""

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

import asyncpg  # type: ignore[import-untyped]
import sqlalchemy as sa
from redis.asyncio import Redis
from redis.exceptions import RedisError

from app.core.after_commit import Telling
from app.core.config import get_settings
from app.core.database import engine

logger = logging.getLogger("app.live")

NAME = "live"
PAUSE_SECONDS = 1.0
"""So long a server is left alone after it did not answer."""
CONNECT_SECONDS = 5.0
CHECK_SECONDS = 30.0
Hear = Callable[[str | None], None]
"""Hears a message, or that some may have been missed."""


class Channel(Protocol):
    """Where messages come from."""

    listening: asyncio.Event
    """Whether nothing is missed from now on."""

    def say(self, connection: sa.Connection, message: str) -> None:
        """Have a message heard after the transaction of a connection, unless it is rolled back."""

    async def run(self, hear: Hear) -> None:
        """Hear messages, until cancelled."""


class ProcessChannel:
    """Messages of this process."""

    def __init__(self) -> None:
        """Hear nothing yet."""
        self.listening = asyncio.Event()
        self._said: asyncio.Queue[str] = asyncio.Queue()
        self._telling = Telling(self._said.put_nowait)

    def say(self, connection: sa.Connection, message: str) -> None:
        """Have a message heard."""
        self._telling.hold(connection, message)

    async def run(self, hear: Hear) -> None:
        """Hear what this process says."""
        self._telling.start(engine.sync_engine)
        self.listening.set()
        try:
            while True:
                hear(await self._said.get())
        finally:
            self._telling.stop(engine.sync_engine)


class PostgresChannel:
    """Messages of all processes that use this database; they are part of the transaction."""

    def __init__(self) -> None:
        """Hear nothing yet."""
        self.listening = asyncio.Event()

    def say(self, connection: sa.Connection, message: str) -> None:
        """Have a message heard."""
        connection.execute(sa.select(sa.func.pg_notify(NAME, message)))

    async def run(self, hear: Hear) -> None:
        """Hear what all processes say; the connection is made anew when it is lost."""
        while True:
            try:
                await self._listen(hear)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                logger.warning("PostgreSQL is not heard: %s", type(error).__name__)
            self.listening.clear()
            hear(None)
            await asyncio.sleep(PAUSE_SECONDS)

    async def _listen(self, hear: Hear) -> None:
        """Hear what is said, as long as the connection is good."""
        url = sa.make_url(get_settings().database_url).set(drivername="postgresql")
        connection = await asyncpg.connect(url.render_as_string(hide_password=False), timeout=CONNECT_SECONDS)
        try:
            lost = asyncio.Event()
            connection.add_termination_listener(lambda _connection: lost.set())
            await connection.add_listener(NAME, lambda _connection, _pid, _name, message: hear(str(message)))
            self.listening.set()
            while not lost.is_set():
                try:
                    await asyncio.wait_for(lost.wait(), CHECK_SECONDS)
                except TimeoutError:
                    await connection.execute("SELECT 1", timeout=CHECK_SECONDS)
        finally:
            connection.terminate()


class RedisChannel:
    """Messages of all processes that use a Redis; what is said while it does not answer is lost."""

    def __init__(self) -> None:
        """Hear nothing yet."""
        self.listening = asyncio.Event()
        self._said: asyncio.Queue[str] = asyncio.Queue()
        self._telling = Telling(self._said.put_nowait)

    def say(self, connection: sa.Connection, message: str) -> None:
        """Have a message heard."""
        self._telling.hold(connection, message)

    async def run(self, hear: Hear) -> None:
        """Hear what all processes say; the connection is made anew when it is lost."""
        self._telling.start(engine.sync_engine)
        publishing = asyncio.create_task(self._publish())
        try:
            while True:
                try:
                    await self._listen(hear)
                except (RedisError, OSError) as error:
                    logger.warning("Redis is not heard: %s", type(error).__name__)
                self.listening.clear()
                hear(None)
                await asyncio.sleep(PAUSE_SECONDS)
        finally:
            publishing.cancel()
            await asyncio.gather(publishing, return_exceptions=True)
            self._telling.stop(engine.sync_engine)

    async def _publish(self) -> None:
        """Say what this process has to say."""
        async with _redis() as redis:
            while True:
                message = await self._said.get()
                try:
                    await redis.publish(NAME, message)
                except (RedisError, OSError) as error:
                    logger.warning("Redis does not take a message: %s", type(error).__name__)

    async def _listen(self, hear: Hear) -> None:
        """Hear what is said, as long as the connection is good."""
        async with _redis() as redis, redis.pubsub() as heard:
            await heard.subscribe(NAME)
            while True:
                message = await heard.get_message(timeout=CHECK_SECONDS)
                if message is None:
                    await heard.ping()
                elif message["type"] == "subscribe":
                    self.listening.set()
                elif message["type"] == "message":
                    hear(message["data"])


def _redis() -> Redis:
    """Return a client for the Redis of the settings."""
    return Redis.from_url(get_settings().live_redis_url, decode_responses=True, socket_connect_timeout=CONNECT_SECONDS)


CHANNELS: dict[str, type[Channel]] = {
    "process": ProcessChannel,
    "postgres": PostgresChannel,
    "redis": RedisChannel,
}
"""By the setting."""
