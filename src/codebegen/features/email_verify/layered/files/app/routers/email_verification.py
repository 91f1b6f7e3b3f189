"""Endpoints that verify e-mail addresses."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request

from app.core.auth import CurrentUser
from app.core.database import SessionDep
from app.core.errors import problems
from app.core.idempotency import IdempotentForAnybody
from app.core.routing import ApiRoute
from app.schemas.email_verification import EmailVerification, EmailVerificationRead
from app.schemas.mail_request import MailAccepted, MailRequest
from app.services.email_verification import EmailVerificationService

router = APIRouter(prefix="/auth/verify-email", tags=["auth"], route_class=ApiRoute)


async def email_verification_service(session: SessionDep) -> EmailVerificationService:
    """Return the service of a request."""
    return EmailVerificationService(session)


Service = Annotated[EmailVerificationService, Depends(email_verification_service)]


@router.get("", responses=problems(401))
async def get_status(actor: CurrentUser, service: Service) -> EmailVerificationRead:
    """Tell whether one's own address is verified."""
    return await service.read(actor.id)


@router.post("", status_code=202, responses=problems(409, 413, 422, 429))
async def ask(service: Service, request: Request, data: MailRequest, _key: IdempotentForAnybody) -> MailAccepted:
    """Ask for another mail with a token; the answer is the same whether or not there is such an account."""
    await service.ask(data.email, request.client.host if request.client else "")
    return MailAccepted()


@router.post("/confirm", status_code=204, responses=problems(409, 413, 422))
async def confirm(service: Service, data: EmailVerification, _key: IdempotentForAnybody) -> None:
    """Verify an address with the token that was sent to it."""
    await service.confirm(data.token)
