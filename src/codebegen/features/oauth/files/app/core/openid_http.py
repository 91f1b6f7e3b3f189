"""Requests to OpenID Connect providers: bounded in time and size, and never redirected."""

import asyncio
import logging
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import httpx2
from pydantic_core import from_json

from app.core.config import get_settings
from app.core.errors import ApiError

logger = logging.getLogger("app.openid")

MAX_BYTES = 262_144
"""Of an answer."""


class ProviderUnavailable(ApiError):
    """A provider does not answer, or not in time."""

    status = 503

    def __init__(self) -> None:
        """Ask for patience."""
        super().__init__("The login provider does not answer. Please try again.", headers={"Retry-After": "5"})


class ProviderFailed(ApiError):
    """A provider answers with something that is of no use."""

    status = 502

    def __init__(self, reason: str) -> None:
        """Log what is wrong, which is nothing for clients."""
        logger.error("A login provider can't be used: %s", reason)
        super().__init__("The login provider does not work as it should.")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status and decoded JSON of an answer."""

    status: int
    body: Any


async def ask(
    method: str, url: str, *, form: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
) -> Answer:
    """Send a request. Raises `ProviderUnavailable` and `ProviderFailed`."""
    accepted = {"Accept": "application/json", "Accept-Encoding": "identity", **(headers or {})}
    try:
        async with (
            asyncio.timeout(get_settings().oauth_timeout_seconds),
            httpx2.AsyncClient(verify=_tls(), trust_env=False, follow_redirects=False, timeout=None) as client,
            client.stream(method, url, data=form, headers=accepted) as response,
        ):
            return Answer(response.status_code, from_json(await _content(response), allow_inf_nan=False))
    except (TimeoutError, httpx2.HTTPError, httpx2.InvalidURL) as error:
        logger.warning("A login provider does not answer: %s", type(error).__name__)
        raise ProviderUnavailable from None
    except ValueError:
        raise ProviderFailed("an answer is not JSON") from None


async def _content(response: httpx2.Response) -> bytes:
    """Return the body of an answer, as it came: what is packed could be of any size."""
    content = bytearray()
    async for piece in response.aiter_raw():
        content += piece
        if len(content) > MAX_BYTES:
            raise ProviderFailed("an answer is too large")
    return bytes(content)


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    """Return what certificates are checked with; making it takes longer than using it."""
    return httpx2.create_ssl_context()
