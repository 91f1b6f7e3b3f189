"""What all tables have in common."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy import orm

from app.core.columns import UtcDateTime
from app.core.types import utcnow

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(orm.DeclarativeBase):
    """Declarative base."""

    metadata = sa.MetaData(naming_convention=NAMING_CONVENTION)


class Entity(Base):
    """Base of everything that clients can address.

    ``row_version`` counts the changes of a row: it is the ETag, and a writer that comes too late is refused.
    """

    __abstract__ = True

    id: orm.Mapped[int] = orm.mapped_column(primary_key=True, sort_order=-1)
    created_at: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime, default=utcnow, sort_order=1)
    updated_at: orm.Mapped[datetime] = orm.mapped_column(UtcDateTime, default=utcnow, sort_order=1)
    row_version: orm.Mapped[int] = orm.mapped_column(default=1, sort_order=1)

    __mapper_args__ = {"version_id_col": row_version}  # noqa: RUF012

    def change(self, changes: Mapping[str, Any]) -> None:
        """Set attributes and the time of the change; a change of nothing is none."""
        for name, value in changes.items():
            setattr(self, name, value)
        if changes:
            self.updated_at = utcnow()
