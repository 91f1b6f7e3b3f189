"""What was sent to whom, as administrators see it."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app import models
from app.core import pagination, types
from app.schemas import base


class WebhookDeliveryRead(base.Output):
    """One delivery: how often it was tried, and how that went last."""

    id: int
    endpoint_id: int
    message_id: str
    event: str
    status: models.WebhookDeliveryStatus
    attempts: int
    response_status: int | None
    error: str | None
    created_at: datetime
    attempted_at: datetime | None
    next_attempt_at: datetime | None


class WebhookDeliveryDetail(WebhookDeliveryRead):
    """One delivery with what is sent, as it is signed."""

    body: str


class WebhookDeliveryPage(base.PageOutput):
    """One page of deliveries."""

    items: list[WebhookDeliveryRead]


class WebhookDeliveryQuery(pagination.ListQuery):
    """Query parameters of the list of deliveries."""

    sort: Annotated[str, Field(pattern=pagination.sort_pattern("id", "event", "attempts", "created_at"))] = "-id"
    endpoint_id: Annotated[int, Field(ge=1, le=types.INTEGER_MAX), types.Numeral] | None = None
    message_id: types.QueryText | None = None
    event: types.QueryText | None = None
    status: models.WebhookDeliveryStatus | None = None
