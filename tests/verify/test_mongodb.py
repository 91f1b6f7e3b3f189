"""The stand-in for a MongoDB: the real driver, over a real connection, gets what a MongoDB would answer."""

import asyncio
from collections.abc import Awaitable, Callable
from decimal import Decimal
from typing import Any

import pytest
from bson import Decimal128
from pymongo import AsyncMongoClient, ReturnDocument
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.errors import DuplicateKeyError, OperationFailure

from codebegen.verify.drivers.mongodb import listening, run_beside
from codebegen.verify.drivers.mongodb_commands import Engine

Rows = AsyncCollection[dict[str, Any]]
Work = Callable[[Rows], Awaitable[None]]


def on_collection(work: Work) -> None:
    """Do something with an empty collection of a server of its own."""

    async def run() -> None:
        server, address = await listening(Engine())
        async with server, AsyncMongoClient[dict[str, Any]](address) as client:
            await work(client["app"]["rows"])

    asyncio.run(run())


async def ids(rows: Rows, query: dict[str, Any]) -> list[int]:
    """The ids of what meets a query."""
    return [row["_id"] async for row in rows.find(query)]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, [1, 2, 3]),
        ({"name": "a"}, [1]),
        ({"name": None}, [3]),
        ({"name": {"$ne": "a"}}, [2, 3]),
        ({"name": {"$exists": False}}, [3]),
        ({"name": {"$type": "string"}}, [1, 2]),
        ({"name": {"$regex": "^B", "$options": "i"}}, [2]),
        ({"price": {"$gt": 1}}, [1, 2]),
        ({"price": {"$gte": Decimal128("1.50"), "$lt": Decimal128("2.5")}}, [1]),
        ({"price": {"$gt": "1"}}, []),
        ({"tags": "x"}, [1, 2]),
        ({"tags": {"$in": ["y", "z"]}}, [1]),
        ({"tags": {"$nin": ["y"]}}, [2, 3]),
        ({"at.x": 2}, [2]),
        ({"$or": [{"name": "a"}, {"at.x": 2}]}, [1, 2]),
        ({"$nor": [{"name": "a"}]}, [2, 3]),
        ({"$expr": {"$gt": [{"$multiply": ["$price", 2]}, "$at.x"]}, "price": {"$ne": None}, "at": {"$ne": None}}, [2]),
        ({"$and": [{"tags": "x"}, {"name": {"$not": {"$eq": "a"}}}]}, [2]),
    ],
)
def test_queries(query: dict[str, Any], found: list[int]) -> None:
    async def work(rows: Rows) -> None:
        first = {"_id": 1, "name": "a", "price": Decimal128("1.50"), "tags": ["x", "y"]}
        await rows.insert_many([first, {"_id": 2, "name": "b", "price": 3, "tags": ["x"], "at": {"x": 2}}, {"_id": 3}])
        assert await ids(rows, query) == found

    on_collection(work)


def test_updates_are_atomic_and_conditional() -> None:
    async def work(rows: Rows) -> None:
        await rows.insert_one({"_id": 1, "version": 1, "tags": ["a"]})
        change = {"$set": {"at.x": 1}, "$inc": {"version": 1}, "$addToSet": {"tags": {"$each": ["a", "b"]}}}
        after = ReturnDocument.AFTER
        expected = {"_id": 1, "version": 2, "tags": ["a", "b"], "at": {"x": 1}}
        assert await rows.find_one_and_update({"_id": 1, "version": 1}, change, return_document=after) == expected
        assert await rows.find_one_and_update({"_id": 1, "version": 1}, change) is None
        assert (await rows.update_many({}, {"$pull": {"tags": "a"}, "$unset": {"at": ""}})).modified_count == 1
        assert await rows.find_one() == {"_id": 1, "version": 2, "tags": ["b"]}
        made = await rows.update_one({"_id": 2}, {"$setOnInsert": {"n": 0}, "$inc": {"m": 1}}, upsert=True)
        assert made.upserted_id == 2
        assert await rows.find_one({"_id": 2}) == {"_id": 2, "n": 0, "m": 1}
        assert await rows.find_one_and_delete({"_id": 2}) is not None
        assert (await rows.delete_many({})).deleted_count == 1

    on_collection(work)


def test_unique_indexes_hold_for_what_they_cover() -> None:
    async def work(rows: Rows) -> None:
        await rows.create_index(
            "slug", unique=True, partialFilterExpression={"gone": None, "slug": {"$type": "string"}}
        )
        await rows.insert_many([{"slug": None}, {"slug": None}, {"slug": "a"}, {"slug": "a", "gone": True}])
        with pytest.raises(DuplicateKeyError):
            await rows.insert_one({"slug": "a"})
        with pytest.raises(DuplicateKeyError):
            await rows.update_one({"gone": True}, {"$unset": {"gone": ""}})
        assert await rows.count_documents({}) == 4

    on_collection(work)


def test_aggregations() -> None:
    async def work(rows: Rows) -> None:
        await rows.insert_many([{"_id": n, "price": Decimal128(f"{n}.10"), "of": n // 2} for n in range(4)])
        totals = {"n": {"$size": "$parts"}, "sum": {"$sum": "$parts.price"}, "most": {"$max": "$parts.price"}}
        parts = {"from": "rows", "localField": "_id", "foreignField": "of", "as": "parts"}
        stages: list[dict[str, Any]] = [
            {"$lookup": parts},
            {"$set": totals},
            {"$unset": "parts"},
            {"$sort": {"n": -1, "_id": -1}},
        ]
        found = [row async for row in await rows.aggregate([*stages, {"$skip": 1}, {"$limit": 1}])]
        of_both = {"n": 2, "sum": Decimal128(Decimal("1.20")), "most": Decimal128("1.10")}
        assert found == [{"_id": 0, "price": Decimal128("0.10"), "of": 0, **of_both}]
        facets = {"rows": [{"$limit": 1}, {"$project": {"of": 1}}], "total": [{"$count": "n"}]}
        assert [row async for row in await rows.aggregate([{"$facet": facets}])] == [
            {"rows": [{"_id": 0, "of": 0}], "total": [{"n": 4}]}
        ]

    on_collection(work)


def test_many_rows_come_in_batches() -> None:
    async def work(rows: Rows) -> None:
        await rows.insert_many([{"_id": n} for n in range(250)])
        assert await ids(rows, {}) == list(range(250))
        assert len([row async for row in rows.find(batch_size=7)]) == 250

    on_collection(work)


@pytest.mark.parametrize("query", [{"$where": "1"}, {"a": {"$near": 1}}])
def test_what_it_does_not_know_it_refuses(query: dict[str, Any]) -> None:
    async def work(rows: Rows) -> None:
        await rows.insert_one({"a": 1})
        with pytest.raises(OperationFailure, match="stand-in does not know"):
            await rows.find_one(query)

    on_collection(work)


def test_it_runs_a_command_beside_itself() -> None:
    code = "import os, sys; sys.exit(os.environ['TEST_DATABASE_URL'].startswith('mongodb://127.0.0.1:') * 7)"
    assert asyncio.run(run_beside(["python", "-c", code])) == 7
