"""Delivers mail, as a job of the queue: it is written when it is sent, so that no secret waits anywhere."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.database import transaction
from app.core.mail import Letter, send
from app.services.letters import WRITERS


async def deliver(_session: AsyncSession, payload: dict[str, Any]) -> None:
    """Write a mail and hand it over; nothing is locked meanwhile. Raises `NotSentError`."""
    letter = await _write(payload["kind"], payload["recipient"])
    if letter is not None:
        await send(letter)


async def _write(kind: str, recipient: str) -> Letter | None:
    """Return the mail as it is now, or nothing where there is none to be sent any more."""
    async with transaction() as session:
        letter = await WRITERS[kind](session, recipient)
        await session.commit()
    return letter
