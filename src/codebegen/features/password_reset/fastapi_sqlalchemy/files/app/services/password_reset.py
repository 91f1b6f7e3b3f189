"""A new password for those who forgot theirs, and can read their mail."""

from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.config import get_settings
from app.core.mail import Letter
from app.core.security import hash_password
from app.repositories.user import UserRepository
from app.schemas.password_reset import PasswordReset
from app.services.login_throttle import LoginThrottle
from app.services.one_time_tokens import OneTimeTokens, link
from app.services.outbox import Outbox

RESET = "password_reset"
CHANGED = "password_changed"


class PasswordResetService:
    """Lets people choose a new password."""

    def __init__(self, session: AsyncSession) -> None:
        """Work in a session."""
        self.session = session
        self.tokens = OneTimeTokens(session, RESET)

    async def ask(self, email: str, client: str) -> None:
        """Have a token sent to an address, if it is that of an account."""
        await Outbox(self.session).ask(RESET, email, client)

    async def confirm(self, data: PasswordReset, client: str) -> None:
        """Set a new password, end all logins, and tell the owner of the account."""
        await self.tokens.check(data.token)
        await self.session.commit()  # no lock is held while hashing
        password_hash = await hash_password(data.password)
        user = await self.tokens.take(data.token)
        user.change({"password_hash": password_hash})
        await self.session.flush()  # no login with the old password is opened from here on
        await self.session.execute(sa.delete(models.AuthSession).where(models.AuthSession.user_id == user.id))
        await LoginThrottle(self.session, user.email, client).succeeded()
        Outbox(self.session).add(CHANGED, user.email)
        await self.session.commit()


async def write_reset(session: AsyncSession, email: str) -> Letter | None:
    """Write the mail with the token, where there is an account that may log in."""
    settings = get_settings()
    user = await UserRepository(session).by_email(email)
    if user is None or not user.is_active:
        return None
    lifetime = timedelta(minutes=settings.password_reset_minutes)
    token = await OneTimeTokens(session, RESET).create(user, lifetime)
    text = (
        "Somebody, hopefully you, asked for a new password for your account. Choose it with this, within "
        f"{settings.password_reset_minutes} minutes:\n\n{link(settings.password_reset_url, token)}\n\n"
        "If it was not you, do nothing: your password stays as it is.\n"
    )
    return Letter(user.email, "Choose a new password", text)


async def write_changed(_session: AsyncSession, email: str) -> Letter:
    """Write the mail that tells of a new password."""
    text = (
        "The password of your account was changed, and all logins have ended.\n\n"
        "If it was not you, somebody can read your mail: secure it, and then ask for a new password.\n"
    )
    return Letter(email, "Your password was changed", text)
