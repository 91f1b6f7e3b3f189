"""Slows down the guessing of passwords; only failures count."""

import hashlib
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.database import insert_unless_exists
from app.core.errors import TooManyRequests
from app.core.types import utcnow

MAX_FAILURES = 10
WINDOW = timedelta(minutes=5)


class LoginThrottle:
    """Counts how often one client failed to log in to one account, whether or not the account exists."""

    def __init__(self, session: AsyncSession, email: str, client: str) -> None:
        """Watch one client and one account."""
        self.session = session
        self.key = hashlib.sha256(f"{email.lower()}\n{client}".encode()).hexdigest()

    async def check(self) -> None:
        """Refuse another try when there were too many failures."""
        failure = await self.session.get(models.LoginFailure, self.key)
        if failure is None or failure.count < MAX_FAILURES:
            return
        remaining = failure.since + WINDOW - utcnow()
        if remaining > timedelta(0):
            raise TooManyRequests("Too many failed logins.", retry_after=int(remaining.total_seconds()) + 1)

    async def failed(self) -> None:
        """Count a failure; old ones are forgotten."""
        await self.session.execute(sa.delete(models.LoginFailure).where(models.LoginFailure.since < utcnow() - WINDOW))
        first = {"id": self.key, "count": 0, "since": utcnow()}
        await insert_unless_exists(self.session, models.LoginFailure, first)
        count = models.LoginFailure.count + 1
        await self.session.execute(
            sa.update(models.LoginFailure).where(models.LoginFailure.id == self.key).values(count=count)
        )

    async def succeeded(self) -> None:
        """Forget the failures."""
        await self.session.execute(sa.delete(models.LoginFailure).where(models.LoginFailure.id == self.key))
