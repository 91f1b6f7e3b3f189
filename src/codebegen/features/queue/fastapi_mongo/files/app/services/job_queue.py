"""Where work is put that is done later: right after what causes it, one document that is stored or is not."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app import models
from app.core.types import utcnow


async def enqueue(kind: str, payload: Mapping[str, Any], due_at: datetime | None = None) -> None:
    """Put a job into the queue; it is taken when it is due, and not before."""
    await models.QueuedJob(kind=kind, payload=dict(payload), due_at=due_at or utcnow()).insert()
