"""What mail people want."""

from pydantic import MISSING

from app.core import types
from app.schemas import base


class MailPreferenceRead(base.Output):
    """What an account gets."""

    notifications: bool


class MailPreferenceUpdate(base.Input):
    """What it chooses."""

    notifications: types.Boolean | MISSING = MISSING
