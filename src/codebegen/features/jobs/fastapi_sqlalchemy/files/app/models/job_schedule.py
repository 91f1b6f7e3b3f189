"""What is done again and again."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy import orm

from app.core.columns import UtcDateTime
from app.models import base


class JobSchedule(base.Base):
    """When a schedule last put its job into the queue; whoever moves that on does it."""

    __tablename__ = "job_schedules"

    name: orm.Mapped[str] = orm.mapped_column(sa.String(63), primary_key=True)
    last_at: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime)
