"""Passwords and tokens."""

import os
import secrets
import time
from datetime import timedelta
from functools import cache, lru_cache
from typing import Any

import jwt
from anyio import CapacityLimiter, to_thread
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.core.config import Environment, get_settings
from app.core.errors import Unauthorized
from app.core.types import utcnow

ALGORITHM = "HS256"
ACCESS = "access"


@cache
def _hasher() -> PasswordHash:
    """Return argon2 as recommended, or as cheap as possible in tests."""
    if get_settings().environment is Environment.TEST:
        return PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))
    return PasswordHash.recommended()


@cache
def _hashing() -> CapacityLimiter:
    """Return how many passwords are hashed at the same time; each takes a core and 64 MiB."""
    return CapacityLimiter(os.cpu_count() or 1)


@cache
def _dummy_hash() -> str:
    """Return the hash of no password, so that unknown accounts take as long as known ones."""
    return _hasher().hash(secrets.token_urlsafe())


async def hash_password(password: str) -> str:
    """Return the hash of a password, without blocking other requests."""
    return await to_thread.run_sync(_hasher().hash, password, limiter=_hashing())


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Tell whether a password is right; takes the same time where there is no account."""

    def verify() -> bool:
        matches = _hasher().verify(password, password_hash or _dummy_hash())
        return matches and password_hash is not None

    return await to_thread.run_sync(verify, limiter=_hashing())


def create_access_token(user_id: int, session_id: str) -> str:
    """Sign a token for one login of one user."""
    now = utcnow()
    lifetime = timedelta(minutes=get_settings().access_token_minutes)
    claims = {"sub": str(user_id), "sid": session_id, "type": ACCESS, "iat": now, "exp": now + lifetime}
    return jwt.encode(claims, get_settings().secret_key.get_secret_value(), ALGORITHM)


def read_access_token(token: str) -> tuple[int, str]:
    """Return the user and the login that a token was signed for."""
    user_id, session_id, expires_at = _claims(token)
    if expires_at <= time.time():
        raise Unauthorized("The token is invalid or has expired.")
    return user_id, session_id


@lru_cache(maxsize=1024)
def _claims(token: str) -> tuple[int, str, int]:
    """Return what a token says; its signature is checked once, and whether it has expired every time."""
    key = get_settings().secret_key.get_secret_value()
    try:
        claims: dict[str, Any] = jwt.decode(token, key, [ALGORITHM], options={"require": ["sub", "sid", "exp", "type"]})
        if claims["type"] != ACCESS:
            raise Unauthorized("The token is not an access token.")
        return int(claims["sub"]), str(claims["sid"]), int(claims["exp"])
    except (jwt.InvalidTokenError, ValueError) as error:
        raise Unauthorized("The token is invalid or has expired.") from error
