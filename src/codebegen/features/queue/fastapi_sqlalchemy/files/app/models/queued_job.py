"""The queue."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app.core.columns import UtcDateTime
from app.core.types import utcnow
from app.models import base


class QueuedJob(base.Base):
    """Something that is to be done; it is gone when it is done.

    ``due_at`` is when it may be taken, and while somebody has it, until when; without one it was given up, and waits
    for somebody who finds out why. ``attempts`` counts how often it was taken: whoever has it knows it by that number.
    """

    __tablename__ = "queued_jobs"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    kind: orm.Mapped[str] = orm.mapped_column(sa.String(63))
    payload: orm.Mapped[dict[str, Any]] = orm.mapped_column(sa.JSON)
    attempts: orm.Mapped[int] = orm.mapped_column(default=0)
    created_at: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime, default=utcnow)
    due_at: orm.Mapped[datetime | None] = orm.mapped_column(UtcDateTime, default=utcnow, index=True)
    error: orm.Mapped[str | None] = orm.mapped_column(sa.String(255))
