"""Where webhooks go."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.core.columns import UtcDateTime
from app.core.types import utcnow
from app.models import base


class WebhookEndpoint(base.Base):
    """An address that is told of ``events``, or of all; whoever knows its ``secret`` can sign for this application.

    ``failures`` counts those in a row; with too many, it is not active any more.
    """

    __tablename__ = "webhook_endpoints"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    url: orm.Mapped[str] = orm.mapped_column(sa.String(2000))
    description: orm.Mapped[str] = orm.mapped_column(sa.String(200), default="")
    events: orm.Mapped[list[str] | None] = orm.mapped_column(sa.JSON(none_as_null=True))
    secret: orm.Mapped[str] = orm.mapped_column(sa.String(63))
    old_secret: orm.Mapped[str | None] = orm.mapped_column(sa.String(63))
    old_secret_until: orm.Mapped[datetime | None] = orm.mapped_column(UtcDateTime)
    is_active: orm.Mapped[bool] = orm.mapped_column(default=True)
    failures: orm.Mapped[int] = orm.mapped_column(default=0)
    created_at: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime, default=utcnow)
    updated_at: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime, default=utcnow, onupdate=utcnow)
