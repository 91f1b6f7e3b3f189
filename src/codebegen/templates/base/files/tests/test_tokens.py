"""Access tokens that were not issued, or are none any more."""

from datetime import timedelta
from typing import Any

import jwt
import pytest

from app.core.config import get_settings
from app.core.security import ALGORITHM
from app.core.types import utcnow
from tests.kit.callers import Caller
from tests.kit.checks import refused
from tests.kit.people import People, register

pytestmark = pytest.mark.anyio

FORGERIES: dict[str, dict[str, Any]] = {
    "expired": {"exp": utcnow() - timedelta(seconds=1)},
    "without end": {"exp": None},
    "another account": {"sub": "1"},
    "no account": {"sub": "nobody"},
    "another login": {"sid": "0" * 32},
    "no login": {"sid": None},
    "another type": {"type": "refresh"},
}
"""What is wrong with the claims, signed with the real key."""


async def _claims(people: People) -> dict[str, Any]:
    """Return the claims of a token that is good."""
    caller, _ = await register(people.anonymous.client)
    token = caller.headers["Authorization"].removeprefix("Bearer ")
    claims: dict[str, Any] = jwt.decode(token, options={"verify_signature": False})
    return claims


async def _try(people: People, token: str) -> None:
    """Check that a token is refused."""
    caller = Caller(people.anonymous.client, headers={"Authorization": f"Bearer {token}"})
    refused(await caller.get("/users/me"), 401)


@pytest.mark.parametrize("wrong", FORGERIES.values(), ids=FORGERIES.keys())
async def test_claims(people: People, wrong: dict[str, Any]) -> None:
    """A signature alone does not make a token good."""
    claims = {name: value for name, value in (await _claims(people) | wrong).items() if value is not None}
    await _try(people, jwt.encode(claims, get_settings().secret_key.get_secret_value(), ALGORITHM))


async def test_signatures(people: People) -> None:
    """Without the key nobody signs: not with another, with none, nor by leaving the signature out."""
    claims = await _claims(people)
    for key, algorithm in (("another key, of the same good length", ALGORITHM), ("", "none")):
        token = jwt.encode(claims, key, algorithm)
        await _try(people, token)
        await _try(people, token.rpartition(".")[0] + ".")
