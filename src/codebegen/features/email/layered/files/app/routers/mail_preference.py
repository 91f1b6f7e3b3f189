"""Endpoints of what mail people want."""

from fastapi import APIRouter

from app.core.auth import CurrentUser
from app.core.database import SessionDep
from app.core.errors import problems
from app.core.routing import ApiRoute
from app.schemas.mail_preference import MailPreferenceRead, MailPreferenceUpdate
from app.services import mail_preference

router = APIRouter(prefix="/mail-preferences", tags=["notifications"], route_class=ApiRoute)


@router.get("", responses=problems(401))
async def get_mail_preferences(actor: CurrentUser, session: SessionDep) -> MailPreferenceRead:
    """Return whether one's own notifications come by mail."""
    return await mail_preference.read(session, actor.id)


@router.patch("", responses=problems(401, 413, 422))
async def update_mail_preferences(
    actor: CurrentUser, session: SessionDep, data: MailPreferenceUpdate
) -> MailPreferenceRead:
    """Switch mail on or off; notifications are in the inbox in any case."""
    return await mail_preference.change(session, actor.id, data)
