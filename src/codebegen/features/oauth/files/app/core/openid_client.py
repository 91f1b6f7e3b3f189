"""The authorization code flow of OpenID Connect, with PKCE: where a browser is sent, and what its answer is worth."""

import base64
import hashlib
import logging
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote_plus

import httpx2
from pydantic import TypeAdapter, ValidationError

from app.core import types
from app.core.config import get_settings
from app.core.errors import NotFound
from app.core.id_token import Claims, RefusedError, read_id_token
from app.core.openid_discovery import OK, Metadata, discovery
from app.core.openid_http import ProviderFailed, ask
from app.core.openid_settings import PLACE, OpenIdProvider

logger = logging.getLogger("app.openid")

SCOPE = "openid email"
CODE_REFUSED = "invalid_grant"
_EMAIL: TypeAdapter[str] = TypeAdapter(types.Email)


@dataclass(frozen=True, slots=True)
class Secrets:
    """What ties the answer of a provider to the login that was begun: none of it can be guessed, all is used once."""

    state: str
    nonce: str
    verifier: str

    @classmethod
    def new(cls) -> "Secrets":
        """Make them up."""
        return cls(*(secrets.token_urlsafe(32) for _ in range(3)))

    @property
    def challenge(self) -> str:
        """Return what shows the provider that who brings a code knows the verifier."""
        digest = hashlib.sha256(self.verifier.encode()).digest()
        return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody whom a provider knows, with their address if it has verified it."""

    issuer: str
    subject: str
    email: str | None


def provider_named(name: str) -> OpenIdProvider:
    """Return one of the providers of the settings."""
    provider = get_settings().oauth_providers.get(name)
    if provider is None:
        raise NotFound
    return provider


async def authorization_url(name: str, made: Secrets) -> str:
    """Return where a browser is sent; where it comes back to is from the settings alone."""
    provider = provider_named(name)
    metadata = await discovery(provider.issuer).metadata()
    parameters = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": _redirect_uri(name),
        "scope": SCOPE,
        "state": made.state,
        "nonce": made.nonce,
        "code_challenge": made.challenge,
        "code_challenge_method": "S256",
    }
    return str(httpx2.URL(metadata.authorization_endpoint).copy_merge_params(parameters))


async def known_by(name: str, code: str, said_issuer: str | None, made: Secrets) -> Known:
    """Return who has logged in at a provider, for a code that it gave out. Raises `RefusedError`."""
    provider = provider_named(name)
    metadata = await discovery(provider.issuer).metadata()
    if said_issuer is None and metadata.authorization_response_iss_parameter_supported:
        raise RefusedError("the answer does not say whose it is")
    if said_issuer not in (None, provider.issuer):
        raise RefusedError("the answer is that of another provider")
    tokens = await _tokens(name, metadata, code, made.verifier)
    claims = await read_id_token(str(tokens.get("id_token")), provider, made.nonce)
    if claims.email is None and metadata.userinfo_endpoint is not None:
        claims = await _userinfo(metadata.userinfo_endpoint, str(tokens.get("access_token")), claims.sub)
    is_verified = claims.email_verified or provider.verifies_email
    return Known(provider.issuer, claims.sub, _address(claims.email) if is_verified else None)


async def _tokens(name: str, metadata: Metadata, code: str, verifier: str) -> dict[str, Any]:
    """Exchange a code, as who we are there."""
    provider = provider_named(name)
    secret = provider.client_secret.get_secret_value()
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": _redirect_uri(name)}
    form["code_verifier"] = verifier
    headers = {}
    if secret and "client_secret_basic" in metadata.token_endpoint_auth_methods_supported:
        pair = f"{quote_plus(provider.client_id)}:{quote_plus(secret)}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        form |= {"client_id": provider.client_id} | ({"client_secret": secret} if secret else {})
    answer = await ask("POST", metadata.token_endpoint, form=form, headers=headers)
    body: dict[str, Any] = answer.body if isinstance(answer.body, dict) else {}
    if body.get("error") == CODE_REFUSED:
        raise RefusedError("the provider refuses the code")
    if answer.status != OK or "id_token" not in body:
        raise ProviderFailed(f"{provider.issuer} gives no ID token, but status {answer.status}")
    return body


async def _userinfo(endpoint: str, access_token: str, subject: str) -> Claims:
    """Return what a provider says that keeps addresses out of ID tokens; about the same person, or nothing."""
    answer = await ask("GET", endpoint, headers={"Authorization": f"Bearer {access_token}"})
    try:
        claims = Claims.model_validate(answer.body)
    except ValidationError:
        raise ProviderFailed("what it says about somebody can't be read") from None
    if answer.status != OK or claims.sub != subject:
        raise RefusedError("the provider speaks of somebody else")
    return claims


def _redirect_uri(name: str) -> str:
    """Return the page that a provider sends people back to."""
    return get_settings().oauth_redirect_url.replace(PLACE, name)


def _address(email: str | None) -> str | None:
    """Return an address as it is kept here, if it is one."""
    try:
        return _EMAIL.validate_python(email)
    except ValidationError:
        return None
