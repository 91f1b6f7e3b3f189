"""Versions of tables."""

import sqlalchemy as sa
from sqlalchemy import orm

from app.models.base import Base


class TableVersion(Base):
    """Which version a table has: another one, never used before, with every transaction that changes it."""

    __tablename__ = "table_versions"

    name: orm.Mapped[str] = orm.mapped_column(sa.String(63), primary_key=True)
    version: orm.Mapped[str] = orm.mapped_column(sa.String(32))
