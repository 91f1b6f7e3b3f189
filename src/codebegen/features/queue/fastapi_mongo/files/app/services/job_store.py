"""Who has which job: one step on its document takes it, and nobody else has it then."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from beanie import PydanticObjectId
from pymongo import ReturnDocument

from app import models
from app.core.types import utcnow
from app.services.job_handlers import HANDLERS


@dataclass(frozen=True, slots=True)
class Taken:
    """A job that somebody works on."""

    id: PydanticObjectId
    kind: str
    payload: dict[str, Any]
    attempts: int

    @property
    def is_ours(self) -> dict[str, Any]:
        """Select it as long as nobody took it since: it would have been counted."""
        return {"_id": self.id, "attempts": self.attempts}


async def any_due() -> bool:
    """Tell whether there is something to be done."""
    due = {"due_at": {"$lte": utcnow()}}
    return await models.QueuedJob.get_pymongo_collection().find_one(due, {"_id": 1}) is not None


async def take(lease: timedelta) -> Taken | None:
    """Take the job that is due longest, unless somebody else was faster."""
    now = utcnow()
    row = await models.QueuedJob.get_pymongo_collection().find_one_and_update(
        {"due_at": {"$lte": now}},
        {"$set": {"due_at": now + lease}, "$inc": {"attempts": 1}},
        sort=[("due_at", 1), ("_id", 1)],
        return_document=ReturnDocument.AFTER,
    )
    return None if row is None else Taken(row["_id"], row["kind"], row["payload"], row["attempts"])


async def finish(job: Taken) -> None:
    """Do a job, and take it out of the queue unless somebody else has it by now."""
    await HANDLERS[job.kind](job.payload)
    await models.QueuedJob.get_pymongo_collection().delete_one(job.is_ours)


async def change(job: Taken, **values: object) -> bool:
    """Change a job, and tell whether it was still ours."""
    changed = await models.QueuedJob.get_pymongo_collection().update_one(job.is_ours, {"$set": values})
    return changed.matched_count > 0
