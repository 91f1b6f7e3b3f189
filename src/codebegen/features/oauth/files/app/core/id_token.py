"""ID tokens: what a provider signed about somebody who has just logged in there."""

from typing import Any

import jwt
from pydantic import BaseModel

from app.core.openid_discovery import discovery
from app.core.openid_settings import OpenIdProvider

ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"},
)
"""Signatures with a key that only the provider has: neither none, nor any whose key we know as well."""
REQUIRED = ["iss", "sub", "aud", "exp", "iat", "nonce"]
LEEWAY = 60
"""Seconds by which clocks may differ."""
MAX_LENGTH = 16_384
MAX_SUBJECT = 255


class RefusedError(Exception):
    """Nobody is logged in by this; the text says why, for the log."""


class Claims(BaseModel):
    """Who somebody is at a provider, and what it says about their address."""

    sub: str
    email: str | None = None
    email_verified: bool = False


async def read_id_token(token: str, provider: OpenIdProvider, nonce: str) -> Claims:
    """Return what a token says that was made by a provider, for us, now, and for this very login."""
    if len(token) > MAX_LENGTH:
        raise RefusedError("the ID token is too long")
    try:
        algorithm, key_id = _header(token)
        key = await discovery(provider.issuer).key(algorithm, key_id)
        if key is None:
            raise RefusedError("the ID token is signed with an unknown key")
        said: dict[str, Any] = jwt.decode(
            token,
            key,
            list(ALGORITHMS),
            options={"require": REQUIRED, "enforce_minimum_key_length": True},
            issuer=provider.issuer,
            audience=provider.client_id,
            leeway=LEEWAY,
        )
        claims = Claims.model_validate(said)
    except (jwt.PyJWTError, ValueError, RecursionError) as error:
        raise RefusedError(f"the ID token is refused: {type(error).__name__}") from None
    _check(said, provider.client_id, nonce)
    return claims


def _header(token: str) -> tuple[str, str | None]:
    """Return with which algorithm and key a token says it is signed; an access token is not one of these."""
    header = jwt.get_unverified_header(token)
    algorithm, key_id, kind = header.get("alg"), header.get("kid"), header.get("typ", "JWT")
    if algorithm not in ALGORITHMS or str(kind).upper() != "JWT":
        raise RefusedError("the ID token has another algorithm or type")
    return algorithm, key_id


def _check(said: dict[str, Any], client_id: str, nonce: str) -> None:
    """Refuse what is for others as well, or for another login."""
    if said["aud"] not in (client_id, [client_id]) or said.get("azp", client_id) != client_id:
        raise RefusedError("the ID token is for others as well")
    if said["nonce"] != nonce:
        raise RefusedError("the ID token is for another login")
    if not 0 < len(said["sub"]) <= MAX_SUBJECT or not (said["sub"].isascii() and said["sub"].isprintable()):
        raise RefusedError("the ID token is about nobody")
