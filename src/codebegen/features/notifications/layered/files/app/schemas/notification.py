"""What people are told."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.core import pagination, types
from app.schemas import base


class NotificationRead(base.Output):
    """One notification: ``text`` says what happened, ``item_type`` and ``item_id`` to what."""

    id: int
    event: str
    item_type: str
    item_id: str
    text: str
    created_at: datetime
    read_at: datetime | None


class NotificationPage(base.PageOutput):
    """One page of notifications."""

    items: list[NotificationRead]


class NotificationQuery(pagination.ListQuery):
    """Query parameters of the list of notifications."""

    sort: Annotated[str, Field(pattern=pagination.sort_pattern("id", "event", "created_at", "read_at"))] = "-id"
    unread: types.QueryBoolean | None = None
    event: types.QueryText | None = None
    item_type: types.QueryText | None = None
    item_id: types.QueryText | None = None


class InboxRead(base.Output):
    """What is waiting."""

    unread: int
