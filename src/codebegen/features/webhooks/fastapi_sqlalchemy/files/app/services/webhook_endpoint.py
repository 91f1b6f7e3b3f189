"""What administrators can do with the addresses that webhooks go to."""

from datetime import timedelta
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.config import get_settings
from app.core.errors import Conflict, Invalid, NotFound
from app.core.outgoing import is_public
from app.core.pagination import Listing, Page
from app.core.types import utcnow
from app.core.webhook_signature import new_secret
from app.schemas.webhook_endpoint import (
    WebhookEndpointCreate,
    WebhookEndpointMade,
    WebhookEndpointQuery,
    WebhookEndpointRead,
    WebhookEndpointUpdate,
)
from app.services.webhook_outbox import PING, add_delivery, message

MAX_ENDPOINTS = 50
"""Each event may become so many requests."""
OVERLAP = timedelta(days=1)
"""How long the secret before the last one still signs."""
_NAMES = ("id", "url", "is_active", "failures", "created_at", "updated_at")
_LISTING = Listing(
    sort={name: getattr(models.WebhookEndpoint, name) for name in _NAMES},
    search=[models.WebhookEndpoint.url, models.WebhookEndpoint.description],
    equal={"is_active": models.WebhookEndpoint.is_active},
)


class WebhookEndpointService:
    """Registers, shows and changes addresses."""

    def __init__(self, session: AsyncSession) -> None:
        """Work in a session."""
        self.session = session

    async def page(self, query: WebhookEndpointQuery) -> Page:
        """Return one page of the addresses."""
        chosen = sa.select(models.WebhookEndpoint).where(*_LISTING.where(query))
        total = await self.session.scalar(sa.select(sa.func.count()).select_from(chosen.subquery())) or 0
        rows = chosen.order_by(*_LISTING.order_by(query.sort)).limit(query.limit).offset(query.offset)
        items = [WebhookEndpointRead.model_validate(row).model_dump() for row in await self.session.scalars(rows)]
        return Page(items, total, query.limit, query.offset)

    async def get(self, endpoint_id: int) -> models.WebhookEndpoint:
        """Return one address."""
        row = await self.session.get(models.WebhookEndpoint, endpoint_id)
        if row is None:
            raise NotFound
        return row

    async def create(self, data: WebhookEndpointCreate) -> WebhookEndpointMade:
        """Register an address, and return it with its secret."""
        _check(data.url)
        count = sa.select(sa.func.count()).select_from(models.WebhookEndpoint)
        if (await self.session.scalar(count) or 0) >= MAX_ENDPOINTS:
            raise Conflict(f"There are at most {MAX_ENDPOINTS} webhook endpoints.")
        row = models.WebhookEndpoint(**data.model_dump(), secret=new_secret())
        self.session.add(row)
        await self.session.commit()
        return _made(row)

    async def update(self, endpoint_id: int, data: WebhookEndpointUpdate) -> models.WebhookEndpoint:
        """Change an address; one that is switched on again begins without failures."""
        row = await self.get(endpoint_id)
        changes: dict[str, Any] = data.model_dump()
        _check(changes.get("url", row.url))
        if changes.get("is_active"):
            changes["failures"] = 0
        for name, value in changes.items():
            setattr(row, name, value)
        await self.session.commit()
        return row

    async def renew_secret(self, endpoint_id: int) -> WebhookEndpointMade:
        """Give an address a new secret; until its owner uses it, the old one signs as well."""
        row = await self.get(endpoint_id)
        row.old_secret, row.old_secret_until = row.secret, utcnow() + OVERLAP
        row.secret = new_secret()
        await self.session.commit()
        return _made(row)

    async def ping(self, endpoint_id: int) -> models.WebhookDelivery:
        """Have something sent to an address that means nothing."""
        row = await self.get(endpoint_id)
        if not row.is_active:
            raise Conflict("The webhook endpoint is switched off.")
        delivery = await add_delivery(self.session, row, message(PING, {"endpoint_id": row.id}))
        await self.session.commit()
        return delivery

    async def delete(self, endpoint_id: int) -> None:
        """Forget an address, with all that was sent to it."""
        await self.session.delete(await self.get(endpoint_id))
        await self.session.commit()


def _made(row: models.WebhookEndpoint) -> WebhookEndpointMade:
    """Return an address with its secret."""
    return WebhookEndpointMade(**WebhookEndpointRead.model_validate(row).model_dump(), secret=row.secret)


def _check(url: str) -> None:
    """Refuse at once what would be refused later; what names stand for is found out when something is sent."""
    if get_settings().webhook_private_addresses:
        return
    parts = urlsplit(url)
    if parts.scheme != "https":
        raise Invalid("body", "url", message="Webhooks go to addresses that begin with https://.", kind="rule")
    if not _may_be_public(parts.hostname or ""):
        raise Invalid("body", "url", message="Webhooks do not go into private networks.", kind="rule")


def _may_be_public(host: str) -> bool:
    """Tell whether a host is not an address of this machine or its networks."""
    try:
        ip_address(host)
    except ValueError:
        return host.rpartition(".")[2].lower() != "localhost"
    return is_public(host)
