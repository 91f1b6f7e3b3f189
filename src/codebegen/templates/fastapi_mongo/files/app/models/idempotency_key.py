"""Answers that are kept for repeated requests."""

from datetime import datetime, timedelta
from typing import ClassVar

from pydantic import Field
from pymongo import IndexModel

from app.models import base

LIFETIME = timedelta(hours=24)


class IdempotencyKey(base.Stored):
    """A key, and the answer once there is one.

    The id stands for the caller, the path and the key, ``fingerprint`` for the body.
    """

    id: str = Field(alias="_id")  # type: ignore[assignment]  # not the id that a MongoDB would give
    fingerprint: str
    created_at: datetime
    status: int | None = None
    headers: dict[str, str] | None = None
    body: bytes | None = None

    class Settings(base.Stored.Settings):
        """MongoDB itself forgets keys whose time is up."""

        name = "idempotency_keys"
        indexes: ClassVar[list[IndexModel]] = [
            IndexModel([("created_at", 1)], expireAfterSeconds=int(LIFETIME.total_seconds()))
        ]
