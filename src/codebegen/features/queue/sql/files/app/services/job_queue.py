"""Where work is put that is done later: in the transaction of what causes it, so that both happen, or neither."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.types import utcnow


def enqueue(session: AsyncSession, kind: str, payload: Mapping[str, Any], due_at: datetime | None = None) -> None:
    """Put a job into the queue; it is taken after the session is committed, and not before it is due."""
    session.add(models.QueuedJob(kind=kind, payload=dict(payload), due_at=due_at or utcnow()))
