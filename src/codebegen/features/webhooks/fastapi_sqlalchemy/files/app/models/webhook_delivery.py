"""What was sent to whom."""

from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa
from sqlalchemy import orm

from app.core.columns import UtcDateTime, enum_type
from app.core.types import utcnow
from app.models import base


class WebhookDeliveryStatus(StrEnum):
    """How far a delivery is."""

    PENDING = "pending"
    DELIVERED = "delivered"
    FAILED = "failed"


class WebhookDelivery(base.Base):
    """One event for one address: always the same ``body``, under the same ``message_id``."""

    __tablename__ = "webhook_deliveries"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    endpoint_id: orm.Mapped[int] = orm.mapped_column(
        sa.ForeignKey("webhook_endpoints.id", ondelete="CASCADE"), index=True
    )
    message_id: orm.Mapped[str] = orm.mapped_column(sa.String(40), index=True)
    event: orm.Mapped[str] = orm.mapped_column(sa.String(200))
    body: orm.Mapped[str] = orm.mapped_column(sa.Text)
    status: orm.Mapped[WebhookDeliveryStatus] = orm.mapped_column(
        enum_type(WebhookDeliveryStatus), default=WebhookDeliveryStatus.PENDING
    )
    attempts: orm.Mapped[int] = orm.mapped_column(default=0)
    response_status: orm.Mapped[int | None]
    error: orm.Mapped[str | None] = orm.mapped_column(sa.String(40))
    created_at: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime, default=utcnow, index=True)
    attempted_at: orm.Mapped[datetime | None] = orm.mapped_column(UtcDateTime)
    next_attempt_at: orm.Mapped[datetime | None] = orm.mapped_column(UtcDateTime)
