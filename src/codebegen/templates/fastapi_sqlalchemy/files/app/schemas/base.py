"""Bases of bodies."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict


class Input(BaseModel):
    """Body of a request; what it does not know, it refuses."""

    model_config = ConfigDict(extra="forbid")


class Output(BaseModel):
    """Body of an answer."""

    model_config = ConfigDict(from_attributes=True)


class EntityOutput(Output):
    """Body of an answer that shows an entity."""

    id: int
    created_at: datetime
    updated_at: datetime


class PageOutput(Output):
    """One page of a list; ``total`` counts all pages."""

    total: int
    limit: int
    offset: int
