"""How much mail is asked for."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.core.columns import UtcDateTime
from app.models import base


class MailCount(base.Base):
    """How often mail was asked for, for one address or by one client."""

    __tablename__ = "mail_counts"

    id: orm.Mapped[str] = orm.mapped_column(sa.String(64), primary_key=True)
    count: orm.Mapped[int]
    since: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime, index=True)
