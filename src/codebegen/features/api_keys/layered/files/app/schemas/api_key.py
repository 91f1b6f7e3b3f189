"""Keys with which programs call."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app import models
from app.core import pagination, types
from app.schemas import base


class ApiKeyCreate(base.Input):
    """A new key."""

    name: Annotated[types.Text, Field(min_length=1, max_length=100)]
    scope: models.ApiKeyScope = models.ApiKeyScope.READ
    expires_at: types.DateTime | None = None


class ApiKeyRead(base.Output):
    """A key without what makes it one; `prefix` is how it begins."""

    id: int
    name: str
    prefix: str
    scope: models.ApiKeyScope
    created_at: datetime
    expires_at: datetime
    last_used_at: datetime | None


class ApiKeyMade(ApiKeyRead):
    """A new key; `key` is never shown again."""

    key: str


class ApiKeyPage(base.PageOutput):
    """One page of keys."""

    items: list[ApiKeyRead]


class ApiKeyQuery(pagination.ListQuery):
    """Query parameters of the list of keys."""

    sort: Annotated[
        str, Field(pattern=pagination.sort_pattern("id", "name", "created_at", "expires_at", "last_used_at"))
    ] = "id"
    scope: models.ApiKeyScope | None = None
