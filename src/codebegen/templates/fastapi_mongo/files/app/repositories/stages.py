"""Stages of aggregations that add to documents what is shown of others."""

from collections.abc import Mapping
from typing import Any

Stage = Mapping[str, Any]
NAMED: Stage = {"$set": {"id": "$_id"}}
"""Documents are shown with their ids by the name that clients know."""


def set_of(key: str, collection: str, shown: str) -> Stage:
    """Add the documents whose ids an attribute holds."""
    ordered = [{"$sort": {"_id": 1}}, NAMED]
    found = {"from": collection, "localField": key, "foreignField": "_id", "pipeline": ordered, "as": shown}
    return {"$lookup": found}


def total_of(shown: str, collection: str, key: str, total: Stage, *, living: bool = False) -> tuple[Stage, ...]:
    """Add a total over the documents that refer to one; where there are none, a sum is zero."""
    empty = 0 if "$sum" in total else None
    kept = [{"$match": {"deleted_at": None}}] if living else []
    counted = [*kept, {"$group": {"_id": None, "value": total}}]
    found = {"from": collection, "localField": "_id", "foreignField": key, "pipeline": counted, "as": shown}
    return {"$lookup": found}, {"$set": {shown: {"$ifNull": [{"$first": f"${shown}.value"}, empty]}}}
