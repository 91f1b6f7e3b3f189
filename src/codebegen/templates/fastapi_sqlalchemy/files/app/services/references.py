"""References to other things: what is missing or invisible to the caller can't be referred to."""

from collections.abc import Sequence
from typing import TypeVar

import sqlalchemy as sa

from app.core.errors import Invalid
from app.models import base
from app.repositories.base import Repository

Row = TypeVar("Row", bound=base.Entity)


async def require_reference(
    repository: type[Repository[Row]], row_id: int, field: str, *conditions: sa.ColumnElement[bool]
) -> None:
    """Refuse a reference to what is not there."""
    if not await repository.exists(row_id, *conditions):
        raise unknown_reference(field)


async def require_references(
    repository: Repository[Row], row_ids: Sequence[int], field: str, *conditions: sa.ColumnElement[bool]
) -> list[Row]:
    """Return what many references point to, or refuse the first that points to nothing."""
    if not row_ids:
        return []
    rows = await repository.get_all(row_ids, *conditions)
    found = {row.id for row in rows}
    for position, row_id in enumerate(row_ids):
        if row_id not in found:
            raise unknown_reference(field, position)
    return list(rows)


def unknown_reference(field: str, *position: int) -> Invalid:
    """Return the error for a reference to what is not there."""
    return Invalid("body", field, *position, message="There is nothing with this id.", kind="unknown_reference")
