"""Endpoint for those who watch whether the application is well."""

from fastapi import APIRouter
from pydantic import BaseModel

from app.core.database import ping
from app.core.errors import problems

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The answer when all is well."""

    status: str


@router.get("/health", responses=problems(503))
async def health() -> Health:
    """Tell whether requests can be served: 503 while the database does not answer."""
    await ping()
    return Health(status="ok")
