"""What happens to every request: an id, a log line, security headers, a limit for the body, a calm answer to bugs."""

import logging
import re
import secrets
import time

from fastapi import HTTPException
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.errors import problem_response
from app.core.logging import request_id

logger = logging.getLogger("app.requests")

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
SECURITY_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"strict-transport-security", b"max-age=31536000; includeSubDomains"),
)
API_HEADERS = (
    *SECURITY_HEADERS,
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)


class RequestMiddleware:
    """Names, logs and protects every request."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        given = Headers(scope=scope).get("x-request-id", "")
        current = given if REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
        token = request_id.set(current)
        started = time.perf_counter()
        status: int | None = None

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                protection = API_HEADERS if scope["path"].startswith("/api/") else SECURITY_HEADERS
                message["headers"] = [*message["headers"], (b"x-request-id", current.encode()), *protection]
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception:
            logger.exception("Unexpected error")
            if status is not None:
                raise
            response = problem_response(500, "Something went wrong. It has been logged.")
            await response(scope, receive, send_with_headers)
        finally:
            _log(scope, status, time.perf_counter() - started)
            request_id.reset(token)


def _log(scope: Scope, status: int | None, seconds: float) -> None:
    """Write one line about a finished request."""
    if logger.isEnabledFor(logging.INFO):
        data = {
            "method": scope["method"],
            "path": scope["path"],
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
        }
        logger.info("request", extra={"data": data})


class BodyLimitMiddleware:
    """Refuses bodies that are too large, whether or not they say so."""

    def __init__(self, app: ASGIApp, max_bytes: int) -> None:
        """Wrap an application."""
        self.app = app
        self.max_bytes = max_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdecimal() and int(announced) > self.max_bytes:
            await problem_response(413, self._detail)(scope, receive, send)
            return
        received = 0

        async def receive_within_limit() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self.max_bytes:
                raise HTTPException(413, self._detail)
            return message

        await self.app(scope, receive_within_limit, send)

    @property
    def _detail(self) -> str:
        """Say what the limit is."""
        return f"The body must not exceed {self.max_bytes} bytes."
