"""Conditions on documents: filters of MongoDB, and filters by what is in other collections.

``{"order_id": {"$in": Among(models.Order, {"user_id": actor.id})}}`` is a condition on the order of a document.
What is among which is looked up just before the filter is used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.models import base

Filter = Mapping[str, Any]
Conditions = tuple[Filter, ...]

EVERYTHING: Filter = {}
"""Is met by every document."""
NOTHING: Filter = {"_id": {"$in": []}}
"""Is met by no document."""


@dataclass(frozen=True)
class Among:
    """The ids of documents that meet a filter, or another value of each."""

    model: type[base.Stored]
    filter: Filter = field(default_factory=dict)
    of: str = "_id"

    async def values(self) -> list[Any]:
        """Return them all."""
        return await self.model.get_pymongo_collection().distinct(self.of, await resolved(self.filter))


async def where(*conditions: Filter) -> dict[str, Any]:
    """Return one filter that is met where all conditions are."""
    parts = [await resolved(condition) for condition in conditions if condition]
    if len(parts) == 1:
        return parts[0]
    return {"$and": parts} if parts else {}


async def resolved(condition: Filter) -> dict[str, Any]:
    """Return a filter with everything looked up."""
    return {name: await _resolved(value) for name, value in condition.items()}


async def _resolved(value: object) -> object:
    """Return a part of a filter, looked up if it has to be."""
    if isinstance(value, Among):
        return await value.values()
    if isinstance(value, Mapping):
        return await resolved(value)
    if isinstance(value, list):
        return [await _resolved(item) for item in value]
    return value
