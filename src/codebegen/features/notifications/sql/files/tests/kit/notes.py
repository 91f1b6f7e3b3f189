"""What people were told."""

from collections.abc import Sequence
from typing import Any

from app.core.database import reading, transaction
from app.models import Base, Notification, Role, User
from app.services.job_worker import do_due
from tests.kit import database
from tests.kit.jobs import empty_queue

Way = Sequence[tuple[str, type[Base]]]
"""Keys from a row to an account, each with what it points to."""


async def told(event: str) -> list[Any]:
    """Deliver everything, and return the accounts that were told of an event."""
    await do_due()
    return sorted(row["user_id"] for row in await database.rows("notifications") if row["event"] == event)


async def note(user_id: Any, text: str = "Something happened", **values: Any) -> int:
    """Tell an account something, and return the id of the notification."""
    given = {"event": "test", "item_type": "things", "item_id": "1", "text": text} | values
    async with transaction() as session:
        row = Notification(user_id=User.id.type.python_type(user_id), **given)
        session.add(row)
        await session.commit()
    return row.id


async def change(model: type[Base], row_id: Any, values: dict[str, Any]) -> None:
    """Change a row as the application does, when nobody waits for anything else; no values delete it."""
    await empty_queue()
    async with transaction() as session:
        row: Any = await session.get_one(model, _key(model, "id", row_id))
        if values:
            row.change({name: _key(model, name, value) for name, value in values.items()})
        else:
            await session.delete(row)
        await session.commit()


async def at_the_end(model: type[Base], row_id: Any, way: Way) -> list[Any]:
    """Return the account that the keys of a row lead to, unless one of them is empty."""
    async with reading() as session:
        row: Any = await session.get_one(model, _key(model, "id", row_id))
        for attribute, target in way:
            key = getattr(row, attribute)
            if key is None:
                return []
            row = await session.get_one(target, key)
        return [row.id]


async def in_role(role: Role, *others: Any) -> list[Any]:
    """Return the accounts that have a role, without some."""
    rows = await database.rows("users")
    return sorted(row["id"] for row in rows if row["role"] == role and row["is_active"] and row["id"] not in others)


def _key(model: type[Base], attribute: str, value: Any) -> Any:
    """Return a key that came as JSON as its column has it; other values as they are."""
    column: Any = getattr(model, attribute)
    is_key = column.primary_key or column.property.columns[0].foreign_keys
    return column.type.python_type(value) if is_key and isinstance(value, str) else value
