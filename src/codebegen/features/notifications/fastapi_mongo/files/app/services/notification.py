"""What people can do with their notifications."""

from typing import Any

from beanie import PydanticObjectId

from app import models
from app.core.auth import Caller
from app.core.errors import NotFound
from app.core.filters import Filter, where
from app.core.pagination import Listing, Page
from app.core.types import utcnow
from app.repositories.stages import NAMED, Stage
from app.schemas.notification import InboxRead, NotificationQuery

_LISTING = Listing(
    sort={"id": "_id", "event": "event", "created_at": "created_at", "read_at": "read_at"},
    search=["text"],
    equal={name: name for name in ("event", "item_type", "item_id")},
)


class NotificationService:
    """Shows and marks notifications of one's own; those of others are not there."""

    async def page(self, actor: Caller, query: NotificationQuery) -> Page:
        """Return one page of what the caller was told."""
        unread: Filter = {} if query.unread is None else {"read_at": None if query.unread else {"$ne": None}}
        found = await where(_mine(actor), unread, *_LISTING.where(query))
        cut: list[Stage] = [{"$sort": _LISTING.order_by(query.sort)}, {"$skip": query.offset}, {"$limit": query.limit}]
        notes = models.Notification.get_pymongo_collection()
        items = await (await notes.aggregate([{"$match": found}, *cut, NAMED])).to_list()
        return Page(items, await notes.count_documents(found), query.limit, query.offset)

    async def inbox(self, actor: Caller) -> InboxRead:
        """Count what the caller has not read yet."""
        unread = {**_mine(actor), "read_at": None}
        return InboxRead(unread=await models.Notification.get_pymongo_collection().count_documents(unread))

    async def get(self, actor: Caller, notification_id: PydanticObjectId) -> models.Notification:
        """Return one of the caller's notifications."""
        note = await models.Notification.find_one({"_id": notification_id, **_mine(actor)})
        if note is None:
            raise NotFound
        return note

    async def mark(self, actor: Caller, notification_id: PydanticObjectId, *, read: bool) -> None:
        """Note that the caller has read something, or has yet to; when it was read first stays."""
        note = await self.get(actor, notification_id)
        read_at = (note.read_at or utcnow()) if read else None
        own = {"_id": notification_id}
        await models.Notification.get_pymongo_collection().update_one(own, {"$set": {"read_at": read_at}})

    async def mark_all(self, actor: Caller) -> None:
        """Note that the caller has read everything."""
        unread = {**_mine(actor), "read_at": None}
        await models.Notification.get_pymongo_collection().update_many(unread, {"$set": {"read_at": utcnow()}})

    async def delete(self, actor: Caller, notification_id: PydanticObjectId) -> None:
        """Throw something away."""
        thrown = {"_id": notification_id, **_mine(actor)}
        if (await models.Notification.get_pymongo_collection().delete_one(thrown)).deleted_count == 0:
            raise NotFound


def _mine(actor: Caller) -> dict[str, Any]:
    """Select what the caller was told."""
    return {"user_id": actor.id}
