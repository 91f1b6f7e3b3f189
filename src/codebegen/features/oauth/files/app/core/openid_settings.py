"""OpenID Connect providers, as the settings name them."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr
from pydantic_core import from_json

PROVIDER_NAME = r"^[a-z][a-z0-9-]{0,31}$"
ProviderName = Annotated[str, Field(pattern=PROVIDER_NAME)]
PLACE = "{provider}"
"""Stands in the address of a page for the name of a provider."""


class OpenIdProvider(BaseModel):
    """A provider, and who this application is there.

    With `link_by_email` a login with it takes over the account with the same address; with `verifies_email` it has
    verified every address, although it does not say so.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: Annotated[str, Field(max_length=255, pattern=r"^https?://[^\s?#]+$")]
    client_id: Annotated[str, Field(min_length=1)]
    client_secret: SecretStr = SecretStr("")
    link_by_email: bool = False
    verifies_email: bool = False


def _from_json(value: object) -> object:
    """Read the text of a variable."""
    return from_json(value) if isinstance(value, str) else value


Providers = Annotated[dict[ProviderName, OpenIdProvider], BeforeValidator(_from_json)]


def why_unsafe(providers: Mapping[str, OpenIdProvider], redirect_url: str, *, in_production: bool) -> str | None:
    """Return why nothing may start with these settings, or nothing.

    Several providers need a page each: where their answers arrive at one, an answer of the one can be passed off as
    one of the other.
    """
    if not providers:
        return None
    if "#" in redirect_url or not redirect_url.startswith("https://" if in_production else ("https://", "http://")):
        return "OAUTH_REDIRECT_URL must be a page of yours, with https in production"
    if len(providers) > 1 and PLACE not in redirect_url:
        return f"OAUTH_REDIRECT_URL must have {PLACE} in it, since there are several providers"
    if len({provider.issuer for provider in providers.values()}) < len(providers):
        return "OAUTH_PROVIDERS must have different issuers"
    reasons = (_why_unsafe_in_production(name, provider) for name, provider in providers.items())
    return next(filter(None, reasons), None) if in_production else None


def _why_unsafe_in_production(name: str, provider: OpenIdProvider) -> str | None:
    """Return what a provider lacks."""
    if not provider.client_secret.get_secret_value():
        return f"OAUTH_PROVIDERS: {name} must have a client_secret in production"
    return None if provider.issuer.startswith("https://") else f"OAUTH_PROVIDERS: {name} must have an issuer with https"
