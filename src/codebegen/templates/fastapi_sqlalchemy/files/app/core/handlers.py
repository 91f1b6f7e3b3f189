"""Turns every exception into a problem."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from app.core.errors import ApiError, Conflict, FieldError, Invalid, problem_response

BAD_REQUEST = 400
METHOD_NOT_ALLOWED = 405


def install_handlers(app: FastAPI) -> None:
    """Make an application answer with problems only."""
    app.exception_handler(ApiError)(_api_error)
    app.exception_handler(RequestValidationError)(_validation_error)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(IntegrityError)(_integrity_error)
    app.exception_handler(StaleDataError)(_stale_data)


async def _api_error(_request: Request, error: ApiError) -> Response:
    """Answer with what the application found."""
    return error.response()


async def _validation_error(_request: Request, error: RequestValidationError) -> Response:
    """Answer with the places and reasons, never with the input itself."""
    errors = [_field_error(item, malformed=isinstance(error.body, bytes)) for item in error.errors()]
    return problem_response(Invalid.status, "The request is invalid.", errors=errors)


def _field_error(item: Mapping[str, Any], *, malformed: bool) -> FieldError:
    """Return one error of pydantic in our words."""
    if malformed and item["loc"] == ("body",):
        return FieldError(loc=["body"], message="The body is not valid JSON.", type="json_invalid")
    return FieldError(loc=list(item["loc"]), message=item["msg"], type=item["type"])


async def _http_error(request: Request, error: HTTPException) -> Response:
    """Answer for the framework: unknown paths and methods, unreadable forms."""
    if error.status_code == BAD_REQUEST:
        return Invalid("body", message=error.detail).response()
    headers = error.headers
    if error.status_code == METHOD_NOT_ALLOWED:
        headers = {"Allow": ", ".join(_methods(request))}
    return problem_response(error.status_code, error.detail, headers=headers)


def _methods(request: Request) -> list[str]:
    """Return every method of a path; the framework knows only those of the first route."""
    path = request.url.path
    contexts = [context for context in iter_route_contexts(request.app.routes) if context.path_regex.match(path)]
    return sorted({method for context in contexts for method in context.methods or ()})


async def _integrity_error(_request: Request, error: IntegrityError) -> Response:
    """Answer when a constraint of the database refused a change."""
    foreign_key = "FOREIGN KEY" in str(error.orig).upper()
    return Conflict(
        "Something else refers to this, or what this refers to is gone."
        if foreign_key
        else "This value is taken: it must be unique."
    ).response()


async def _stale_data(_request: Request, _error: StaleDataError) -> Response:
    """Answer when somebody else was faster."""
    return Conflict("Somebody else has changed this at the same time.").response()
