"""Guessing passwords is slow, however it is tried."""

import asyncio
from collections.abc import Awaitable, Callable

import httpx
import pytest

from app.core.config import get_settings
from app.core.security import verify_password
from app.main import app
from app.services import auth, login_throttle
from tests.kit.callers import PREFIX
from tests.kit.checks import refused
from tests.kit.people import PASSWORD, People, register

pytestmark = pytest.mark.anyio

UNDER_WAY = get_settings().database_pool_size
"""Guesses that may be answered in the time that it takes to count one."""


async def _guess(email: str, password: str = "wrong", *, address: str = "10.0.0.1", claims: str = "") -> httpx.Response:  # noqa: S107
    """Try to log in from an address, and perhaps claim to be a proxy."""
    form, headers = {"username": email, "password": password}, {"X-Forwarded-For": claims} if claims else {}
    transport = httpx.ASGITransport(app, client=(address, 1234))
    async with httpx.AsyncClient(transport=transport, base_url="http://test") as client:
        return await client.post(f"{PREFIX}/auth/login", data=form, headers=headers)


async def _tries(guess: Callable[[int], Awaitable[httpx.Response]], limit: int) -> None:
    """Check that so many guesses are answered, and not one more."""
    for number in range(limit):
        refused(await guess(number), 401)
    refused(await guess(limit), 429)


async def test_one_client(people: People) -> None:
    """A client has a few tries with an account, whatever it says about itself; others can still log in."""
    _, body = await register(people.anonymous.client)
    await _tries(lambda number: _guess(body["email"], claims=f"10.0.1.{number}"), login_throttle.MAX_FAILURES)
    refused(await _guess(body["email"], PASSWORD), 429)
    assert (await _guess(body["email"], PASSWORD, address="10.0.0.2")).status_code == 200


async def test_many_clients(people: People) -> None:
    """Many clients together have not many more."""
    _, body = await register(people.anonymous.client)
    limit = login_throttle.MAX_FAILURES_OF_ACCOUNT
    await _tries(lambda number: _guess(body["email"], address=f"10.0.0.{number}"), limit)


async def test_many_accounts(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor does it help to try one password with everybody."""
    await register(people.anonymous.client)
    monkeypatch.setattr(login_throttle, "MAX_FAILURES_OF_CLIENT", 5)
    await _tries(lambda number: _guess(f"somebody{number}@example.com"), 5)


async def test_at_the_same_time(people: People) -> None:
    """Nor does hurry."""
    _, body = await register(people.anonymous.client)
    limit = login_throttle.MAX_FAILURES + UNDER_WAY
    answers = await asyncio.gather(*(_guess(body["email"]) for _ in range(2 * limit)))
    assert sum(answer.status_code == 401 for answer in answers) <= limit
    refused(await _guess(body["email"], PASSWORD), 429)


async def test_own_password(people: People) -> None:
    """A stolen token does not tell the password either."""
    caller, _ = await register(people.anonymous.client)
    for _ in range(login_throttle.MAX_FAILURES):
        refused(await caller.patch("/users/me", {"password": "12345678", "current_password": "wrong"}), 403)
    refused(await caller.patch("/users/me", {"password": "12345678", "current_password": PASSWORD}), 429)


async def test_unknown_accounts_take_as_long(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password is hashed for every login, so that time does not tell whether there is an account."""
    _, body = await register(people.anonymous.client)
    hashed: list[str | None] = []

    async def watched(password: str, password_hash: str | None) -> bool:
        hashed.append(password_hash)
        return await verify_password(password, password_hash)

    monkeypatch.setattr(auth, "verify_password", watched)
    known, unknown = await _guess(body["email"]), await _guess("nobody@example.com")
    assert (known.status_code, known.json()) == (unknown.status_code, unknown.json())
    assert [given is None for given in hashed] == [False, True]
