"""The providers that one's own account can be logged in to with; those of others are not there."""

import logging

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.auth import Caller
from app.core.database import insert_unless_exists
from app.core.errors import Conflict, Forbidden, NotFound, Unauthorized
from app.core.id_token import RefusedError
from app.core.pagination import Listing, Page
from app.core.types import utcnow
from app.schemas.oauth import OAuthIdentityCreate, OAuthIdentityQuery, OAuthIdentityRead
from app.services.oauth import check_login_is_new, has_password
from app.services.oauth_flow import OAuthFlows

logger = logging.getLogger("app.openid")

_NAMES = ("id", "issuer", "email", "created_at", "last_used_at")
_LISTING = Listing(
    sort={name: getattr(models.OAuthIdentity, name) for name in _NAMES},
    search=[models.OAuthIdentity.issuer, models.OAuthIdentity.email],
)


class OAuthIdentityService:
    """Shows, adds and removes ways to log in."""

    def __init__(self, session: AsyncSession) -> None:
        """Work in a session."""
        self.session = session

    async def page(self, actor: Caller, query: OAuthIdentityQuery) -> Page:
        """Return one page of the caller's."""
        mine = sa.select(models.OAuthIdentity).where(
            models.OAuthIdentity.user_id == actor.id, *_LISTING.where(query)
        )
        total = await self.session.scalar(sa.select(sa.func.count()).select_from(mine.subquery())) or 0
        rows = mine.order_by(*_LISTING.order_by(query.sort)).limit(query.limit).offset(query.offset)
        items = [OAuthIdentityRead.model_validate(row).model_dump() for row in await self.session.scalars(rows)]
        return Page(items, total, query.limit, query.offset)

    async def get(self, actor: Caller, identity_id: int) -> models.OAuthIdentity:
        """Return one of the caller's."""
        row = await self.session.get(models.OAuthIdentity, identity_id)
        if row is None or row.user_id != actor.id:
            raise NotFound
        return row

    async def create(self, actor: Caller, data: OAuthIdentityCreate) -> models.OAuthIdentity:
        """Add whom the provider knows; nobody can be two accounts."""
        try:
            known = await OAuthFlows(self.session).answered(data.provider, data, actor.id)
        except RefusedError as error:
            logger.warning("A login with a provider is not added: %s", error)
            raise Forbidden("This is the answer to no login that you have begun, or not any more.") from None
        await self._stay_logged_in(actor)
        table = models.OAuthIdentity
        values = {"issuer": known.issuer, "subject": known.subject}
        row = {"user_id": actor.id, "email": known.email, "created_at": utcnow(), **values}
        if not await insert_unless_exists(self.session, table, row):
            raise Conflict("This login belongs to an account already.")
        await self.session.commit()
        return (await self.session.scalars(sa.select(table).filter_by(**values))).one()

    async def remove(self, actor: Caller, identity_id: int) -> None:
        """Remove one, and end all other logins; there must be a way left to log in."""
        row = await self.get(actor, identity_id)
        await check_login_is_new(actor)
        owner = sa.select(models.User).where(models.User.id == actor.id).with_for_update()  # nobody counts meanwhile
        user = (await self.session.scalars(owner)).one()
        table = models.OAuthIdentity
        others = sa.select(table.id).where(table.user_id == actor.id, table.id != row.id).limit(1)
        if not has_password(user) and await self.session.scalar(others) is None:
            raise Conflict("This is the only way to log in: choose a password or add another login first.")
        await self.session.delete(row)
        await self.session.flush()  # no login is opened with it from here on
        login = models.AuthSession
        await self.session.execute(sa.delete(login).where(login.user_id == actor.id, login.id != actor.session_id))
        await self.session.commit()

    async def _stay_logged_in(self, actor: Caller) -> None:
        """Refuse a login that has ended while the provider was asked; from here on a new password waits."""
        owner = sa.select(models.User.id).where(models.User.id == actor.id).with_for_update(read=True)
        await self.session.execute(owner)
        if await self.session.get(models.AuthSession, actor.session_id) is None:
            raise Unauthorized("The login has ended.")
