"""Endpoints of API keys."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.core.auth import Caller, CurrentUser, require
from app.core.config import API_PREFIX
from app.core.database import SessionDep
from app.core.errors import problems
from app.core.responses import page_response
from app.core.routing import ApiRoute, PathId
from app.schemas.api_key import ApiKeyCreate, ApiKeyMade, ApiKeyPage, ApiKeyQuery, ApiKeyRead
from app.services.api_key import ApiKeyService

router = APIRouter(prefix="/api-keys", tags=["api-keys"], route_class=ApiRoute)


async def api_key_service(session: SessionDep) -> ApiKeyService:
    """Return the service of a request."""
    return ApiKeyService(session)


async def logged_in(actor: CurrentUser) -> Caller:
    """Return the caller, who came with a password: a key must not make others, or it could not be revoked."""
    require(bool(actor.session_id))
    return actor


Service = Annotated[ApiKeyService, Depends(api_key_service)]
LoggedIn = Annotated[Caller, Depends(logged_in)]


@router.get("", response_model=ApiKeyPage, responses=problems(401, 422))
async def list_api_keys(actor: CurrentUser, service: Service, query: Annotated[ApiKeyQuery, Query()]) -> Response:
    """List one's own keys."""
    return page_response(ApiKeyPage, await service.page(actor, query))


@router.post("", status_code=201, response_model=ApiKeyMade, responses=problems(401, 403, 409, 413, 422))
async def create_api_key(actor: LoggedIn, service: Service, data: ApiKeyCreate) -> Response:
    """Make a key. It is shown this once; an `Idempotency-Key` is not heeded, since the answer must not be kept."""
    made = await service.create(actor, data)
    headers = {"Location": f"{API_PREFIX}/api-keys/{made.id}"}
    return Response(made.model_dump_json(), 201, headers=headers, media_type="application/json")


@router.get("/{api_key_id}", responses=problems(401, 404, 422))
async def get_api_key(actor: CurrentUser, service: Service, api_key_id: PathId) -> ApiKeyRead:
    """Return one of one's own keys."""
    return ApiKeyRead.model_validate(await service.get(actor, api_key_id))


@router.delete("/{api_key_id}", status_code=204, responses=problems(401, 403, 404, 422))
async def revoke_api_key(actor: LoggedIn, service: Service, api_key_id: PathId) -> None:
    """Revoke a key; it is good for nothing from now on."""
    await service.revoke(actor, api_key_id)
