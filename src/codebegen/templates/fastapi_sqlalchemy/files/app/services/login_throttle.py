"""Slows down the guessing of passwords; only failures count."""

import hashlib
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.database import insert_unless_exists
from app.core.errors import TooManyRequests
from app.core.types import utcnow

WINDOW = timedelta(minutes=5)
MAX_FAILURES = 10
"""Of one client with one account."""
MAX_FAILURES_OF_ACCOUNT = 30
"""With one account, wherever they come from."""
MAX_FAILURES_OF_CLIENT = 300
"""Of one client, whichever accounts it tries."""


class LoginThrottle:
    """Counts failed logins by account and by client, whether or not the account exists."""

    def __init__(self, session: AsyncSession, email: str, client: str) -> None:
        """Watch one client and one account."""
        self.session = session
        account = email.lower()
        self.pair, self.account, self.client = _key(account, client), _key(account, "*"), _key("*", client)
        self.limits = {
            self.pair: MAX_FAILURES,
            self.account: MAX_FAILURES_OF_ACCOUNT,
            self.client: MAX_FAILURES_OF_CLIENT,
        }

    async def check(self) -> None:
        """Refuse another try when there were too many failures."""
        failure = models.LoginFailure
        query = sa.select(failure.id, failure.count, failure.since).where(failure.id.in_(self.limits))
        for key, count, since in (await self.session.execute(query)).all():
            remaining = since + WINDOW - utcnow()
            if count >= self.limits[key] and remaining > timedelta(0):
                raise TooManyRequests("Too many failed logins.", retry_after=int(remaining.total_seconds()) + 1)

    async def failed(self) -> None:
        """Count a failure; old ones are forgotten."""
        await self.session.execute(sa.delete(models.LoginFailure).where(models.LoginFailure.since < utcnow() - WINDOW))
        count = models.LoginFailure.count + 1
        for key in self.limits:
            await insert_unless_exists(self.session, models.LoginFailure, {"id": key, "count": 0, "since": utcnow()})
            await self.session.execute(
                sa.update(models.LoginFailure).where(models.LoginFailure.id == key).values(count=count)
            )

    async def succeeded(self) -> None:
        """Forget the failures with this account; those of the client with others stay."""
        forgotten = models.LoginFailure.id.in_((self.pair, self.account))
        await self.session.execute(sa.delete(models.LoginFailure).where(forgotten))


def _key(account: str, client: str) -> str:
    """Return what failures are counted by; it tells neither the account nor the client."""
    return hashlib.sha256(f"{account}\n{client}".encode()).hexdigest()
