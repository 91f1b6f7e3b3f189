"""E-mail addresses: who can read the mail of an account confirms that its address is right."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from app.core.config import get_settings
from app.core.types import utcnow
from app.services import email_verification
from app.services.job_worker import do_due
from tests.kit import database
from tests.kit.callers import PREFIX, Caller
from tests.kit.checks import refused
from tests.kit.jobs import waiting
from tests.kit.mail import Mailbox, mail_server
from tests.kit.people import PASSWORD, People, caller_of, register, registration
from tests.kit.statements import statements

pytestmark = pytest.mark.anyio

SUBJECTS = ("Confirm your e-mail address",)


async def _confirm(people: People, token: str) -> httpx.Response:
    """Show the token that was sent."""
    return await people.anonymous.post("/auth/verify-email/confirm", {"token": token})


async def _is_verified(caller: Caller) -> bool:
    """Tell whether one's address is verified."""
    status = await caller.read("/auth/verify-email")
    assert status["verified"] is (status["verified_at"] is not None)
    return bool(status["verified"])


async def _again(people: People, mailbox: Mailbox, email: str) -> str:
    """Ask for another mail, and return its token."""
    assert (await people.anonymous.post("/auth/verify-email", {"email": email})).status_code == 202
    await do_due()
    return mailbox.token()


async def test_a_new_account(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """It gets a token by mail, and is verified with it."""
    caller, body = await register(people.anonymous.client)
    refused(await people.anonymous.get("/auth/verify-email"), 401)
    assert not await _is_verified(caller)
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        await do_due()
    assert [message["To"] for message in mailbox.messages] == [body["email"]]
    response = await _confirm(people, mailbox.token())
    assert (response.status_code, response.content) == (204, b"")
    assert await _is_verified(caller)


async def test_tokens_that_are_not_good(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is forged, too old, used up, or for another address verifies nothing."""
    caller, body = await register(people.anonymous.client)
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        token = await _again(people, mailbox, body["email"])
        rows = await database.rows("one_time_tokens")
        assert token not in str(rows)
        for forged in ("x", token[:-1], token.swapcase(), rows[0]["id"]):
            refused(await _confirm(people, forged), 422, "token")
        lifetime = timedelta(hours=get_settings().email_verify_hours)
        assert all(utcnow() < row["expires_at"] <= utcnow() + lifetime for row in rows)
        await database.change_all("one_time_tokens", expires_at=utcnow())
        refused(await _confirm(people, token), 422, "token")
        await database.change("users", caller.id, email="moved@example.com")
        token = await _again(people, mailbox, "moved@example.com")
    await database.change("users", caller.id, email=body["email"])
    refused(await _confirm(people, token), 422, "token")
    assert not await _is_verified(caller)


async def test_once(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """A token is good once, also at the same time; who is verified gets no more mail; a new address counts anew."""
    caller, body = await register(people.anonymous.client)
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        token = await _again(people, mailbox, body["email"])
        answers = await asyncio.gather(*(_confirm(people, token) for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [204, 422, 422]
        mailbox.messages.clear()
        await people.anonymous.post("/auth/verify-email", {"email": body["email"]})
        await do_due()
    assert mailbox.messages == []
    assert await _is_verified(caller)
    await database.change("users", caller.id, email="moved@example.com")
    assert not await _is_verified(caller)


async def test_nobody_learns_who_has_an_account(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """For an address without an account, the answer and the work are the same; but no mail is sent."""
    _, body = await register(people.anonymous.client)
    seen, answers = [], []
    for email in (body["email"], "nobody@example.com"):
        with statements() as asked:
            answers.append(await people.anonymous.post("/auth/verify-email", {"email": email}))
        seen.append(asked)
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert seen[0] == seen[1]
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        await do_due()
    assert {message["To"] for message in mailbox.messages} == {body["email"]}


async def test_only_the_verified_log_in(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where that is set: then a wrong password still looks like one, and administrators get in."""
    body = registration()
    await people.anonymous.create("/auth/register", body)
    monkeypatch.setattr(get_settings(), "email_verify_required", True)
    form = {"username": body["email"], "password": PASSWORD}
    refused(await people.anonymous.client.post(f"{PREFIX}/auth/login", data=form), 401)
    assert (await caller_of(people.anonymous.client, "admin@example.com")).id == people.admin.id
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        await do_due()
    assert (await _confirm(people, mailbox.token())).status_code == 204
    assert await _is_verified(await caller_of(people.anonymous.client, body["email"]))


async def test_a_registration_that_fails(people: People) -> None:
    """It sends no mail."""
    _, body = await register(people.anonymous.client)
    before = len(await waiting("mail"))
    refused(await people.anonymous.post("/auth/register", body), 409)
    assert len(await waiting("mail")) == before


async def test_the_page_of_the_site(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail leads to it, with the token where servers don't see it."""
    _, body = await register(people.anonymous.client)
    monkeypatch.setattr(get_settings(), "email_verify_url", "https://blog.example/verify")
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        token = await _again(people, mailbox, body["email"])
    assert f"https://blog.example/verify#token={token}\n" in mailbox.texts()[-1]
    assert (await _confirm(people, token)).status_code == 204


async def test_kinds_of_mail(people: People) -> None:
    """A mail can be asked for again and again, but one address gets only so much."""
    for _ in range(5):
        await people.anonymous.post("/auth/verify-email", {"email": "somebody@example.com"})
    kinds = [job["payload"]["kind"] for job in await waiting("mail")]
    assert kinds == 3 * [email_verification.VERIFY]
