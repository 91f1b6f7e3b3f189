"""Mail arrives, even if the server is away for a while, and is never sent with less security than was set."""

import asyncio
import logging
from datetime import timedelta

import pytest
from pydantic import SecretStr
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.config import Environment, get_settings
from app.core.database import transaction
from app.core.errors import TooManyRequests
from app.core.mail import Letter, NotSentError, send
from app.core.types import utcnow
from app.services import letters, outbox, postman
from app.services.outbox import Outbox
from app.services.postman import Postman, deliver_due
from tests.kit import database
from tests.kit.mail import mail_server

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("people")]

LETTER = Letter("ada@example.com", "Grüße", "Hello,\n\n.\nA line with a dot alone.\n")
KIND = "test"


@pytest.fixture(autouse=True)
def _letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """Know how to write the mail of these tests; there is none for nobody."""

    async def write(_session: AsyncSession, email: str) -> Letter | None:
        return None if email == "nobody@example.com" else Letter(email, LETTER.subject, LETTER.text)

    monkeypatch.setitem(letters.WRITERS, KIND, write)


async def _post(recipient: str = LETTER.recipient) -> None:
    """Put a mail into the outbox."""
    async with transaction() as session:
        Outbox(session).add(KIND, recipient)
        await session.commit()


async def _ask(recipient: str, client: str = "10.0.0.1") -> None:
    """Ask for a mail."""
    async with transaction() as session:
        await Outbox(session).ask(KIND, recipient, client)


async def _waits() -> int:
    """Return how many mails are in the outbox."""
    return len(await database.rows("outgoing_mails"))


async def _time_passes(time: timedelta) -> None:
    """Make everything in the outbox older."""
    for row in await database.rows("outgoing_mails"):
        await database.change("outgoing_mails", row["id"], due_at=row["due_at"] - time)


async def test_it_arrives_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever letters and lines it has; and it is sent once."""
    async with mail_server(monkeypatch) as mailbox:
        await _post()
        await deliver_due()
        await deliver_due()
    [message] = mailbox.messages
    assert (message["To"], message["Subject"], message["From"]) == (
        LETTER.recipient,
        LETTER.subject,
        get_settings().mail_from,
    )
    assert message["Auto-Submitted"] == "auto-generated"
    assert message["Message-ID"]
    assert mailbox.texts() == [LETTER.text]
    assert await _waits() == 0


async def test_the_postman_works_by_himself(monkeypatch: pytest.MonkeyPatch) -> None:
    """He begins with the application and ends with it, and an error does not stop him."""
    monkeypatch.setattr(postman, "PAUSE", timedelta(milliseconds=5))
    worker = Postman()
    async with mail_server(monkeypatch) as mailbox:
        with monkeypatch.context() as broken:
            broken.delitem(letters.WRITERS, KIND)
            broken.setattr(postman, "LEASE", timedelta(0))
            await _post()
            worker.start()
            await asyncio.sleep(0.05)
        for _ in range(400):
            if mailbox.messages:
                break
            await _time_passes(postman.LEASE)
            await asyncio.sleep(0.01)
        await worker.stop()
    assert mailbox.texts() == [LETTER.text]


async def test_it_logs_in(monkeypatch: pytest.MonkeyPatch) -> None:
    """The server may want a name and a password; with wrong ones nothing is sent."""
    async with mail_server(monkeypatch, account=("app", "secret")) as mailbox:
        monkeypatch.setattr(get_settings(), "smtp_username", "app")
        for password in ("wrong", "secret"):
            monkeypatch.setattr(get_settings(), "smtp_password", SecretStr(password))
            if password == "wrong":
                with pytest.raises(NotSentError):
                    await send(LETTER)
            else:
                await send(LETTER)
    assert mailbox.texts() == [LETTER.text]


@pytest.mark.parametrize("security", ["starttls", "tls"])
async def test_no_less_security_than_was_set(monkeypatch: pytest.MonkeyPatch, security: str) -> None:
    """A server that has no TLS gets neither the password nor the mail."""
    async with mail_server(monkeypatch) as mailbox:
        monkeypatch.setattr(get_settings(), "smtp_security", security)
        with pytest.raises(NotSentError):
            await send(LETTER)
    assert mailbox.messages == []


async def test_the_server_is_away(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """The mail waits, longer after each failure, and arrives when the server is back."""
    await _post()
    async with mail_server(monkeypatch) as mailbox:
        port = mailbox.port
        mailbox.answer = "451 later"
        await deliver_due()
        [row] = await database.rows("outgoing_mails")
        assert row["attempts"] == 1
        assert row["due_at"] > utcnow() + postman.DELAY - timedelta(seconds=5)
    monkeypatch.setattr(get_settings(), "smtp_port", port)  # nobody listens there any more
    await _time_passes(postman.DELAY)
    await deliver_due()
    [row] = await database.rows("outgoing_mails")
    assert row["due_at"] > utcnow() + 2 * postman.DELAY - timedelta(seconds=5)
    assert LETTER.recipient not in caplog.text
    async with mail_server(monkeypatch) as mailbox:
        await deliver_due()
        assert mailbox.messages == []
        await _time_passes(2 * postman.DELAY)
        await deliver_due()
    assert mailbox.texts() == [LETTER.text]


async def test_it_is_given_up_in_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail that nobody takes is forgotten after many tries."""
    await _post()
    async with mail_server(monkeypatch) as mailbox:
        mailbox.answer = "550 no such mailbox"
        for _ in range(postman.MAX_ATTEMPTS):
            assert await _waits() == 1
            await deliver_due()
            await _time_passes(timedelta(days=1))
        await deliver_due()
    assert await _waits() == 0


