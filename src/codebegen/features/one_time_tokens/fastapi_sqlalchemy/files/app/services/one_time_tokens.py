"""Tokens that are good once: whoever has one can read the mail of an address."""

import hashlib
import secrets
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from app import models
from app.core.errors import Invalid
from app.core.types import utcnow


class OneTimeTokens:
    """The tokens of one purpose."""

    def __init__(self, session: AsyncSession, purpose: str) -> None:
        """Work in a session."""
        self.session = session
        self.purpose = purpose

    async def create(self, user: models.User, lifetime: timedelta) -> str:
        """Return a new token for the address of an account, and forget all that have expired."""
        token, now = secrets.token_urlsafe(32), utcnow()
        await self.session.execute(sa.delete(models.OneTimeToken).where(models.OneTimeToken.expires_at < now))
        self.session.add(
            models.OneTimeToken(
                id=_hash(token), purpose=self.purpose, user_id=user.id, email=user.email, expires_at=now + lifetime
            )
        )
        return token

    async def check(self, token: str) -> None:
        """Refuse a token that is forged, used up or too old; all look the same from outside."""
        if await self.session.scalar(sa.select(models.OneTimeToken.id).where(*self._good(token))) is None:
            raise _refusal()

    async def take(self, token: str) -> models.User:
        """Use a token up, and with it all others of its account for this purpose; return the account."""
        taking = sa.delete(models.OneTimeToken).where(*self._good(token))
        found = models.OneTimeToken.user_id, models.OneTimeToken.email
        taken = (await self.session.execute(taking.returning(*found))).one_or_none()
        user = None if taken is None else await self.session.get(models.User, taken.user_id)
        if taken is None or user is None or not user.is_active or user.email != taken.email:
            raise _refusal()
        others = models.OneTimeToken.user_id == user.id, models.OneTimeToken.purpose == self.purpose
        await self.session.execute(sa.delete(models.OneTimeToken).where(*others))
        return user

    def _good(self, token: str) -> tuple[sa.ColumnElement[bool], ...]:
        """Return when a token is good; it is looked up by its hash, so that time tells nothing of it."""
        table = models.OneTimeToken
        return table.id == _hash(token), table.purpose == self.purpose, table.expires_at > utcnow()


def link(page: str, token: str) -> str:
    """Return where a page takes a token, or the token where there is no page; servers don't get to see a fragment."""
    return f"{page}#token={token}" if page else token


def _refusal() -> Invalid:
    """Return the error of a token that is not good."""
    return Invalid("body", "token", message="This token is not good, or not any more.")


def _hash(token: str) -> str:
    """Return what is stored of a token; it is long and random, so that a fast hash will do."""
    return hashlib.sha256(token.encode()).hexdigest()
