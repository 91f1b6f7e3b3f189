"""Metrics of requests, for Prometheus: how many, how long, how many at the moment."""

import time

from prometheus_client import Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.path_templates import method_of, template_of

FAILED = 500
REQUESTS = Counter("http_requests", "Requests that were answered.", ["method", "path", "status"])
DURATION = Histogram("http_request_duration_seconds", "How long answers took, to their last byte.", ["method", "path"])
IN_FLIGHT = Gauge("http_requests_in_flight", "Requests that are being answered.")


class MetricsMiddleware:
    """Counts requests and measures how long they take."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request; one that breaks off before it is answered has failed."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method, path, status = method_of(scope), template_of(scope), FAILED
        started = time.perf_counter()

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with IN_FLIGHT.track_inprogress():
            try:
                await self.app(scope, receive, send_and_note)
            finally:
                DURATION.labels(method, path).observe(time.perf_counter() - started)
                REQUESTS.labels(method, path, status).inc()
