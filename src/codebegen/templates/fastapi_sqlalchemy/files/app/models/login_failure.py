"""Failed logins."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.core.columns import UtcDateTime
from app.models import base


class LoginFailure(base.Base):
    """How often one client failed to log in to one account."""

    __tablename__ = "login_failures"

    id: orm.Mapped[str] = orm.mapped_column(sa.String(64), primary_key=True)
    count: orm.Mapped[int]
    since: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime, index=True)
