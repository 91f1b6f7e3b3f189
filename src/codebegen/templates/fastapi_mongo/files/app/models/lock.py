"""Locks, see `app.core.locks`."""

from datetime import datetime
from typing import ClassVar

from pydantic import Field
from pymongo import IndexModel

from app.models import base


class Lock(base.Stored):
    """Who may count on a document, and until when."""

    id: str = Field(alias="_id")  # type: ignore[assignment]  # not the id that a MongoDB would give
    holder: str
    until: datetime

    class Settings(base.Stored.Settings):
        """MongoDB itself forgets locks that nobody let go of."""

        name = "locks"
        indexes: ClassVar[list[IndexModel]] = [IndexModel([("until", 1)], expireAfterSeconds=0)]
