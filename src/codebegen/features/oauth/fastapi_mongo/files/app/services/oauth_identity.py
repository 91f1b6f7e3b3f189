"""The providers that one's own account can be logged in to with; those of others are not there."""

import logging

from beanie import PydanticObjectId

from app import models
from app.core.auth import Caller
from app.core.errors import Conflict, Forbidden, NotFound, Unauthorized
from app.core.filters import where
from app.core.id_token import RefusedError
from app.core.locks import Locks
from app.core.pagination import Listing, Page
from app.repositories.stages import NAMED
from app.repositories.user import UserRepository
from app.schemas.oauth import OAuthIdentityCreate, OAuthIdentityQuery, OAuthIdentityRead
from app.services import oauth_flow
from app.services.oauth import add_identity, check_login_is_new, has_password

logger = logging.getLogger("app.openid")

_NAMES = ("issuer", "email", "created_at", "last_used_at")
_LISTING = Listing(sort={"id": "_id", **{name: name for name in _NAMES}}, search=["issuer", "email"])


class OAuthIdentityService:
    """Shows, adds and removes ways to log in."""

    async def page(self, actor: Caller, query: OAuthIdentityQuery) -> Page:
        """Return one page of the caller's."""
        mine = await where({"user_id": actor.id}, *_LISTING.where(query))
        cut = [{"$sort": _LISTING.order_by(query.sort)}, {"$skip": query.offset}, {"$limit": query.limit}, NAMED]
        stages = [{"$match": mine}, {"$facet": {"items": cut, "total": [{"$count": "rows"}]}}]
        [page] = await (await models.OAuthIdentity.get_pymongo_collection().aggregate(stages)).to_list()
        total = page["total"][0]["rows"] if page["total"] else 0
        items = [OAuthIdentityRead.model_validate(row).model_dump() for row in page["items"]]
        return Page(items, total, query.limit, query.offset)

    async def get(self, actor: Caller, identity_id: PydanticObjectId) -> models.OAuthIdentity:
        """Return one of the caller's."""
        row = await models.OAuthIdentity.find_one({"_id": identity_id, "user_id": actor.id})
        if row is None:
            raise NotFound
        return row

    async def create(self, actor: Caller, data: OAuthIdentityCreate) -> models.OAuthIdentity:
        """Add whom the provider knows; nobody can be two accounts."""
        user = await UserRepository.get(actor.id)
        try:
            known = await oauth_flow.answered(data.provider, data, actor.id)
        except RefusedError as error:
            logger.warning("A login with a provider is not added: %s", error)
            raise Forbidden("This is the answer to no login that you have begun, or not any more.") from None
        if user is None or not await add_identity(known, actor.id):
            raise Conflict("This login belongs to an account already.")
        own = {"issuer": known.issuer, "subject": known.subject, "user_id": actor.id}
        if not await self._is_still_logged_in(actor, user):
            await models.OAuthIdentity.get_pymongo_collection().delete_one(own)
            raise Unauthorized("The login has ended.")
        row = await models.OAuthIdentity.find_one(own)
        if row is None:
            raise Conflict("Somebody else has removed this at the same time.")
        return row

    async def remove(self, actor: Caller, identity_id: PydanticObjectId) -> None:
        """Remove one, and end all other logins; there must be a way left to log in."""
        row = await self.get(actor, identity_id)
        await check_login_is_new(actor)
        table = models.OAuthIdentity.get_pymongo_collection()
        async with Locks() as locks:
            await locks.hold("oauth_identities", actor.id)  # nobody counts meanwhile
            user = await UserRepository.get(actor.id)
            others = {"user_id": actor.id, "_id": {"$ne": row.id}}
            if user is None or (not has_password(user) and await table.count_documents(others) == 0):
                raise Conflict("This is the only way to log in: choose a password or add another login first.")
            await table.delete_one({"_id": row.id})  # no login is opened with it from here on
        logins = {"user_id": actor.id, "_id": {"$ne": actor.session_id}}
        await models.AuthSession.get_pymongo_collection().delete_many(logins)

    async def _is_still_logged_in(self, actor: Caller, user: models.User) -> bool:
        """Tell whether a login has not ended, nor the password changed, while the provider was asked."""
        same = await UserRepository.exists(actor.id, {"password_hash": user.password_hash})
        return same and await models.AuthSession.get(actor.session_id) is not None
