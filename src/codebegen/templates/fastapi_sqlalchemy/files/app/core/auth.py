"""Who is calling."""

from dataclasses import dataclass
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from app.core.database import fetch
from app.core.errors import Forbidden, Unauthorized
from app.core.security import read_access_token
from app.core.types import utcnow
from app.models.auth_session import AuthSession
from app.models.user import Role, User

Credentials = Annotated[HTTPAuthorizationCredentials | None, Depends(HTTPBearer(auto_error=False, bearerFormat="JWT"))]


@dataclass(frozen=True, slots=True)
class Caller:
    """An account that is calling, and the login that it uses."""

    id: int
    role: Role
    session_id: str

    @property
    def is_admin(self) -> bool:
        """Tell whether this account may do everything."""
        return self.role is Role.ADMIN


_LOGIN = (
    sa.select(User.role)
    .join(AuthSession, AuthSession.user_id == User.id)
    .where(
        User.id == sa.bindparam("user_id"),
        User.is_active,
        AuthSession.id == sa.bindparam("session_id"),
        AuthSession.expires_at > sa.bindparam("now"),
    )
)


async def optional_user(credentials: Credentials) -> Caller | None:
    """Return the caller, or nobody; a bad token is refused all the same.

    One query joins the account with the login, so that logout, deactivation and a new role count at once.
    """
    if credentials is None:
        return None
    user_id, session_id = read_access_token(credentials.credentials)
    found = await fetch(_LOGIN, {"user_id": user_id, "session_id": session_id, "now": utcnow()})
    if not found:
        raise Unauthorized("The login has ended.")
    return Caller(user_id, found[0].role, session_id)


OPTIONAL_LOGIN: dict[str, Any] = {"security": [{}]}  # OpenAPI: the endpoint also works without a token
OptionalUser = Annotated[Caller | None, Depends(optional_user)]


async def current_user(caller: OptionalUser) -> Caller:
    """Return the caller."""
    if caller is None:
        raise Unauthorized
    return caller


CurrentUser = Annotated[Caller, Depends(current_user)]


async def current_admin(caller: CurrentUser) -> Caller:
    """Return the caller, who is an administrator."""
    require(caller.is_admin)
    return caller


CurrentAdmin = Annotated[Caller, Depends(current_admin)]


def require(allowed: bool) -> None:  # noqa: FBT001 - it reads well: require(can_update(...))
    """Refuse what is not allowed."""
    if not allowed:
        raise Forbidden
