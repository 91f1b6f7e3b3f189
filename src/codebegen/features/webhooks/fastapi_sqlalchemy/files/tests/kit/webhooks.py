"""Addresses that webhooks go to, and events of accounts."""

import asyncio
from typing import Any

import pytest

from app import models
from app.core.config import get_settings
from app.schemas import base
from app.services import item_events
from app.services.happenings import Becomes, Created, Happening, Updated
from app.services.item_events import Watched
from app.services.job_worker import do_due
from tests.kit.callers import Item
from tests.kit.people import People

ENDPOINTS = "/webhook-endpoints"
DELIVERIES = "/webhook-deliveries"
ANYWHERE = "https://hooks.example.com/shop"
ACCOUNT_EVENTS: dict[str, Happening] = {
    "user.created": Created(),
    "user.updated": Updated(),
    "user.ended": Becomes("is_active", value=False),
}


class ShownAccount(base.EntityOutput):
    """What is told of an account in tests; ``unknown`` is no column of it."""

    email: str
    unknown: str


def prepare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let accounts cause events, and let webhooks go to this machine."""
    monkeypatch.setattr(item_events, "WATCHED", {models.User: Watched(ShownAccount, ACCOUNT_EVENTS)})
    monkeypatch.setattr(get_settings(), "webhook_private_addresses", True)


async def endpoint_of(people: People, url: str, **values: Any) -> Item:
    """Register an address."""
    return await people.admin.create(ENDPOINTS, {"url": url} | values)


async def ping(people: People, endpoint: Item) -> Item:
    """Have something sent, and return the delivery after the first attempt."""
    made: Item = (await people.admin.post(f"{ENDPOINTS}/{endpoint['id']}/ping")).json()
    await do_due()
    return await people.admin.read(f"{DELIVERIES}/{made['id']}")


def stand_for(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> list[str]:
    """Let every name stand for some addresses, and return which names were looked up."""
    asked: list[str] = []

    async def look_up(host: str, port: int, **_options: object) -> list[Any]:
        asked.append(host)
        return [(None, None, None, "", (address, port)) for address in addresses]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", look_up)
    return asked
