"""Endpoints of deliveries: for administrators."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.core.auth import current_admin
from app.core.database import SessionDep
from app.core.errors import problems
from app.core.responses import page_response
from app.core.routing import ApiRoute, PathId
from app.schemas.webhook_delivery import (
    WebhookDeliveryDetail,
    WebhookDeliveryPage,
    WebhookDeliveryQuery,
    WebhookDeliveryRead,
)
from app.services.webhook_delivery import WebhookDeliveryService

router = APIRouter(
    prefix="/webhook-deliveries", tags=["webhooks"], route_class=ApiRoute, dependencies=[Depends(current_admin)]
)


async def webhook_delivery_service(session: SessionDep) -> WebhookDeliveryService:
    """Return the service of a request."""
    return WebhookDeliveryService(session)


Service = Annotated[WebhookDeliveryService, Depends(webhook_delivery_service)]


@router.get("", response_model=WebhookDeliveryPage, responses=problems(401, 403, 422))
async def list_webhook_deliveries(service: Service, query: Annotated[WebhookDeliveryQuery, Query()]) -> Response:
    """List what was sent, newest first, and how it went."""
    return page_response(WebhookDeliveryPage, await service.page(query))


@router.get("/{webhook_delivery_id}", responses=problems(401, 403, 404, 422))
async def get_webhook_delivery(service: Service, webhook_delivery_id: PathId) -> WebhookDeliveryDetail:
    """Return a delivery, with what is sent."""
    return WebhookDeliveryDetail.model_validate(await service.get(webhook_delivery_id))


@router.post("/{webhook_delivery_id}/redeliver", status_code=202, responses=problems(401, 403, 404, 409, 422))
async def redeliver_webhook(service: Service, webhook_delivery_id: PathId) -> WebhookDeliveryRead:
    """Send a message again that was delivered or has failed: the same, under the same id."""
    return WebhookDeliveryRead.model_validate(await service.redeliver(webhook_delivery_id))
