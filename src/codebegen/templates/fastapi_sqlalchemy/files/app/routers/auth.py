"""Endpoints of registration and login."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response

from app.core.auth import CurrentUser
from app.core.database import SessionDep
from app.core.errors import problems
from app.core.idempotency import IdempotentForAnybody
from app.core.responses import created_response
from app.core.routing import ApiRoute
from app.schemas.auth import LoginForm, RefreshRequest, TokenRead
from app.schemas.user import UserRead, UserRegister
from app.services.auth import AuthService

router = APIRouter(prefix="/auth", tags=["auth"], route_class=ApiRoute)


async def auth_service(session: SessionDep) -> AuthService:
    """Return the service of a request."""
    return AuthService(session)


Service = Annotated[AuthService, Depends(auth_service)]


@router.post("/register", status_code=201, response_model=UserRead, responses=problems(409, 413, 422))
async def register(service: Service, data: UserRegister, _key: IdempotentForAnybody) -> Response:
    """Create an account."""
    user = await service.register(data)
    return created_response(UserRead, user, "/users/me")


@router.post("/login", responses=problems(401, 413, 422, 429))
async def login(service: Service, request: Request, form: Annotated[LoginForm, Form()]) -> TokenRead:
    """Log in with e-mail address and password."""
    client = request.client.host if request.client else ""
    return await service.login(form.username, form.password, client)


@router.post("/refresh", responses=problems(401, 413, 422))
async def refresh(service: Service, data: RefreshRequest) -> TokenRead:
    """Exchange a refresh token for new tokens."""
    return await service.refresh(data.refresh_token)


@router.post("/logout", status_code=204, responses=problems(401))
async def logout(actor: CurrentUser, service: Service) -> None:
    """End the login that the token belongs to."""
    await service.logout(actor.session_id)
