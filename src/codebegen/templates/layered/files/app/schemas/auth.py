"""Logging in and out."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from app.core import types
from app.schemas import base


class LoginForm(BaseModel):
    """The OAuth2 password form; ``username`` is the e-mail address."""

    username: Annotated[types.Text, Field(min_length=1, max_length=254)]
    password: Annotated[types.Text, Field(min_length=1, max_length=1024, json_schema_extra={"format": "password"})]
    grant_type: Literal["password"] = "password"
    scope: Annotated[types.Text, Field(max_length=1000)] = ""
    client_id: Annotated[types.Text, Field(max_length=1000)] | None = None
    client_secret: Annotated[types.Text, Field(max_length=1000)] | None = None


class RefreshRequest(base.Input):
    """A refresh token to be exchanged."""

    refresh_token: Annotated[types.Text, Field(min_length=1, max_length=4096)]


class TokenRead(base.Output):
    """Tokens of one login."""

    access_token: str
    refresh_token: str
    token_type: Literal["bearer"] = "bearer"
    expires_in: Annotated[int, Field(description="Seconds for which the access token is good.")]
