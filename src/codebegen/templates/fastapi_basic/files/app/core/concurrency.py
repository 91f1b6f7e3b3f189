"""ETags: nobody overwrites what they have not seen."""

import re
from typing import Annotated

from fastapi import Header

from app.core.errors import PreconditionFailed
from app.core.pagination import Shown
from app.core.tables import Entity

IfMatch = Annotated[
    str | None,
    Header(alias="If-Match", max_length=1000, include_in_schema=False),
]


def etag(row: Entity | Shown) -> str:
    """Return the ETag of the present version of a row."""
    return f'"{row["row_version"] if isinstance(row, dict) else row.row_version}"'


def check_precondition(if_match: str | None, row: Entity) -> None:
    """Refuse a change to a version that the client has not seen."""
    if if_match is None or if_match.strip() == "*":
        return
    if etag(row) not in re.findall(r'(?:W/)?"[^"]*"', if_match):
        raise PreconditionFailed("It has changed since you read it.")
