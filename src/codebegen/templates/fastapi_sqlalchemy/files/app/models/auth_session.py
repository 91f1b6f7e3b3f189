"""Logins."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.core.columns import UtcDateTime
from app.core.types import utcnow
from app.models import base


class AuthSession(base.Base):
    """One login of one user; where the row is gone, its tokens are dead."""

    __tablename__ = "auth_sessions"

    id: orm.Mapped[str] = orm.mapped_column(sa.String(32), primary_key=True)
    user_id: orm.Mapped[int] = orm.mapped_column(sa.ForeignKey("users.id", ondelete="CASCADE"), index=True)
    refresh_hash: orm.Mapped[str] = orm.mapped_column(sa.String(64))
    created_at: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime, default=utcnow)
    expires_at: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime)
