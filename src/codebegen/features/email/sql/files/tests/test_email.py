"""Notifications by mail: once, when the server takes them, and to nobody who does not want them."""

from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from app import models
from app.core.config import get_settings
from app.core.database import transaction
from app.core.types import utcnow
from app.services import job_worker, notices
from app.services.happenings import Created
from app.services.job_queue import enqueue
from app.services.job_worker import do_due
from app.services.notices import Notice, Told
from tests.kit import database
from tests.kit.checks import refused
from tests.kit.jobs import due_of, empty_queue, time_passes, waiting
from tests.kit.mail import mail_server
from tests.kit.notes import note, told
from tests.kit.people import People, register

pytestmark = pytest.mark.anyio

EVENT = "welcome"
SUBJECT = "Your account was created"
PATH = "/mail-preferences"


@pytest.fixture
def welcome(monkeypatch: pytest.MonkeyPatch) -> None:
    """Greet new accounts by mail."""
    greeting = Notice(
        EVENT, Created(), "was created", sa.select(models.User), models.User.id, key="id", by_email=True
    )
    monkeypatch.setattr(notices, "TOLD", {models.User: Told("Your account", (greeting,))})
    monkeypatch.setitem(notices.NOTICES, EVENT, greeting)


async def _mail(notification_id: int) -> None:
    """Have a notification mailed."""
    await empty_queue()
    async with transaction() as session:
        enqueue(session, "notification_mail", {"id": notification_id})
        await session.commit()


@pytest.mark.usefixtures("welcome")
async def test_it_comes_after_what_causes_it(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """To the account that is told, with what it is told."""
    monkeypatch.setattr(get_settings(), "notification_url", "https://example.com/inbox")
    async with mail_server(monkeypatch, only=(SUBJECT,)) as mailbox:
        caller, body = await register(people.anonymous.client)
        assert mailbox.messages == []
        assert await told(EVENT) == [caller.id]
    [message] = mailbox.messages
    assert message["To"] == body["email"]
    assert "https://example.com/inbox" in message.get_content()


@pytest.mark.usefixtures("welcome")
async def test_the_server_is_away(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """What causes the mail succeeds, the inbox is filled, and the mail comes when the server is back."""
    async with mail_server(monkeypatch, only=(SUBJECT,)) as mailbox:
        mailbox.answer = "451 later"
        caller, _ = await register(people.anonymous.client)
        before = utcnow()
        assert await told(EVENT) == [caller.id]
        assert await due_of("notification_mail") >= before + job_worker.DELAY
        mailbox.answer = "250 taken"
        await time_passes(job_worker.DELAY)
        assert await told(EVENT) == [caller.id]
    assert len(mailbox.messages) == 1


@pytest.mark.usefixtures("people")
async def test_a_mail_that_comes_twice(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """If a worker dies after the server took it, it is sent again, and can be told by its number."""
    made = await note(people.user.id)
    async with mail_server(monkeypatch) as mailbox:
        for _ in range(2):
            await _mail(made)
            await do_due()
        await _mail(await note(people.user.id))
        await do_due()
    first, second, other = (message["Message-ID"] for message in mailbox.messages)
    assert first == second != other


@pytest.mark.parametrize("reason", ["read", "thrown away", "not wanted", "ended"])
async def test_no_mail_any_more(people: People, monkeypatch: pytest.MonkeyPatch, reason: str) -> None:
    """What was read or thrown away is not mailed, nor is anything to those who don't want it or are gone."""
    caller, _ = await register(people.anonymous.client)
    made = await note(caller.id)
    if reason == "read":
        await caller.put(f"/notifications/{made}/read")
    elif reason == "thrown away":
        await caller.delete(f"/notifications/{made}")
    elif reason == "not wanted":
        assert (await caller.patch(PATH, {"notifications": False})).json() == {"notifications": False}
    else:
        await database.change("users", caller.id, is_active=False)
    async with mail_server(monkeypatch) as mailbox:
        await _mail(made)
        await do_due()
    assert mailbox.messages == []
    assert await waiting() == []


async def test_preferences(people: People) -> None:
    """Mail is on until it is switched off, for one's own account."""
    caller, _ = await register(people.anonymous.client)
    assert await caller.read(PATH) == {"notifications": True}
    choices: list[dict[str, Any]] = [{"notifications": False}, {}, {"notifications": True}]
    for choice, result in zip(choices, (False, False, True), strict=True):
        assert (await caller.patch(PATH, choice)).json() == {"notifications": result}
        assert await caller.read(PATH) == {"notifications": result}
    assert await people.user.read(PATH) == {"notifications": True}
    for wrong in ({"notifications": None}, {"notifications": "no"}, {"letters": True}):
        refused(await caller.patch(PATH, wrong), 422)
    refused(await people.anonymous.get(PATH), 401)
    refused(await people.anonymous.patch(PATH, {}), 401)


@pytest.mark.usefixtures("welcome")
async def test_it_is_given_up_in_the_end(people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mailbox that does not exist is not tried for ever; the inbox has it in any case."""
    async with mail_server(monkeypatch) as mailbox:
        caller, _ = await register(people.anonymous.client)
        mailbox.answer = "550 no such mailbox"
        for _ in range(job_worker.MAX_ATTEMPTS + 1):
            await do_due()
            await time_passes(timedelta(days=1))
    assert await waiting() == []
    assert len(await caller.ids("/notifications")) == 1
    [row] = [row for row in await database.rows("queued_jobs") if row["kind"] == "notification_mail"]
    assert row["created_at"] < utcnow()
    assert row["error"] == "NotSentError"
