"""Endpoints for those who forgot their password."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from app.core.database import SessionDep
from app.core.errors import problems
from app.core.idempotency import IdempotentForAnybody
from app.core.routing import ApiRoute
from app.schemas.mail_request import MailAccepted, MailRequest
from app.schemas.password_reset import PasswordReset
from app.services.password_reset import PasswordResetService

router = APIRouter(prefix="/auth/password-reset", tags=["auth"], route_class=ApiRoute)


async def password_reset_service(session: SessionDep) -> PasswordResetService:
    """Return the service of a request."""
    return PasswordResetService(session)


Service = Annotated[PasswordResetService, Depends(password_reset_service)]


@router.post("", status_code=202, responses=problems(409, 413, 422, 429))
async def ask(service: Service, request: Request, data: MailRequest, _key: IdempotentForAnybody) -> MailAccepted:
    """Ask for a mail with a token; the answer is the same whether or not there is such an account."""
    await service.ask(data.email, request.client.host if request.client else "")
    return MailAccepted()


@router.post("/confirm", status_code=204, responses=problems(409, 413, 422))
async def confirm(service: Service, request: Request, data: PasswordReset, _key: IdempotentForAnybody) -> None:
    """Choose a new password; all logins of the account end."""
    await service.confirm(data, request.client.host if request.client else "")
