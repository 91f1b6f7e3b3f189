"""Answers that are kept for repeated requests."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.core.columns import UtcDateTime
from app.core.types import utcnow
from app.models import base


class IdempotencyKey(base.Base):
    """A key, and the answer once there is one.

    ``scope`` stands for the caller, the path and the key, ``fingerprint`` for the body.
    """

    __tablename__ = "idempotency_keys"

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True)
    scope: orm.Mapped[str] = orm.mapped_column(sa.String(64), unique=True)
    fingerprint: orm.Mapped[str] = orm.mapped_column(sa.String(64))
    status: orm.Mapped[int | None]
    headers: orm.Mapped[dict[str, str] | None] = orm.mapped_column(sa.JSON)
    body: orm.Mapped[bytes | None]
    created_at: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime, default=utcnow, index=True)
