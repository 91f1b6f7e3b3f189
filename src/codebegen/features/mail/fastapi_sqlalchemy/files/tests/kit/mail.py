"""A real SMTP server on a port of its own, and what arrives there."""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
import sqlalchemy as sa
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from app.core.config import get_settings
from app.core.database import transaction
from app.models import MailCount

TOKEN = re.compile(r"\S{43}$", re.MULTILINE)


@dataclass
class Mailbox:
    """Everything that arrived, or `only` what has one of some subjects: several features may write to one address."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    answer: str = "250 taken"
    needs_login: bool = False
    only: tuple[str, ...] = ()

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 - its name
        """Take a message, or refuse it."""
        message = message_from_bytes(envelope.original_content or b"", policy=policy.default)
        if self.needs_login and not session.authenticated:
            return "530 log in first"
        assert envelope.rcpt_tos == [message["To"]]
        if self.answer.startswith("2") and (not self.only or message["Subject"] in self.only):
            self.messages.append(message)
        return self.answer

    def texts(self) -> list[str]:
        """Return what the messages say."""
        return [message.get_content().replace("\r\n", "\n") for message in self.messages]

    def token(self) -> str:
        """Return the token of the last message."""
        found: str = TOKEN.findall(self.texts()[-1])[0]
        return found.rpartition("=")[2]


@asynccontextmanager
async def mail_server(
    monkeypatch: pytest.MonkeyPatch, *, account: tuple[str, str] | None = None, only: tuple[str, ...] = ()
) -> AsyncIterator[Mailbox]:
    """Run a server that the application sends to; with an account, it insists on a login."""
    mailbox, loop = Mailbox(needs_login=account is not None, only=only), asyncio.get_running_loop()

    def login(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: object) -> AuthResult:
        given = getattr(data, "login", b""), getattr(data, "password", b"")
        return AuthResult(success=account == tuple(part.decode() for part in given), handled=False)

    def answering() -> SMTP:
        return SMTP(mailbox, hostname="localhost", loop=loop, auth_require_tls=False, authenticator=login)

    server = await loop.create_server(answering, "127.0.0.1", 0)
    mailbox.port = server.sockets[0].getsockname()[1]
    chosen = {"smtp_host": "127.0.0.1", "smtp_port": mailbox.port, "smtp_security": "none", "smtp_timeout_seconds": 30.0}
    for name, value in chosen.items():
        monkeypatch.setattr(get_settings(), name, value)
    async with server:
        yield mailbox


async def forget_counts() -> None:
    """Forget how much mail was asked for."""
    async with transaction() as session:
        await session.execute(sa.delete(MailCount))
        await session.commit()
