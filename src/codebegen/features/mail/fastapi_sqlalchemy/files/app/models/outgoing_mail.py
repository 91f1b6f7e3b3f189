"""The outbox."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.core.columns import UtcDateTime
from app.core.types import utcnow
from app.models import base


class OutgoingMail(base.Base):
    """A mail that is still to be sent; it is written when it is sent, so that no secret waits here."""

    __tablename__ = "outgoing_mails"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    kind: orm.Mapped[str] = orm.mapped_column(sa.String(63))
    recipient: orm.Mapped[str] = orm.mapped_column(sa.String(254))
    attempts: orm.Mapped[int] = orm.mapped_column(default=0)
    due_at: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime, default=utcnow, index=True)
