"""Endpoints of notifications."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from app.core.auth import CurrentUser
from app.core.database import SessionDep
from app.core.errors import problems
from app.core.responses import page_response
from app.core.routing import ApiRoute, PathId
from app.schemas.notification import InboxRead, NotificationPage, NotificationQuery, NotificationRead
from app.services.notification import NotificationService

router = APIRouter(tags=["notifications"], route_class=ApiRoute)
ITEM = "/notifications/{notification_id}"


async def notification_service(session: SessionDep) -> NotificationService:
    """Return the service of a request."""
    return NotificationService(session)


Service = Annotated[NotificationService, Depends(notification_service)]


@router.get("/notifications", response_model=NotificationPage, responses=problems(401, 422))
async def list_notifications(
    actor: CurrentUser, service: Service, query: Annotated[NotificationQuery, Query()]
) -> Response:
    """List what one was told, newest first."""
    return page_response(NotificationPage, await service.page(actor, query))


@router.get(ITEM, responses=problems(401, 404, 422))
async def get_notification(actor: CurrentUser, service: Service, notification_id: PathId) -> NotificationRead:
    """Return one of one's own notifications."""
    return NotificationRead.model_validate(await service.get(actor, notification_id))


@router.delete(ITEM, status_code=204, responses=problems(401, 404, 422))
async def delete_notification(actor: CurrentUser, service: Service, notification_id: PathId) -> None:
    """Throw a notification away."""
    await service.delete(actor, notification_id)


@router.put(ITEM + "/read", status_code=204, responses=problems(401, 404, 422))
async def read_notification(actor: CurrentUser, service: Service, notification_id: PathId) -> None:
    """Mark a notification as read."""
    await service.mark(actor, notification_id, read=True)


@router.delete(ITEM + "/read", status_code=204, responses=problems(401, 404, 422))
async def unread_notification(actor: CurrentUser, service: Service, notification_id: PathId) -> None:
    """Mark a notification as unread."""
    await service.mark(actor, notification_id, read=False)


@router.get("/notification-inbox", responses=problems(401))
async def get_inbox(actor: CurrentUser, service: Service) -> InboxRead:
    """Return how many notifications are unread."""
    return await service.inbox(actor)


@router.put("/notification-inbox/read", status_code=204, responses=problems(401))
async def read_all(actor: CurrentUser, service: Service) -> None:
    """Mark all notifications as read."""
    await service.mark_all(actor)
