"""What people were told."""

import secrets
from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from app.models import Entity, Notification, Role
from app.repositories.base import Repository
from app.services.job_worker import do_due
from tests.kit import database
from tests.kit.jobs import empty_queue

Way = Sequence[tuple[str, type[Entity]]]
"""Keys from a row to an account, each with what it points to."""


async def told(event: str) -> list[Any]:
    """Deliver everything, and return the accounts that were told of an event."""
    await do_due()
    return sorted(row["user_id"] for row in await database.rows("notifications") if row["event"] == event)


async def note(user_id: Any, text: str = "Something happened", **values: Any) -> str:
    """Tell an account something, and return the id of the notification."""
    given = {"event": "test", "item_type": "things", "item_id": "1", "text": text} | values
    made = Notification(of=secrets.token_hex(16), user_id=user_id, **given)
    await made.insert()
    return str(made.id)


async def change(model: type[Entity], row_id: Any, values: dict[str, Any]) -> None:
    """Change a document as the application does, when nobody waits for anything else; no values delete it."""
    await empty_queue()
    rows: Any = type("Rows", (Repository,), {"model": model})
    row = await _found(model, row_id)
    if values:
        row.change({name: _as_kept(model, name, value) for name, value in values.items()})
        await rows.save(row)
    else:
        await rows.remove(row)


async def at_the_end(model: type[Entity], row_id: Any, way: Way) -> list[Any]:
    """Return the account that the keys of a document lead to, unless one of them is empty."""
    row = await _found(model, row_id)
    for attribute, target in way:
        key = getattr(row, attribute)
        if key is None:
            return []
        row = await _found(target, key)
    return [row.id]


async def in_role(role: Role, *others: Any) -> list[Any]:
    """Return the accounts that have a role, without some."""
    rows = await database.rows("users")
    return sorted(row["id"] for row in rows if row["role"] == role and row["is_active"] and row["id"] not in others)


async def _found(model: type[Entity], row_id: Any) -> Any:
    """Return a document that is there."""
    row = await model.get(_as_kept(model, "id", row_id))
    assert row is not None
    return row


def _as_kept(model: type[Entity], attribute: str, value: Any) -> Any:
    """Return a value that came as JSON as the document has it."""
    return TypeAdapter[Any](model.model_fields[attribute].annotation).validate_python(value)
