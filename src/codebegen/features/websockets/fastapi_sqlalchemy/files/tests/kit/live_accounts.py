"""Accounts as something that is told of: by administrators all, by others one's own."""

from typing import Any

import pytest
import sqlalchemy as sa

from app import models
from app.core.auth import Caller
from app.core.database import fetch
from app.core.errors import NotFound
from app.core.pagination import Conditions, Shown
from app.schemas import base
from app.services import item_events, live_items
from app.services.happenings import Created, Deleted, Happening, Updated
from app.services.item_events import Watched
from app.services.live_items import Collection

EVENTS: dict[str, Happening] = {"user.created": Created(), "user.updated": Updated(), "user.deleted": Deleted()}


class ShownAccount(base.EntityOutput):
    """What is told of an account."""

    email: str


def visible(caller: Caller) -> Conditions:
    """Limit what a caller may see."""
    return () if caller.is_admin else (models.User.id == caller.id,)


async def read(caller: Caller, user_id: Any) -> Shown:
    """Return an account that the caller may see."""
    table = models.User
    shown = sa.select(table.id, table.created_at, table.updated_at, table.email)
    for row in await fetch(shown.where(table.id == user_id, *visible(caller))):
        return row._asdict()
    raise NotFound


def tell_of_accounts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let what happens to accounts be told."""
    accounts = Collection(models.User, ShownAccount, read, visible, ())
    monkeypatch.setattr(item_events, "WATCHED", {models.User: Watched(ShownAccount, EVENTS)})
    monkeypatch.setattr(live_items, "_NAMES", {models.User: "users"})
    monkeypatch.setitem(live_items.COLLECTIONS, "users", accounts)
