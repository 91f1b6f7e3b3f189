"""The database of the tests: its indexes made once, emptied for every test, and moved in time."""

from typing import Any

from app.core import database
from app.core.startup import create_indexes
from app.models import DOCUMENTS
from app.repositories.stages import NAMED

_kept: dict[str, list[Any]] = {}


async def create() -> None:
    """Make an empty database with the indexes, as in production."""
    await database.open_client()
    await database.database().client.drop_database(database.database().name)
    await create_indexes()
    await database.close_client()


async def remember() -> None:
    """Note which documents stay: all that are there now."""
    for model in DOCUMENTS:
        collection = model.get_pymongo_collection()
        _kept[collection.name] = await collection.distinct("_id")


async def clear() -> None:
    """Delete every other document."""
    for model in DOCUMENTS:
        collection = model.get_pymongo_collection()
        await collection.delete_many({"_id": {"$nin": _kept[collection.name]}})


async def change(collection: str, row_id: str, **values: object) -> None:
    """Change a document behind the application's back, as time does."""
    rows = database.database()[collection]
    key = next(key for key in await rows.distinct("_id") if str(key) == row_id)
    await rows.update_one({"_id": key}, {"$set": values})


async def rows(collection: str) -> list[dict[str, Any]]:
    """Return every document of a collection."""
    return await (await database.database()[collection].aggregate([NAMED])).to_list()


async def change_all(collection: str, **values: object) -> None:
    """Change every document of a collection."""
    await database.database()[collection].update_many({}, {"$set": values})
