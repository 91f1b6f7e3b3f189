"""What is done again and again."""

from datetime import datetime

from pydantic import Field

from app.models import base


class JobSchedule(base.Stored):
    """When a schedule last put its job into the queue, and until when somebody is about to do it again."""

    id: str = Field(alias="_id")  # type: ignore[assignment]  # not the id that a MongoDB would give
    last_at: datetime
    until: datetime

    class Settings(base.Stored.Settings):
        """Looked up by the kind of the job alone."""

        name = "job_schedules"
