"""What people can do with their API keys."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.api_keys import SHOWN, digest, new_key
from app.core.auth import Caller
from app.core.config import get_settings
from app.core.errors import Conflict, Invalid, NotFound
from app.core.pagination import Listing, Page
from app.core.types import utcnow
from app.schemas.api_key import ApiKeyCreate, ApiKeyMade, ApiKeyQuery, ApiKeyRead

MAX_KEYS = 50
"""Of one account; who needs more has lost sight of them."""
_NAMES = ("id", "name", "created_at", "expires_at", "last_used_at")
_LISTING = Listing(
    sort={name: getattr(models.ApiKey, name) for name in _NAMES},
    search=[models.ApiKey.name],
    equal={"scope": models.ApiKey.scope},
)


class ApiKeyService:
    """Makes, shows and revokes keys of one's own; those of others are not there."""

    def __init__(self, session: AsyncSession) -> None:
        """Work in a session."""
        self.session = session

    async def page(self, actor: Caller, query: ApiKeyQuery) -> Page:
        """Return one page of the caller's keys."""
        mine = sa.select(models.ApiKey).where(models.ApiKey.user_id == actor.id, *_LISTING.where(query))
        total = await self.session.scalar(sa.select(sa.func.count()).select_from(mine.subquery())) or 0
        rows = mine.order_by(*_LISTING.order_by(query.sort)).limit(query.limit).offset(query.offset)
        items = [ApiKeyRead.model_validate(row).model_dump() for row in await self.session.scalars(rows)]
        return Page(items, total, query.limit, query.offset)

    async def get(self, actor: Caller, key_id: int) -> models.ApiKey:
        """Return one of the caller's keys."""
        row = await self.session.get(models.ApiKey, key_id)
        if row is None or row.user_id != actor.id:
            raise NotFound
        return row

    async def create(self, actor: Caller, data: ApiKeyCreate) -> ApiKeyMade:
        """Make a key, and return it with what is not kept of it."""
        settings, now, key = get_settings(), utcnow(), new_key()
        expires_at = data.expires_at or now + timedelta(days=min(settings.api_key_days, settings.api_key_max_days))
        if not now < expires_at <= now + timedelta(days=settings.api_key_max_days):
            limit = f"A key ends within {settings.api_key_max_days} days from now."
            raise Invalid("body", "expires_at", message=limit)
        owner = sa.select(models.User.id).where(models.User.id == actor.id).with_for_update()
        await self.session.execute(owner)  # nobody counts at the same time
        count = sa.select(sa.func.count()).select_from(models.ApiKey).where(models.ApiKey.user_id == actor.id)
        if (await self.session.scalar(count) or 0) >= MAX_KEYS:
            raise Conflict(f"An account has at most {MAX_KEYS} API keys.")
        row = models.ApiKey(
            user_id=actor.id,
            name=data.name,
            prefix=key[:SHOWN],
            digest=digest(key),
            scope=data.scope,
            expires_at=expires_at,
        )
        self.session.add(row)
        await self.session.commit()
        return ApiKeyMade(**ApiKeyRead.model_validate(row).model_dump(), key=key)

    async def revoke(self, actor: Caller, key_id: int) -> None:
        """Revoke a key."""
        await self.session.delete(await self.get(actor, key_id))
        await self.session.commit()
