"""Mail arrives, even if the server is away for a while, and is never sent with less security than was set."""

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
from app.services import job_worker, letters, outbox
from app.services.job_worker import do_due
from app.services.outbox import Outbox
from tests.kit import database
from tests.kit.jobs import due_of, time_passes, waiting
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
    """Return how many mails wait."""
    return len(await waiting("mail"))


async def test_it_arrives_as_it_was_written(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever letters and lines it has; and it is sent once."""
    async with mail_server(monkeypatch) as mailbox:
        await _post()
        await do_due()
        await do_due()
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
        before = utcnow()
        await do_due()
        assert await due_of("mail") >= before + job_worker.DELAY
    monkeypatch.setattr(get_settings(), "smtp_port", port)  # nobody listens there any more
    await time_passes(job_worker.DELAY)
    before = utcnow()
    await do_due()
    assert await due_of("mail") >= before + 2 * job_worker.DELAY
    assert LETTER.recipient not in caplog.text
    async with mail_server(monkeypatch) as mailbox:
        await do_due()
        assert mailbox.messages == []
        await time_passes(2 * job_worker.DELAY)
        await do_due()
    assert mailbox.texts() == [LETTER.text]


async def test_nothing_to_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no mail for an address, none is sent, and none waits."""
    await _post("nobody@example.com")
    async with mail_server(monkeypatch) as mailbox:
        await do_due()
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
