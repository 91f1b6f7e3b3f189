"""Errors, as exceptions inside and as RFC 9457 problems outside.

ApiError
├── Unauthorized          401  who are you?
├── Forbidden             403  you may see it, but not do this
├── NotFound              404  it does not exist, or not for you
├── Conflict              409  it does not fit the present state
├── PreconditionFailed    412  it has changed since you read it
├── Invalid               422  the request says something that can't be
├── TooManyRequests       429  later, please
└── Unavailable           503  the database does not answer
"""

import json
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from fastapi import Response
from pydantic import BaseModel

PROBLEM_MEDIA_TYPE = "application/problem+json"


class FieldError(BaseModel):
    """One thing that is wrong with a request, and where."""

    loc: list[str | int]
    message: str
    type: str


class Problem(BaseModel):
    """Body of every error answer."""

    type: str
    title: str
    status: int
    detail: str


class ValidationProblem(Problem):
    """Body of a 422 answer."""

    errors: list[FieldError]


class ApiError(Exception):
    """Base of all errors that are answered with a problem."""

    status: ClassVar[int]

    def __init__(
        self, detail: str, *, headers: Mapping[str, str] | None = None, errors: Sequence[FieldError] | None = None
    ) -> None:
        """Describe the problem for the client."""
        super().__init__(detail)
        self.detail = detail
        self.headers = dict(headers or {})
        self.errors = errors

    def response(self) -> Response:
        """Return the answer."""
        return problem_response(self.status, self.detail, headers=self.headers, errors=self.errors)


class Unauthorized(ApiError):
    """The caller is not known."""

    status = 401

    def __init__(self, detail: str = "Authentication is required.") -> None:
        """Ask for a bearer token."""
        super().__init__(detail, headers={"WWW-Authenticate": "Bearer"})


class Forbidden(ApiError):
    """The caller may see this, but not do that."""

    status = 403

    def __init__(self, detail: str = "You may not do this.") -> None:
        """Refuse."""
        super().__init__(detail)


class NotFound(ApiError):
    """It does not exist, or the caller may not know of it."""

    status = 404

    def __init__(self, detail: str = "Not found.") -> None:
        """Deny that it exists."""
        super().__init__(detail)


class Conflict(ApiError):
    """The request does not fit the present state."""

    status = 409


class PreconditionFailed(ApiError):
    """The resource has changed since the client read it."""

    status = 412


class Invalid(ApiError):
    """The request is well formed, but a value can't be accepted."""

    status = 422

    def __init__(self, *loc: str | int, message: str, kind: str = "value_error") -> None:
        """Point at the value that is wrong."""
        error = FieldError(loc=list(loc), message=message, type=kind)
        super().__init__("The request is invalid.", errors=[error])


class TooManyRequests(ApiError):
    """The client has to wait."""

    status = 429

    def __init__(self, detail: str, *, retry_after: int) -> None:
        """Say for how many seconds."""
        super().__init__(detail, headers={"Retry-After": str(retry_after)})


class Unavailable(ApiError):
    """Something that the application stands on does not answer."""

    status = 503

    def __init__(self) -> None:
        """Ask for patience, and tell nothing."""
        super().__init__("This does not work at the moment. Please try again.", headers={"Retry-After": "5"})


def problem_response(
    status: int,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    errors: Sequence[FieldError] | None = None,
) -> Response:
    """Return an RFC 9457 answer; ASCII only, because client text may hold lone surrogates."""
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    if errors is not None:
        body["errors"] = [error.model_dump() for error in errors]
    return Response(json.dumps(body), status, headers=headers, media_type=PROBLEM_MEDIA_TYPE)


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the OpenAPI entries of the error answers that a route can give."""
    return {status: _documented(status) for status in statuses}


def _documented(status: int) -> dict[str, Any]:
    """Return one OpenAPI entry; FastAPI adds the schemas by name."""
    schema = ValidationProblem if status == Invalid.status else Problem
    reference = {"$ref": f"#/components/schemas/{schema.__name__}"}
    return {
        "description": HTTPStatus(status).phrase,
        "content": {PROBLEM_MEDIA_TYPE: {"schema": reference}},
    }
