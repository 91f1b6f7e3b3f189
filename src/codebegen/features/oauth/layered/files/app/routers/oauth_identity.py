"""Endpoints of the providers that one's own account can be logged in to with."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response

from app.core.auth import CurrentUser
from app.core.config import API_PREFIX
from app.core.database import SessionDep
from app.core.errors import problems
from app.core.idempotency import reserve
from app.core.responses import page_response
from app.core.routing import ApiRoute, PathId
from app.schemas.oauth import OAuthIdentityCreate, OAuthIdentityPage, OAuthIdentityQuery, OAuthIdentityRead
from app.services.oauth_identity import OAuthIdentityService

router = APIRouter(prefix="/oauth-identities", tags=["auth"], route_class=ApiRoute)


async def oauth_identity_service(session: SessionDep) -> OAuthIdentityService:
    """Return the service of a request."""
    return OAuthIdentityService(session)


async def repeatable(request: Request, session: SessionDep, actor: CurrentUser) -> None:
    """Make repeated requests safe: the answer of the provider is not good again."""
    await reserve(request, session, actor)


Repeatable = Annotated[None, Depends(repeatable)]
Service = Annotated[OAuthIdentityService, Depends(oauth_identity_service)]


@router.get("", response_model=OAuthIdentityPage, responses=problems(401, 422))
async def list_identities(
    actor: CurrentUser, service: Service, query: Annotated[OAuthIdentityQuery, Query()]
) -> Response:
    """List one's own."""
    return page_response(OAuthIdentityPage, await service.page(actor, query))


@router.post(
    "", status_code=201, response_model=OAuthIdentityRead, responses=problems(401, 403, 404, 409, 413, 422, 502, 503)
)
async def create_identity(
    actor: CurrentUser, service: Service, data: OAuthIdentityCreate, _key: Repeatable
) -> Response:
    """Add one, with what the provider has added to the address of the page that began."""
    made = OAuthIdentityRead.model_validate(await service.create(actor, data))
    headers = {"Location": f"{API_PREFIX}/oauth-identities/{made.id}"}
    return Response(made.model_dump_json(), 201, headers=headers, media_type="application/json")


@router.get("/{identity_id}", responses=problems(401, 404, 422))
async def get_identity(actor: CurrentUser, service: Service, identity_id: PathId) -> OAuthIdentityRead:
    """Return one of one's own."""
    return OAuthIdentityRead.model_validate(await service.get(actor, identity_id))


@router.delete("/{identity_id}", status_code=204, responses=problems(401, 403, 404, 409, 422))
async def delete_identity(actor: CurrentUser, service: Service, identity_id: PathId) -> None:
    """Remove one: nobody logs in with it from now on, and all other logins of the account end."""
    await service.remove(actor, identity_id)
