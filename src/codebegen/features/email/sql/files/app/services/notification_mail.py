"""Notifications by mail: a job of the queue for each, after the notification itself."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.config import get_settings
from app.core.database import transaction
from app.core.mail import Letter, send
from app.services import mail_preference


async def deliver(_session: AsyncSession, payload: dict[str, Any]) -> None:
    """Write the mail and hand it over; nothing is locked meanwhile. Raises `NotSentError`."""
    letter = await _write(payload["id"])
    if letter is not None:
        await send(letter)


async def _write(notification_id: int) -> Letter | None:
    """Return the mail, or nothing where it was read already, or where no mail is wanted."""
    async with transaction() as session:
        note = await session.get(models.Notification, notification_id)
        if note is None or note.read_at is not None:
            return None
        user = await session.get_one(models.User, note.user_id)
        wanted = await mail_preference.read(session, user.id)
    if not user.is_active or not wanted.notifications:
        return None
    page = get_settings().notification_url
    more = f"See all notifications, or switch this mail off: {page}\n" if page else ""
    key = f"notification-{note.id}-{note.created_at:%Y%m%d%H%M%S}"
    return Letter(user.email, note.text, f"{note.text}.\n\n{more}", key)
