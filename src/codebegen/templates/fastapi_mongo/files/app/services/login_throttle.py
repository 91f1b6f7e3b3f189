"""Slows down the guessing of passwords; only failures count."""

import hashlib
from datetime import timedelta

from pymongo.errors import DuplicateKeyError

from app.core.errors import TooManyRequests
from app.core.types import utcnow
from app.models.login_failure import WINDOW, LoginFailure

MAX_FAILURES = 10
"""Of one client with one account."""
MAX_FAILURES_OF_ACCOUNT = 30
"""With one account, wherever they come from."""
MAX_FAILURES_OF_CLIENT = 300
"""Of one client, whichever accounts it tries."""


class LoginThrottle:
    """Counts failed logins by account and by client, whether or not the account exists."""

    def __init__(self, email: str, client: str) -> None:
        """Watch one client and one account."""
        account = email.lower()
        self.pair, self.account, self.client = _key(account, client), _key(account, "*"), _key("*", client)
        self.limits = {
            self.pair: MAX_FAILURES,
            self.account: MAX_FAILURES_OF_ACCOUNT,
            self.client: MAX_FAILURES_OF_CLIENT,
        }

    async def check(self) -> None:
        """Refuse another try when there were too many failures."""
        async for failure in LoginFailure.find({"_id": {"$in": list(self.limits)}}):
            remaining = failure.since + WINDOW - utcnow()
            if failure.times >= self.limits[failure.id] and remaining > timedelta(0):
                raise TooManyRequests("Too many failed logins.", retry_after=int(remaining.total_seconds()) + 1)

    async def failed(self) -> None:
        """Count a failure; old ones are forgotten."""
        await LoginFailure.get_pymongo_collection().delete_many({"since": {"$lt": utcnow() - WINDOW}})
        for key in self.limits:
            try:
                await _count(key)
            except DuplicateKeyError:  # another failure was the first at the same time
                await _count(key)

    async def succeeded(self) -> None:
        """Forget the failures with this account; those of the client with others stay."""
        await LoginFailure.get_pymongo_collection().delete_many({"_id": {"$in": [self.pair, self.account]}})


async def _count(key: str) -> None:
    """Count one more, from now on if it is the first."""
    change = {"$inc": {"times": 1}, "$setOnInsert": {"since": utcnow()}}
    await LoginFailure.get_pymongo_collection().update_one({"_id": key}, change, upsert=True)


def _key(account: str, client: str) -> str:
    """Return what failures are counted by; it tells neither the account nor the client."""
    return hashlib.sha256(f"{account}\n{client}".encode()).hexdigest()
