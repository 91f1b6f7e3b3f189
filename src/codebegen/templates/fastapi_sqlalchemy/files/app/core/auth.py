"""Who is calling."""

from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.core.database import SessionDep
from app.core.errors import Forbidden, Unauthorized
from app.core.security import read_access_token
from app.core.types import utcnow
from app.models.auth_session import AuthSession
from app.models.user import User

Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False, bearerFormat="JWT"))]


_LOGIN = (
    sa.select(User)
    .join(AuthSession, AuthSession.user_id == User.id)
    .where(
        User.id == sa.bindparam("user_id"),
        User.is_active,
        AuthSession.id == sa.bindparam("session_id"),
        AuthSession.expires_at > sa.bindparam("now"),
    )
)


async def optional_user(session: SessionDep, credentials: Credentials) -> User | None:
    """Return the caller, or nobody; a bad token is refused all the same.

    One query joins the account with the login, so that logout, deactivation and a new role count at once.
    """
    if credentials is None:
        return None
    user_id, session_id = read_access_token(credentials.credentials)
    values = {"user_id": user_id, "session_id": session_id, "now": utcnow()}
    user = (await session.scalars(_LOGIN, values)).one_or_none()
    if user is None:
        raise Unauthorized("The login has ended.")
    return user


OPTIONAL_LOGIN: dict[str, Any] = {"security": [{}]}  # OpenAPI: the endpoint also works without a token
OptionalUser = Annotated[User | None, Depends(optional_user)]


async def current_user(user: OptionalUser) -> User:
    """Return the caller."""
    if user is None:
        raise Unauthorized
    return user


CurrentUser = Annotated[User, Depends(current_user)]


async def current_admin(user: CurrentUser) -> User:
    """Return the caller, who is an administrator."""
    require(user.is_admin)
    return user


CurrentAdmin = Annotated[User, Depends(current_admin)]


def require(allowed: bool) -> None:  # noqa: FBT001 - it reads well: require(can_update(...))
    """Refuse what is not allowed."""
    if not allowed:
        raise Forbidden


async def current_session_id(_user: CurrentUser, credentials: Credentials) -> str:
    """Return the login that the token of the caller belongs to."""
    if credentials is None:
        raise Unauthorized
    return read_access_token(credentials.credentials)[1]


CurrentSessionId = Annotated[str, Depends(current_session_id)]
