"""Forgotten passwords: who can read the mail of an account may choose a new one, once, and not for long."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from app.core.config import get_settings
from app.core.types import utcnow
from app.services import login_throttle, password_reset
from app.services.job_worker import do_due
from tests.kit import database
from tests.kit.callers import PREFIX, Body, Caller
from tests.kit.checks import refused
from tests.kit.jobs import empty_queue, waiting
from tests.kit.mail import Mailbox, mail_server
from tests.kit.people import PASSWORD, People, log_in, register
from tests.kit.statements import statements

pytestmark = pytest.mark.anyio

SUBJECTS = ("Choose a new password", "Your password was changed")


NEW = "another correct horse"


async def _account(people: People) -> tuple[Caller, Body]:
    """Return a new account, and what it registered with; any mail about that is taken away."""
    made = await register(people.anonymous.client)
    await empty_queue()
    return made


async def _ask(people: People, email: str) -> httpx.Response:
    """Say that one has forgotten the password."""
    return await people.anonymous.post("/auth/password-reset", {"email": email})


async def _token(people: People, mailbox: Mailbox, email: str) -> str:
    """Return the token that is sent to an address."""
    assert (await _ask(people, email)).status_code == 202
    await do_due()
    return mailbox.token()


async def _confirm(people: People, token: str, password: str = NEW) -> httpx.Response:
    """Choose a new password."""
    return await people.anonymous.post("/auth/password-reset/confirm", {"token": token, "password": password})


async def _logs_in(people: People, email: str, password: str) -> bool:
    """Tell whether one can log in."""
    form = {"username": email, "password": password}
    return (await people.anonymous.client.post(f"{PREFIX}/auth/login", data=form)).status_code == 200


async def test_a_new_password(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """It replaces the old one, ends all logins, and the owner of the account is told."""
    caller, body = await _account(people)
    tokens = await log_in(people.anonymous.client, body["email"])
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        token = await _token(people, mailbox, body["email"].upper())
        assert mailbox.messages[-1]["To"] == body["email"]
        response = await _confirm(people, token)
        assert (response.status_code, response.content) == (204, b"")
        await do_due()
    assert mailbox.messages[-1]["Subject"] == "Your password was changed"
    assert NEW not in "".join(mailbox.texts())
    assert await _logs_in(people, body["email"], NEW)
    assert not await _logs_in(people, body["email"], PASSWORD)
    refused(await caller.get("/users/me"), 401)
    refused(await people.anonymous.post("/auth/refresh", {"refresh_token": tokens["refresh_token"]}), 401)


async def test_nobody_learns_who_has_an_account(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """For an address without an account, the answer and the work are the same; but no mail is sent."""
    _, body = await _account(people)
    seen, answers = [], []
    for email in (body["email"], "nobody@example.com"):
        with statements() as asked:
            answers.append(await _ask(people, email))
        seen.append(asked)
    assert [answer.status_code for answer in answers] == [202, 202]
    assert answers[0].json() == answers[1].json()
    assert seen[0] == seen[1]
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        await do_due()
    assert [message["To"] for message in mailbox.messages] == [body["email"]]


async def test_whose_account_is_closed(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who may not log in gets no token, and can't use one either."""
    caller, body = await _account(people)
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        token = await _token(people, mailbox, body["email"])
        await people.admin.patch(f"/users/{caller.id}", {"is_active": False})
        refused(await _confirm(people, token), 422, "token")
        await _ask(people, body["email"])
        await do_due()
    assert len(mailbox.messages) == 1


async def test_tokens_are_good_once(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """After that, neither it nor an older one is good; nor at the same time."""
    _, body = await _account(people)
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        older = await _token(people, mailbox, body["email"])
        token = await _token(people, mailbox, body["email"])
        answers = await asyncio.gather(*(_confirm(people, token) for _ in range(3)))
        assert sorted(answer.status_code for answer in answers) == [204, 422, 422]
        for used in (older, token):
            refused(await _confirm(people, used, "yet another horse"), 422, "token")
    assert await _logs_in(people, body["email"], NEW)


async def test_tokens_that_are_not_good(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """One that is forged or too old does nothing, and a wrong password uses none up."""
    _, body = await _account(people)
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        token = await _token(people, mailbox, body["email"])
    [row] = await database.rows("one_time_tokens")
    assert token not in str(row)
    for forged in ("x", token[:-1], token.swapcase(), row["id"]):
        refused(await _confirm(people, forged), 422, "token")
    refused(await _confirm(people, token, "1234567"), 422, "password")
    lifetime = timedelta(minutes=get_settings().password_reset_minutes)
    assert utcnow() < row["expires_at"] <= utcnow() + lifetime
    await database.change_all("one_time_tokens", expires_at=utcnow())
    refused(await _confirm(people, token), 422, "token")
    assert await _logs_in(people, body["email"], PASSWORD)


async def test_an_address_that_has_changed(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who could read the old one has nothing to say any more."""
    caller, body = await _account(people)
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        token = await _token(people, mailbox, body["email"])
    await database.change("users", caller.id, email="moved@example.com")
    refused(await _confirm(people, token), 422, "token")


async def test_whom_guessing_has_locked_out(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the new password one gets in at once."""
    _, body = await _account(people)
    for _ in range(login_throttle.MAX_FAILURES):
        assert not await _logs_in(people, body["email"], "wrong")
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        assert (await _confirm(people, await _token(people, mailbox, body["email"]))).status_code == 204
    assert await _logs_in(people, body["email"], NEW)


async def test_the_server_is_away(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """The request is answered all the same."""
    _, body = await _account(people)
    monkeypatch.setattr(get_settings(), "smtp_host", "127.0.0.1")
    monkeypatch.setattr(get_settings(), "smtp_port", 1)
    assert (await _ask(people, body["email"])).status_code == 202
    await do_due()
    [job] = [job for job in await waiting("mail") if job["payload"]["kind"] == password_reset.RESET]
    assert job["attempts"] == 1


async def test_the_page_of_the_site(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mail leads to it, with the token where servers don't see it."""
    _, body = await _account(people)
    monkeypatch.setattr(get_settings(), "password_reset_url", "https://blog.example/reset")
    async with mail_server(monkeypatch, only=SUBJECTS) as mailbox:
        token = await _token(people, mailbox, body["email"])
    assert f"https://blog.example/reset#token={token}\n" in mailbox.texts()[-1]


@pytest.mark.parametrize("wrong", [{}, {"email": None}, {"email": "nobody"}, {"email": "a@example.com", "role": "admin"}])
async def test_requests_that_are_none(people: People, wrong: Body) -> None:
    """They are refused like any other."""
    refused(await people.anonymous.post("/auth/password-reset", wrong), 422, "role" if "role" in wrong else "email")


async def test_asking_twice_by_accident(people: People) -> None:
    """The same request under the same key asks once."""
    body = {"email": "somebody@example.com"}
    answers = [await people.anonymous.post("/auth/password-reset", body, idempotency_key="a") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 202]
    assert len(await waiting("mail")) == 1