async def test_it_dies_in_the_middle(monkeypatch: pytest.MonkeyPatch) -> None:
    """What was taken by a process that is gone is due again after a while, and not before."""

    async def die(_letter: Letter) -> None:
        raise asyncio.CancelledError

    await _post()
    with monkeypatch.context() as dying:
        dying.setattr(postman, "send", die)
        with pytest.raises(asyncio.CancelledError):
            await deliver_due()
    async with mail_server(monkeypatch) as mailbox:
        await deliver_due()
        assert mailbox.messages == []
        await _time_passes(postman.LEASE)
        await deliver_due()
    assert mailbox.texts() == [LETTER.text]


async def test_several_deliver_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each mail is sent by one of them."""
    recipients = {f"person{number}@example.com" for number in range(5)}
    for recipient in recipients:
        await _post(recipient)
    async with mail_server(monkeypatch) as mailbox:
        await asyncio.gather(*(deliver_due() for _ in range(4)))
    assert sorted(message["To"] for message in mailbox.messages) == sorted(recipients)


async def test_nothing_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no mail for an address, none is sent, and none waits."""
    await _post("nobody@example.com")
    async with mail_server(monkeypatch) as mailbox:
        await deliver_due()
    assert mailbox.messages == []
    assert await _waits() == 0


async def test_nobody_is_flooded() -> None:
    """An address gets only so much in a while, and nobody is told when it was too much."""
    for _ in range(outbox.MAX_TO_ADDRESS + 2):
        await _ask(LETTER.recipient)
    assert await _waits() == outbox.MAX_TO_ADDRESS
    await _ask("another@example.com")
    assert await _waits() == outbox.MAX_TO_ADDRESS + 1
    await database.change_all("mail_counts", since=utcnow() - outbox.WINDOW)
    await _ask(LETTER.recipient)
    assert await _waits() == outbox.MAX_TO_ADDRESS + 2


async def test_nobody_floods(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that asks for too much has to wait; others don't."""
    monkeypatch.setattr(outbox, "MAX_OF_CLIENT", 2)
    for number in range(2):
        await _ask(f"person{number}@example.com")
    with pytest.raises(TooManyRequests) as refusal:
        await _ask("another@example.com")
    assert int(refusal.value.headers["Retry-After"]) <= outbox.WINDOW.total_seconds()
    assert await _waits() == 2
    await _ask("another@example.com", client="10.0.0.2")
    assert await _waits() == 3


async def test_without_a_server(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Mail is written to the log, but for what is in it once the application is in use."""
    caplog.set_level(logging.WARNING, "app.mail")
    await send(LETTER)
    assert [getattr(record, "data", {}).get("lines") for record in caplog.records] == [LETTER.text.splitlines()]
    caplog.clear()
    monkeypatch.setattr(get_settings(), "environment", Environment.PRODUCTION)
    await send(LETTER)
    [record] = caplog.records
    assert record.levelno == logging.ERROR
    assert getattr(record, "data", {}).keys() == {"subject"}


def test_production_needs_a_sender(monkeypatch: pytest.MonkeyPatch) -> None:
    """Mail that leaves the machine comes from somebody."""
    settings = {"ENVIRONMENT": "production", "SECRET_KEY": 32 * "x", "SMTP_HOST": "mail.example.com", "MAIL_FROM": ""}
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SystemExit, match="MAIL_FROM"):
        get_settings.__wrapped__()
    monkeypatch.setenv("MAIL_FROM", "app@example.com")
    assert get_settings.__wrapped__().mail_from == "app@example.com"
