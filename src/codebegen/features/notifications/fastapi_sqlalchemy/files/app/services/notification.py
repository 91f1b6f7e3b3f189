"""What people can do with their notifications."""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.auth import Caller
from app.core.errors import NotFound
from app.core.pagination import Listing, Page
from app.core.types import utcnow
from app.schemas.notification import InboxRead, NotificationQuery, NotificationRead

_LISTING = Listing(
    sort={name: getattr(models.Notification, name) for name in ("id", "event", "created_at", "read_at")},
    search=[models.Notification.text],
    equal={name: getattr(models.Notification, name) for name in ("event", "item_type", "item_id")},
)


class NotificationService:
    """Shows and marks notifications of one's own; those of others are not there."""

    def __init__(self, session: AsyncSession) -> None:
        """Work in a session."""
        self.session = session

    async def page(self, actor: Caller, query: NotificationQuery) -> Page:
        """Return one page of what the caller was told."""
        mine = self._mine(actor).where(*_LISTING.where(query))
        if query.unread is not None:
            read = models.Notification.read_at.is_not(None)
            mine = mine.where(~read if query.unread else read)
        total = await self.session.scalar(sa.select(sa.func.count()).select_from(mine.subquery())) or 0
        rows = mine.order_by(*_LISTING.order_by(query.sort)).limit(query.limit).offset(query.offset)
        items = [NotificationRead.model_validate(row).model_dump() for row in await self.session.scalars(rows)]
        return Page(items, total, query.limit, query.offset)

    async def inbox(self, actor: Caller) -> InboxRead:
        """Count what the caller has not read yet."""
        unread = self._mine(actor).where(models.Notification.read_at.is_(None))
        count = await self.session.scalar(sa.select(sa.func.count()).select_from(unread.subquery()))
        return InboxRead(unread=count or 0)

    async def get(self, actor: Caller, notification_id: int) -> models.Notification:
        """Return one of the caller's notifications."""
        query = self._mine(actor).where(models.Notification.id == notification_id)
        row = await self.session.scalar(query)
        if row is None:
            raise NotFound
        return row

    async def mark(self, actor: Caller, notification_id: int, *, read: bool) -> None:
        """Note that the caller has read something, or has yet to; when it was read first stays."""
        row = await self.get(actor, notification_id)
        row.read_at = (row.read_at or utcnow()) if read else None
        await self.session.commit()

    async def mark_all(self, actor: Caller) -> None:
        """Note that the caller has read everything."""
        note = models.Notification
        change = sa.update(note).where(note.user_id == actor.id, note.read_at.is_(None)).values(read_at=utcnow())
        await self.session.execute(change.execution_options(synchronize_session=False))
        await self.session.commit()

    async def delete(self, actor: Caller, notification_id: int) -> None:
        """Throw something away."""
        await self.session.delete(await self.get(actor, notification_id))
        await self.session.commit()

    @staticmethod
    def _mine(actor: Caller) -> sa.Select[models.Notification]:
        """Select what the caller was told."""
        return sa.select(models.Notification).where(models.Notification.user_id == actor.id)
