"""The queue."""

from datetime import datetime
from typing import Any, ClassVar

from pydantic import Field
from pymongo import IndexModel

from app.core.types import utcnow
from app.models import base


class QueuedJob(base.Stored):
    """Something that is to be done; it is gone when it is done.

    ``due_at`` is when it may be taken, and while somebody has it, until when; without one it was given up, and waits
    for somebody who finds out why. ``attempts`` counts how often it was taken: whoever has it knows it by that number.
    """

    kind: str
    payload: dict[str, Any]
    attempts: int = 0
    created_at: datetime = Field(default_factory=utcnow)
    due_at: datetime | None = Field(default_factory=utcnow)
    error: str | None = None

    class Settings(base.Stored.Settings):
        """Looked up by when it is due."""

        name = "queued_jobs"
        indexes: ClassVar[list[IndexModel]] = [IndexModel([("due_at", 1)])]
