"""Endpoints of the addresses that webhooks go to: for administrators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.core.auth import current_admin
from app.core.config import API_PREFIX
from app.core.database import SessionDep
from app.core.errors import problems
from app.core.responses import page_response
from app.core.routing import ApiRoute, PathId
from app.schemas.webhook_delivery import WebhookDeliveryRead
from app.schemas.webhook_endpoint import (
    WebhookEndpointCreate,
    WebhookEndpointMade,
    WebhookEndpointPage,
    WebhookEndpointQuery,
    WebhookEndpointRead,
    WebhookEndpointUpdate,
)
from app.services.webhook_endpoint import WebhookEndpointService

router = APIRouter(
    prefix="/webhook-endpoints", tags=["webhooks"], route_class=ApiRoute, dependencies=[Depends(current_admin)]
)
ITEM = "/{webhook_endpoint_id}"


async def webhook_endpoint_service(session: SessionDep) -> WebhookEndpointService:
    """Return the service of a request."""
    return WebhookEndpointService(session)


Service = Annotated[WebhookEndpointService, Depends(webhook_endpoint_service)]


@router.get("", response_model=WebhookEndpointPage, responses=problems(401, 403, 422))
async def list_webhook_endpoints(service: Service, query: Annotated[WebhookEndpointQuery, Query()]) -> Response:
    """List the addresses that events are sent to."""
    return page_response(WebhookEndpointPage, await service.page(query))


@router.post("", status_code=201, response_model=WebhookEndpointMade, responses=problems(401, 403, 409, 413, 422))
async def create_webhook_endpoint(service: Service, data: WebhookEndpointCreate) -> Response:
    """Register an address. Its secret is shown this once; an `Idempotency-Key` is not heeded, nothing is kept of it."""
    made = await service.create(data)
    headers = {"Location": f"{API_PREFIX}/webhook-endpoints/{made.id}"}
    return Response(made.model_dump_json(), 201, headers=headers, media_type="application/json")


@router.get(ITEM, responses=problems(401, 403, 404, 422))
async def get_webhook_endpoint(service: Service, webhook_endpoint_id: PathId) -> WebhookEndpointRead:
    """Return an address."""
    return WebhookEndpointRead.model_validate(await service.get(webhook_endpoint_id))


@router.patch(ITEM, responses=problems(401, 403, 404, 413, 422))
async def update_webhook_endpoint(
    service: Service, webhook_endpoint_id: PathId, data: WebhookEndpointUpdate
) -> WebhookEndpointRead:
    """Change an address, or switch it on or off."""
    return WebhookEndpointRead.model_validate(await service.update(webhook_endpoint_id, data))


@router.delete(ITEM, status_code=204, responses=problems(401, 403, 404, 422))
async def delete_webhook_endpoint(service: Service, webhook_endpoint_id: PathId) -> None:
    """Forget an address, with all that was sent to it."""
    await service.delete(webhook_endpoint_id)


@router.post(ITEM + "/secret", responses=problems(401, 403, 404, 422))
async def renew_webhook_secret(service: Service, webhook_endpoint_id: PathId) -> WebhookEndpointMade:
    """Give an address a new secret, which is shown this once; for a day, the old one signs as well."""
    return await service.renew_secret(webhook_endpoint_id)


@router.post(ITEM + "/ping", status_code=202, responses=problems(401, 403, 404, 409, 422))
async def ping_webhook_endpoint(service: Service, webhook_endpoint_id: PathId) -> WebhookDeliveryRead:
    """Have something sent to an address that means nothing."""
    return WebhookDeliveryRead.model_validate(await service.ping(webhook_endpoint_id))
