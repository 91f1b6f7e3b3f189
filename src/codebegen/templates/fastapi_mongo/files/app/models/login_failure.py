"""Failed logins."""

from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import Field
from pymongo import IndexModel

from app.models import base

WINDOW = timedelta(minutes=5)


class LoginFailure(base.Stored):
    """How often one client failed to log in to one account."""

    id: str = Field(alias="_id")  # type: ignore[assignment]  # not the id that a MongoDB would give
    times: int
    since: datetime

    class Settings(base.Stored.Settings):
        """MongoDB itself forgets what is long ago."""

        name = "login_failures"
        indexes: ClassVar[list[IndexModel]] = [
            IndexModel([("since", 1)], expireAfterSeconds=int(WINDOW.total_seconds()))
        ]
