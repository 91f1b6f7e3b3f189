"""Locks: who counts documents before adding one keeps others from doing the same until it is stored.

A lock is a document with an id of its own, so that only one can hold it; a holder that died loses it after a while.
Nothing more than a MongoDB is needed, no replica set.
"""

import asyncio
import secrets
from datetime import timedelta
from types import TracebackType
from typing import Self

from pymongo.errors import DuplicateKeyError

from app.core.errors import Conflict
from app.core.types import utcnow
from app.models.lock import Lock

LEASE = timedelta(seconds=30)  # longer than any change takes
PATIENCE = 5.0
PAUSE = 0.01


class Locks:
    """The locks that one change holds; they are let go of in the end."""

    def __init__(self) -> None:
        """Hold none yet."""
        self._holder = secrets.token_hex(16)
        self._held: list[str] = []

    async def hold(self, collection: str, row_id: object) -> None:
        """Wait for the lock of a document, and keep it; somebody who waits for too long is sent away."""
        name = f"{collection}/{row_id}"
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while name not in self._held:
            if await self._taken(name):
                self._held.append(name)
            elif asyncio.get_running_loop().time() > deadline:
                raise Conflict("Somebody else is changing this at the same time.")
            else:
                await asyncio.sleep(PAUSE)

    async def _taken(self, name: str) -> bool:
        """Take a lock that is free, or whose holder died, and tell whether that worked."""
        now = utcnow()
        change = {"$set": {"holder": self._holder, "until": now + LEASE}}
        try:
            await Lock.get_pymongo_collection().update_one({"_id": name, "until": {"$lt": now}}, change, upsert=True)
        except DuplicateKeyError:
            return False
        return True

    async def __aenter__(self) -> Self:
        """Begin."""
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of all."""
        if self._held:
            await Lock.get_pymongo_collection().delete_many({"_id": {"$in": self._held}, "holder": self._holder})
