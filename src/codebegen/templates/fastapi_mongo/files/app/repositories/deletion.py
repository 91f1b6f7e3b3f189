"""Deletes a document with all that goes along.

Everything that refuses is asked before anything is deleted, and the document itself is deleted last: whatever
interrupts the work, it can be done again.
"""

from collections.abc import Mapping
from typing import Any

from app.core.errors import Conflict
from app.models import base
from app.models.references import REFERENCES, Rule

Doomed = dict[type[base.Stored], list[Any]]


async def delete(row: base.Entity) -> None:
    """Delete a document and what is a part of it, unless something else refers to them."""
    doomed = await _with_parts(row)
    await _require_free(doomed)
    await _take_along(doomed)
    own = {"_id": row.id, "row_version": row.row_version}
    if (await type(row).get_pymongo_collection().delete_one(own)).deleted_count == 0:
        raise Conflict("Somebody else has changed this at the same time.")


async def _with_parts(row: base.Entity) -> Doomed:
    """Return the ids of everything that is deleted, by its collection, what is a part of something after it."""
    doomed: Doomed = {type(row): [row.id]}
    found: Doomed = doomed
    while found:
        parts: Doomed = {}
        for reference in REFERENCES:
            if reference.rule is Rule.CASCADE and reference.target in found:
                known = doomed.get(reference.source, [])
                pointing = {reference.key: {"$in": found[reference.target]}, "_id": {"$nin": known}}
                ids = await reference.source.get_pymongo_collection().distinct("_id", pointing)
                if ids:
                    parts.setdefault(reference.source, []).extend(ids)
        for model, ids in parts.items():
            doomed.setdefault(model, []).extend(ids)
        found = parts
    return doomed


async def _require_free(doomed: Doomed) -> None:
    """Refuse where something that stays refers to something that goes."""
    for reference in REFERENCES:
        if reference.rule is Rule.RESTRICT and reference.target in doomed:
            stays = {"_id": {"$nin": doomed.get(reference.source, [])}}
            pointing = {reference.key: {"$in": doomed[reference.target]}, **stays}
            if await reference.source.get_pymongo_collection().find_one(pointing, {"_id": 1}):
                raise Conflict("Something else refers to this, or what this refers to is gone.")


async def _take_along(doomed: Doomed) -> None:
    """Clear what refers to something that goes, and delete all but the document itself."""
    for reference in REFERENCES:
        ids = doomed.get(reference.target)
        if ids is None or reference.rule in {Rule.CASCADE, Rule.RESTRICT}:
            continue
        change: Mapping[str, Any] = {"$set": {reference.key: None}, "$inc": {"row_version": 1}}
        if reference.rule is Rule.PULL:
            change = {"$pull": {reference.key: {"$in": ids}}, "$inc": {"row_version": 1}}
        await reference.source.get_pymongo_collection().update_many({reference.key: {"$in": ids}}, change)
    first, *parts = doomed.items()
    for model, ids in reversed([(first[0], first[1][1:]), *parts]):
        if ids:
            await model.get_pymongo_collection().delete_many({"_id": {"$in": ids}})
