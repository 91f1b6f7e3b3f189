"""Where mail is put that is to be sent: in the transaction of what it tells of, so that both happen, or neither."""

import hashlib
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.database import insert_unless_exists
from app.core.errors import TooManyRequests
from app.core.types import utcnow
from app.services.job_queue import enqueue

WINDOW = timedelta(minutes=15)
MAX_TO_ADDRESS = 3
"""So much mail of a kind for one address; more is not sent, and nobody is told."""
MAX_OF_CLIENT = 100
"""So much may one client ask for, whatever the addresses."""


class Outbox:
    """Takes mail."""

    def __init__(self, session: AsyncSession) -> None:
        """Work in a session."""
        self.session = session

    def add(self, kind: str, recipient: str) -> None:
        """Put a mail into the outbox; it leaves when the session is committed."""
        enqueue(self.session, "mail", {"kind": kind, "recipient": recipient})

    async def ask(self, kind: str, recipient: str, client: str) -> None:
        """Put a mail into the outbox that a client asked for.

        Whether there is an account is found out by who writes the mail, later: this takes the same time either way.
        """
        old = models.MailCount.since < utcnow() - WINDOW
        await self.session.execute(sa.delete(models.MailCount).where(old))
        asked = await self._counted(f"client\n{client}")
        if asked <= MAX_OF_CLIENT and await self._counted(f"{kind}\n{recipient}") <= MAX_TO_ADDRESS:
            self.add(kind, recipient)
        await self.session.commit()
        if asked > MAX_OF_CLIENT:
            raise TooManyRequests("Too much mail was asked for.", retry_after=int(WINDOW.total_seconds()))

    async def _counted(self, what: str) -> int:
        """Count once more, and return how often that was."""
        key = hashlib.sha256(what.encode()).hexdigest()
        await insert_unless_exists(self.session, models.MailCount, {"id": key, "count": 0, "since": utcnow()})
        count = models.MailCount.count
        counting = sa.update(models.MailCount).where(models.MailCount.id == key).values(count=count + 1)
        return (await self.session.scalars(counting.returning(count))).one()
