"""Endpoint for those who watch whether the application is well."""

import sqlalchemy as sa
from fastapi import APIRouter
from pydantic import BaseModel

from app.core.database import SessionDep

router = APIRouter(tags=["health"])


class Health(BaseModel):
    """The answer when all is well."""

    status: str


@router.get("/health")
async def health(session: SessionDep) -> Health:
    """Ask the database for a sign of life."""
    await session.execute(sa.text("SELECT 1"))
    return Health(status="ok")
