"""What a provider publishes about itself: where its endpoints are, and the keys that it signs with.

Both are kept for an hour. A token with a key that is not known makes the keys be fetched again, but not more often than
every half a minute. Whoever asks at the same time waits for the same request, and a failure holds for a moment, so that
a provider that is down is not asked by everybody.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from functools import lru_cache
from typing import Annotated, Any, Generic, TypeVar

from jwt import PyJWK, PyJWTError
from pydantic import BaseModel, Field, ValidationError

from app.core.errors import ApiError
from app.core.openid_http import ProviderFailed, ask

MAX_AGE, MIN_AGE, PAUSE = 3600.0, 30.0, 2.0
"""Seconds: until something is fetched again, before keys are, and after a failure."""
DOCUMENT = "/.well-known/openid-configuration"
OK = 200

T = TypeVar("T")
Endpoint = Annotated[str, Field(pattern=r"^https?://[^\s#]+$")]


class Metadata(BaseModel):
    """The document of a provider, as far as it is needed."""

    issuer: str
    authorization_endpoint: Endpoint
    token_endpoint: Endpoint
    jwks_uri: Endpoint
    userinfo_endpoint: Endpoint | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False

    @property
    def endpoints(self) -> tuple[str, ...]:
        """Everything that is sent something."""
        return self.authorization_endpoint, self.token_endpoint, self.jwks_uri, self.userinfo_endpoint or self.issuer


class Remembered(Generic[T]):
    """Something that is fetched, and kept for a while."""

    def __init__(self, fetch: Callable[[], Awaitable[T]]) -> None:
        """Fetch nothing yet."""
        self._fetch, self._lock = fetch, asyncio.Lock()
        self._value: T | None = None
        self._error: ApiError | None = None
        self._fetched_at = self._failed_at = 0.0

    async def get(self, max_age: float) -> T:
        """Return it, no older than so many seconds."""
        async with self._lock:
            now = time.monotonic()
            if self._value is not None and now - self._fetched_at <= max_age:
                return self._value
            if self._error is not None and now - self._failed_at <= PAUSE:
                raise self._error.with_traceback(None)
            try:
                self._value = await self._fetch()
            except ApiError as error:
                self._error, self._failed_at = error, time.monotonic()
                raise
            self._fetched_at = time.monotonic()
            return self._value


class Discovery:
    """One provider, by its issuer."""

    def __init__(self, issuer: str) -> None:
        """Ask nothing yet: a provider that is down keeps nobody from starting."""
        self.issuer = issuer
        self._metadata = Remembered(self._fetch_metadata)
        self._keys = Remembered(self._fetch_keys)

    async def metadata(self) -> Metadata:
        """Return where its endpoints are."""
        return await self._metadata.get(MAX_AGE)

    async def key(self, algorithm: str, key_id: str | None) -> PyJWK | None:
        """Return the key that a token says it is signed with."""
        found = _matching(await self._keys.get(MAX_AGE), algorithm, key_id)
        return found or _matching(await self._keys.get(MIN_AGE), algorithm, key_id)

    async def _fetch_metadata(self) -> Metadata:
        """Return the document; one of another issuer would let that one speak for this."""
        answer = await ask("GET", self.issuer.rstrip("/") + DOCUMENT)
        if answer.status != OK:
            raise ProviderFailed(f"the document of {self.issuer} has status {answer.status}")
        try:
            found = Metadata.model_validate(answer.body)
        except ValidationError:
            raise ProviderFailed(f"the document of {self.issuer} lacks something") from None
        if found.issuer != self.issuer:
            raise ProviderFailed(f"the document of {self.issuer} is that of another issuer")
        if self.issuer.startswith("https://") and not all(one.startswith("https://") for one in found.endpoints):
            raise ProviderFailed(f"{self.issuer} has endpoints without TLS")
        return found

    async def _fetch_keys(self) -> tuple[Mapping[str, Any], ...]:
        """Return the keys."""
        answer = await ask("GET", (await self.metadata()).jwks_uri)
        keys = answer.body.get("keys") if isinstance(answer.body, dict) else None
        if answer.status != OK or not isinstance(keys, list):
            raise ProviderFailed(f"{self.issuer} has no keys")
        return tuple(key for key in keys if isinstance(key, dict))


@lru_cache(maxsize=64)
def discovery(issuer: str) -> Discovery:
    """Return what is known of a provider."""
    return Discovery(issuer)


def _matching(keys: tuple[Mapping[str, Any], ...], algorithm: str, key_id: str | None) -> PyJWK | None:
    """Return the one key for an algorithm with an id; without an id, there must be no other."""
    found = [key for one in keys if _may_sign(one, algorithm, key_id) and (key := _usable(one, algorithm))]
    return found[0] if len(found) == 1 else None


def _may_sign(key: Mapping[str, Any], algorithm: str, key_id: str | None) -> bool:
    """Tell whether a key is for signatures, for this algorithm, and has this id."""
    is_right = key.get("use", "sig") == "sig" and key.get("alg", algorithm) == algorithm
    return is_right and (key_id is None or key.get("kid") == key_id)


def _usable(key: Mapping[str, Any], algorithm: str) -> PyJWK | None:
    """Return a key, unless it is malformed or of another type than the algorithm needs."""
    try:
        return PyJWK(dict(key), algorithm)
    except PyJWTError:
        return None
