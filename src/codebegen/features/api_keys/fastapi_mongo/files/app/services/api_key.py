"""What people can do with their API keys."""

from beanie import PydanticObjectId

from app import models
from app.core.api_keys import SHOWN, digest, end_of, new_key
from app.core.auth import Caller
from app.core.errors import Conflict, NotFound
from app.core.filters import where
from app.core.locks import Locks
from app.core.pagination import Listing, Page
from app.repositories.stages import NAMED
from app.schemas.api_key import ApiKeyCreate, ApiKeyMade, ApiKeyQuery, ApiKeyRead

MAX_KEYS = 50
"""Of one account; who needs more has lost sight of them."""
_NAMES = ("name", "created_at", "expires_at", "last_used_at")
_LISTING = Listing(
    sort={"id": "_id", **{name: name for name in _NAMES}},
    search=["name"],
    equal={"scope": "scope"},
)


class ApiKeyService:
    """Makes, shows and revokes keys of one's own; those of others are not there."""

    async def page(self, actor: Caller, query: ApiKeyQuery) -> Page:
        """Return one page of the caller's keys."""
        mine = await where({"user_id": actor.id}, *_LISTING.where(query))
        cut = [{"$sort": _LISTING.order_by(query.sort)}, {"$skip": query.offset}, {"$limit": query.limit}, NAMED]
        stages = [{"$match": mine}, {"$facet": {"items": cut, "total": [{"$count": "rows"}]}}]
        [page] = await (await models.ApiKey.get_pymongo_collection().aggregate(stages)).to_list()
        total = page["total"][0]["rows"] if page["total"] else 0
        items = [ApiKeyRead.model_validate(row).model_dump() for row in page["items"]]
        return Page(items, total, query.limit, query.offset)

    async def get(self, actor: Caller, key_id: PydanticObjectId) -> models.ApiKey:
        """Return one of the caller's keys."""
        row = await models.ApiKey.find_one({"_id": key_id, "user_id": actor.id})
        if row is None:
            raise NotFound
        return row

    async def create(self, actor: Caller, data: ApiKeyCreate) -> ApiKeyMade:
        """Make a key, and return it with what is not kept of it."""
        key = new_key()
        row = models.ApiKey(
            user_id=actor.id,
            name=data.name,
            prefix=key[:SHOWN],
            digest=digest(key),
            scope=data.scope,
            expires_at=end_of(data.expires_at),
        )
        async with Locks() as locks:
            await locks.hold("api_keys", actor.id)  # nobody counts at the same time
            mine = {"user_id": actor.id}
            if await models.ApiKey.get_pymongo_collection().count_documents(mine) >= MAX_KEYS:
                raise Conflict(f"An account has at most {MAX_KEYS} API keys.")
            await row.insert()
        return ApiKeyMade(**ApiKeyRead.model_validate(row).model_dump(), key=key)

    async def revoke(self, actor: Caller, key_id: PydanticObjectId) -> None:
        """Revoke a key."""
        own = {"_id": key_id, "user_id": actor.id}
        if (await models.ApiKey.get_pymongo_collection().delete_one(own)).deleted_count == 0:
            raise NotFound
