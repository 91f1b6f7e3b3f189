"""Asking for a mail."""

from app.core import types
from app.schemas import base


class MailRequest(base.Input):
    """The address that a mail is asked for."""

    email: types.Email


class MailAccepted(base.Output):
    """The answer to it, whether or not there is such an account."""

    detail: str = "If there is such an account, a mail is on its way."
