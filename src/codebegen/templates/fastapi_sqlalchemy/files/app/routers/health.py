"""Endpoint for those who watch whether the application is well."""

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import BaseModel

from app.core.database import SessionDep
from app.core.errors import problems

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The answer when all is well."""

    status: str


@router.get("/health", responses=problems(503))
async def health(session: SessionDep) -> Health:
    """Tell whether requests can be served: 503 while the database does not answer."""
    await session.execute(sa.text("SELECT 1"))
    return Health(status="ok")
