"""Pages of lists, kept as they were answered.

What is kept is true for ever: when the tables that it was read from had these versions, this question had this answer.
Who asks reads the versions first, from the database, and then looks for what was kept at these. A change gives new
versions in its own transaction (`table_versions`), so once it is answered nobody finds what was kept before, in any
process, whether or not Redis answers; and nothing has to be taken out, it is only forgotten in time.

The question holds what the caller may see as conditions with their values, the same that would be asked of the
database: two callers share an answer where these are equal, and only there.
"""

import hashlib
import json
import logging
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, time as time_of_day
from functools import cache, wraps
from pathlib import Path
from typing import Any, TypeVar, cast

import sqlalchemy as sa
from fastapi import Response
from redis.asyncio import Redis
from redis.exceptions import RedisError
from starlette.background import BackgroundTask

from app.core.config import get_settings
from app.core.database import engine, fetch
from app.core.pagination import Conditions, ListQuery, Page
from app.core.table_versions import select_versions, tables_in, tracked

logger = logging.getLogger("app.page_cache")

RETRY_SECONDS = 10.0
"""So long Redis is left alone after it did not answer."""
REDIS_TIMEOUT = 0.5
HEADERS = {"Cache-Control": "private, no-cache", "Vary": "Authorization, X-API-Key"}
"""Browsers may keep a page, and ask each time whether it is still so."""
Read = TypeVar("Read", bound=Callable[..., Awaitable[Page]])


class Memory:
    """Answers that this process keeps, those that were asked for last."""

    def __init__(self) -> None:
        """Keep nothing yet."""
        self._kept: OrderedDict[str, tuple[float, bytes]] = OrderedDict()
        self._size = 0

    def get(self, key: str) -> bytes | None:
        """Return an answer."""
        until, body = self._kept.get(key, (0.0, b""))
        if until <= time.monotonic():
            return None
        self._kept.move_to_end(key)
        return body

    def keep(self, key: str, body: bytes) -> None:
        """Keep an answer, and forget others for it."""
        settings = get_settings()
        self._drop(key)
        self._kept[key] = time.monotonic() + settings.cache_seconds, body
        self._size += len(body)
        while self._size > settings.cache_megabytes * 1_000_000:
            self._drop(next(iter(self._kept)))

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()
        self._size = 0

    def _drop(self, key: str) -> None:
        """Forget an answer."""
        self._size -= len(self._kept.pop(key, (0.0, b""))[1])


class Cache:
    """Answers in memory, and in Redis where one is set and answers."""

    def __init__(self) -> None:
        """Connect when it is needed."""
        self.memory = Memory()
        self._redis: Redis | None = None
        self._address = ""
        self._rest_until = 0.0

    async def get(self, key: str) -> bytes | None:
        """Return an answer."""
        body = self.memory.get(key)
        if body is None and (redis := await self._client()) is not None:
            body = await self._asked(redis.get(_name(key)))
            if body is not None:
                self.memory.keep(key, body)
        return body

    async def keep(self, key: str, body: bytes) -> None:
        """Keep an answer."""
        self.memory.keep(key, body)
        if (redis := await self._client()) is not None:
            await self._asked(redis.set(_name(key), body, ex=get_settings().cache_seconds))

    async def close(self) -> None:
        """Let go of Redis."""
        redis, self._redis, self._rest_until = self._redis, None, 0.0
        if redis is not None:
            await redis.aclose()

    async def _client(self) -> Redis | None:
        """Return the Redis of the settings, unless there is none or it did not answer just now."""
        url = get_settings().cache_redis_url
        if not url or time.monotonic() < self._rest_until:
            return None
        if self._redis is None or self._address != url:
            await self.close()
            self._address = url
            self._redis = Redis.from_url(url, socket_timeout=REDIS_TIMEOUT, socket_connect_timeout=REDIS_TIMEOUT)
        return self._redis

    async def _asked(self, command: Awaitable[Any]) -> Any:
        """Return what Redis says, or nothing."""
        try:
            return await command
        except (RedisError, OSError) as error:
            self._rest_until = time.monotonic() + RETRY_SECONDS
            logger.warning("Redis does not answer, pages are read from the database: %s", type(error).__name__)
            return None


page_cache = Cache()


def _name(key: str) -> str:
    """Return what an answer is called in Redis."""
    return f"page:{key}"


@dataclass(frozen=True, slots=True)
class KeptPage(Page):
    """A page with its key; one that was kept has a body, and no items."""

    key: str
    body: bytes | None = None

    def response(self, render: Callable[[], str]) -> Response:
        """Return the page; one that was read now is kept once it is sent."""
        headers = HEADERS | {"ETag": f'W/"{self.key[:32]}"'}
        if self.body is not None:
            return Response(self.body, headers=headers, media_type="application/json")
        body = render().encode()
        keep = BackgroundTask(page_cache.keep, self.key, body)
        return Response(body, headers=headers, media_type="application/json", background=keep)


def kept(read: Read) -> Read:
    """Let a repository read a page only if it is not kept."""

    @wraps(read)
    async def find_or_read(repository: Any, query: ListQuery, *conditions: sa.ColumnElement[bool]) -> Page:
        key = await key_of(repository, query, conditions) if get_settings().cache_seconds else None
        if key is None:
            return await read(repository, query, *conditions)
        body = await page_cache.get(key)
        if body is not None:
            return KeptPage((), 0, query.limit, query.offset, key, body)
        page = await read(repository, query, *conditions)
        return KeptPage(page.items, page.total, page.limit, page.offset, key)

    return cast("Read", find_or_read)


async def key_of(repository: Any, query: ListQuery, conditions: Conditions) -> str | None:
    """Return what stands for a question at the present versions of all tables that it is about.

    Nothing, where its answer depends on the time, or on tables that have no versions.
    """
    asked = sa.and_(sa.true(), *conditions).compile(dialect=engine.dialect)
    values = sorted(asked.params.items())
    if any(isinstance(value, date | time_of_day) for _, value in values):
        return None
    names = _read_by(repository) | tables_in(str(asked))
    versions = sorted(tuple(row) for row in await fetch(select_versions(), {"names": sorted(names)}))
    if len(versions) < len(names):
        return None
    question = [_application(), repository.__qualname__, str(asked), repr(values), query.model_dump_json(), versions]
    return hashlib.sha256(json.dumps(question).encode()).hexdigest()


@cache
def _read_by(repository: Any) -> frozenset[str]:
    """Return the tables that the pages of a repository are read from, whatever the conditions."""
    statement = str(repository._page("id").compile(dialect=engine.dialect))  # noqa: SLF001 - it is what will be asked
    related = [attribute.property for attribute in repository.related]
    sets = {one.mapper.local_table.name for one in related} | {one.secondary.name for one in related}
    return tables_in(statement) | (sets & tracked().keys())


@cache
def _application() -> str:
    """Return what changes with the application: another version of it has other answers."""
    sources = sorted(Path(__file__).parents[1].rglob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
