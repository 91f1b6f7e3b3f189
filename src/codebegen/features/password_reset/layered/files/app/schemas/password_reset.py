"""Choosing a new password."""

from typing import Annotated

from pydantic import Field

from app.core import types
from app.schemas import base


class PasswordReset(base.Input):
    """A new password, and the token that allows it."""

    token: Annotated[types.Text, Field(min_length=1, max_length=200)]
    password: types.Password
