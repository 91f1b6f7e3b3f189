"""Delivers what is in the outbox.

A mail is taken for a while, written, and handed over; where that fails, it is tried again later, and given up in the
end. If the process dies in between, the mail is due again after that while: it comes at least once.
"""

import asyncio
import logging
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from app import models
from app.core.database import fetch, transaction
from app.core.mail import Letter, NotSentError, send
from app.core.types import utcnow
from app.services.letters import WRITERS

logger = logging.getLogger("app.mail")

PAUSE = timedelta(seconds=1)
LEASE = timedelta(minutes=2)
"""How long a mail is with whoever took it; longer than any server takes."""
DELAY = timedelta(seconds=10)
"""After the first failure; twice as long after each that follows."""
MAX_ATTEMPTS = 10
"""Over about three hours."""

_DUE = sa.select(models.OutgoingMail.id).where(models.OutgoingMail.due_at <= sa.bindparam("now")).limit(1)


@dataclass(frozen=True, slots=True)
class Taken:
    """A mail that is being delivered."""

    id: int
    kind: str
    recipient: str
    attempts: int


class Postman:
    """Delivers as long as the application runs."""

    def __init__(self) -> None:
        """Wait to be started."""
        self._work: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to deliver."""
        self._work = asyncio.create_task(_deliver_for_ever())

    async def stop(self) -> None:
        """Deliver no more."""
        if self._work is not None:
            self._work.cancel()
            await asyncio.gather(self._work, return_exceptions=True)


async def _deliver_for_ever() -> None:
    """Deliver what is due, and look again after a pause, whatever happens."""
    while True:
        try:
            await deliver_due()
        except Exception:
            logger.exception("Mail could not be delivered; it is tried again.")
        await asyncio.sleep(PAUSE.total_seconds())


async def deliver_due() -> None:
    """Deliver every mail that is due now."""
    while await fetch(_DUE, {"now": utcnow()}):
        mail = await _take()
        if mail is not None:
            await _deliver(mail)


async def _take() -> Taken | None:
    """Take the mail that is due longest, unless somebody else was faster."""
    mail, now = models.OutgoingMail, utcnow()
    longest = sa.select(mail.id).where(mail.due_at <= now).order_by(mail.due_at).limit(1)
    taking = (
        sa.update(mail)
        .where(mail.id == longest.with_for_update(skip_locked=True).scalar_subquery(), mail.due_at <= now)
        .values(due_at=now + LEASE, attempts=mail.attempts + 1)
        .returning(mail.id, mail.kind, mail.recipient, mail.attempts)
        .execution_options(synchronize_session=False)
    )
    async with transaction() as session:
        row = (await session.execute(taking)).one_or_none()
        await session.commit()
    return None if row is None else Taken(*row)


async def _deliver(mail: Taken) -> None:
    """Write a mail and hand it over; what is done with is forgotten."""
    data: dict[str, object] = {"kind": mail.kind, "attempts": mail.attempts}
    if mail.attempts > MAX_ATTEMPTS:
        logger.error("A mail could not be sent, and is given up", extra={"data": data})
        await _forget(mail)
        return
    letter = await _write(mail)
    try:
        if letter is not None:
            await send(letter)
    except NotSentError as error:
        data["reason"] = str(error)
        logger.warning("A mail was not sent; it is tried again", extra={"data": data})
        await _keep(mail)
    else:
        await _forget(mail)


async def _write(mail: Taken) -> Letter | None:
    """Return the mail as it is now, or nothing where there is none to be sent any more."""
    async with transaction() as session:
        letter = await WRITERS[mail.kind](session, mail.recipient)
        await session.commit()
    return letter


async def _keep(mail: Taken) -> None:
    """Let a mail be tried again later."""
    later = utcnow() + DELAY * 2 ** (mail.attempts - 1)
    change = sa.update(models.OutgoingMail).where(models.OutgoingMail.id == mail.id).values(due_at=later)
    async with transaction() as session:
        await session.execute(change)
        await session.commit()


async def _forget(mail: Taken) -> None:
    """Take a mail out of the outbox."""
    async with transaction() as session:
        await session.execute(sa.delete(models.OutgoingMail).where(models.OutgoingMail.id == mail.id))
        await session.commit()
