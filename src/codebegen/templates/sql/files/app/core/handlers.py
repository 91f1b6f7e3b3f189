"""Turns every exception into a problem."""

import logging
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import iter_route_contexts
from sqlalchemy.exc import DBAPIError, IntegrityError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.orm.exc import StaleDataError
from starlette.exceptions import HTTPException

from app.core.errors import ApiError, Conflict, FieldError, Invalid, Unavailable, problem_response

logger = logging.getLogger("app.errors")

BAD_REQUEST = 400
METHOD_NOT_ALLOWED = 405
MAX_ERRORS = 100  # of a request that is wrong in more places, the answer names the first
LOST_RACES = frozenset({"40001", "40P01"})  # PostgreSQL: serialization failure, deadlock
TOO_SLOW = "57014"  # PostgreSQL: a statement took longer than it may


def install_handlers(app: FastAPI) -> None:
    """Make an application answer with problems only."""
    app.exception_handler(ApiError)(_api_error)
    app.exception_handler(RequestValidationError)(_validation_error)
    app.exception_handler(HTTPException)(_http_error)
    app.exception_handler(IntegrityError)(_integrity_error)
    app.exception_handler(StaleDataError)(_stale_data)
    app.exception_handler(DBAPIError)(_database_error)
    app.exception_handler(NoConnectionError)(_no_connection)
    app.exception_handler(OSError)(_no_connection)  # of a request, only the database lies outside


async def _api_error(_request: Request, error: ApiError) -> Response:
    """Answer with what the application found."""
    return error.response()


async def _validation_error(_request: Request, error: RequestValidationError) -> Response:
    """Answer with the places and reasons, never with the input itself."""
    errors = [_field_error(item, malformed=isinstance(error.body, bytes)) for item in error.errors()[:MAX_ERRORS]]
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


async def _database_error(_request: Request, error: DBAPIError) -> Response:
    """Answer when the database gave up, or is not there; what remains is a bug."""
    state = getattr(error.orig, "sqlstate", None)
    if state == TOO_SLOW:
        logger.error("A statement took too long: %s", error.statement)
        return Unavailable().response()
    if state in LOST_RACES:
        return Conflict("Somebody else has changed this at the same time.").response()
    if error.connection_invalidated or isinstance(error, InterfaceError | OperationalError):
        return await _no_connection(_request, error)
    raise error


async def _no_connection(_request: Request, error: Exception) -> Response:
    """Answer when no connection to the database could be had."""
    logger.error("The database is not available: %s", error)
    return Unavailable().response()
