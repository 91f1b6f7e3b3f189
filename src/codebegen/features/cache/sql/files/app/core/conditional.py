"""`304 Not Modified`: a page that the client has is not sent again."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

Header = tuple[bytes, bytes]
_TAG = re.compile(r'W/"[^"]*"')


class ConditionalMiddleware:
    """Answers `GET` with 304 where the client names the weak ETag of what it would get; items have strong ones."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        known = _TAG.findall(Headers(scope=scope).get("if-none-match", "")) if scope["type"] == "http" else []
        if not known or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        is_known = False

        async def send_unless_known(message: Message) -> None:
            nonlocal is_known
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                is_known = message["status"] == 200 and headers.get("etag") in known  # noqa: PLR2004 - OK
                if is_known:
                    del headers["content-length"]
                    del headers["content-type"]
                    message = {**message, "status": 304, "headers": headers.raw}
            elif is_known:
                message = {**message, "body": b""}
            await send(message)

        await self.app(scope, receive, send_unless_known)


def with_one(name: bytes, headers: Sequence[Header]) -> list[Header]:
    """Return headers with only the first of a name."""
    first = next((header for header in headers if header[0] == name), None)
    return [header for header in headers if header[0] != name or header is first]


def add_not_modified(document: Mapping[str, Any]) -> None:
    """Document 304 for lists."""
    for item in document["paths"].values():
        operation = item.get("get", {})
        if any(parameter["name"] == "offset" for parameter in operation.get("parameters", ())):
            operation["responses"].setdefault("304", {"description": "Not Modified"})
