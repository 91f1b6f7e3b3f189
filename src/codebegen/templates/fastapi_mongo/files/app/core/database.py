"""The client of the database, and how values are kept in documents.

Amounts are kept as decimals of 128 bits; dates and times of day as texts that sort as they should.
"""

from datetime import date, time
from decimal import Decimal
from typing import Any

from bson import Decimal128
from bson.codec_options import TypeCodec, TypeEncoder, TypeRegistry
from beanie import init_beanie
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase

from app import models
from app.core.config import get_settings

TIMEOUT = 5_000  # milliseconds until a request is told that the database is away
_clients: list[AsyncMongoClient[dict[str, Any]]] = []


class DecimalCodec(TypeCodec):
    """Keeps amounts exactly."""

    python_type = Decimal
    bson_type = Decimal128

    def transform_python(self, value: Decimal) -> Decimal128:
        """Return what is kept."""
        return Decimal128(value)

    def transform_bson(self, value: Decimal128) -> Decimal:
        """Return what was kept."""
        return value.to_decimal()


class DateEncoder(TypeEncoder):
    """Keeps dates as texts."""

    python_type = date

    def transform_python(self, value: date) -> str:
        """Return what is kept."""
        return value.isoformat()


class TimeEncoder(TypeEncoder):
    """Keeps times of day as texts."""

    python_type = time

    def transform_python(self, value: time) -> str:
        """Return what is kept."""
        return value.isoformat()


def _client() -> AsyncMongoClient[dict[str, Any]]:
    """Return a client that reads and writes values as this application keeps them."""
    settings = get_settings()
    return AsyncMongoClient(
        settings.database_url,
        maxPoolSize=settings.database_pool_size,
        serverSelectionTimeoutMS=TIMEOUT,
        tz_aware=True,
        type_registry=TypeRegistry([DecimalCodec(), DateEncoder(), TimeEncoder()]),
        uuidRepresentation="standard",
    )


def database() -> AsyncDatabase[dict[str, Any]]:
    """Return the database that the settings name."""
    return _clients[-1].get_default_database()


async def open_client() -> None:
    """Make the documents known to the database; nothing is created."""
    _clients.append(_client())
    await init_beanie(database(), document_models=models.DOCUMENTS, skip_indexes=True)


async def close_client() -> None:
    """Let go of all connections."""
    await _clients.pop().close()


async def ping() -> None:
    """Ask the database whether it is there."""
    await database().command("ping")
