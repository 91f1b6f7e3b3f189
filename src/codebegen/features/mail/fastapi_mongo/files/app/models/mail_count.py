"""How much mail is asked for."""

from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import Field
from pymongo import IndexModel

from app.models import base

WINDOW = timedelta(minutes=15)


class MailCount(base.Stored):
    """How often mail was asked for, for one address or by one client."""

    id: str = Field(alias="_id")  # type: ignore[assignment]  # not the id that a MongoDB would give
    times: int
    since: datetime

    class Settings(base.Stored.Settings):
        """MongoDB itself forgets what is long ago."""

        name = "mail_counts"
        indexes: ClassVar[list[IndexModel]] = [
            IndexModel([("since", 1)], expireAfterSeconds=int(WINDOW.total_seconds()))
        ]
