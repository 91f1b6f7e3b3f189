"""How mail leaves: by SMTP, or into the log where no server is set."""

import logging
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

import aiosmtplib

from app.core.config import Environment, get_settings

logger = logging.getLogger("app.mail")


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one address; the same ``key`` tells who gets it twice that it is the same."""

    recipient: str
    subject: str
    text: str
    key: str = ""


class NotSentError(Exception):
    """The server did not take a mail."""


async def send(letter: Letter) -> None:
    """Hand a mail to the server of the settings, or write it to the log."""
    if get_settings().smtp_host:
        await _send_by_smtp(letter)
    else:
        _write_to_log(letter)


async def _send_by_smtp(letter: Letter) -> None:
    """Hand a mail to a server; without the security that is set, nothing is handed over."""
    settings = get_settings()
    try:
        await aiosmtplib.send(
            _message(letter),
            hostname=settings.smtp_host,
            port=settings.smtp_port,
            username=settings.smtp_username or None,
            password=settings.smtp_password.get_secret_value() or None,
            use_tls=settings.smtp_security == "tls",
            start_tls=settings.smtp_security == "starttls",
            timeout=settings.smtp_timeout_seconds,
        )
    except (aiosmtplib.SMTPException, OSError) as error:
        raise NotSentError(type(error).__name__) from error


def _message(letter: Letter) -> EmailMessage:
    """Return a mail as it is sent."""
    message = EmailMessage()
    sender = get_settings().mail_from
    message["From"] = sender
    message["To"] = letter.recipient
    message["Subject"] = letter.subject
    message["Date"] = formatdate()
    domain = sender.rpartition("@")[2]
    message["Message-ID"] = f"<{letter.key}@{domain}>" if letter.key else make_msgid(domain=domain)
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text)
    return message


def _write_to_log(letter: Letter) -> None:
    """Write a mail to the log, which may not hold what is in it once the application is in use."""
    data: dict[str, object] = {"subject": letter.subject}
    if get_settings().environment is Environment.PRODUCTION:
        logger.error("SMTP_HOST is not set: a mail was not sent", extra={"data": data})
        return
    data |= {"recipient": letter.recipient, "lines": letter.text.splitlines()}
    logger.warning("SMTP_HOST is not set: this mail is only written here", extra={"data": data})
