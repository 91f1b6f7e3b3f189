"""Verifying an e-mail address."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from app.core import types
from app.schemas import base


class EmailVerification(base.Input):
    """The token that was sent to an address."""

    token: Annotated[types.Text, Field(min_length=1, max_length=200)]


class EmailVerificationRead(base.Output):
    """Whether one's own address is verified, and since when."""

    email: str
    verified: bool
    verified_at: datetime | None
