"""Traces, for OpenTelemetry: a span for each request and each statement, sent to a collector where one is set.

A request that comes with a ``traceparent`` continues that trace. Spans are sent in the background, and dropped where
the collector does not take them: no request waits for it.
"""

import asyncio
from typing import Any

import sqlalchemy as sa
from opentelemetry import context, propagate, trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.sampling import ParentBased, TraceIdRatioBased
from opentelemetry.trace import Span, SpanKind, StatusCode
from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.core.config import Settings
from app.core.database import autocommit_engine, engine
from app.core.path_templates import method_of, template_of

SERVER_ERROR = 500
TIMEOUT_SECONDS = 5
ENGINES = (engine.sync_engine, autocommit_engine.sync_engine)


class Tracing:
    """Makes spans and sends them, while it is started."""

    def __init__(self) -> None:
        """Trace nothing yet."""
        self._provider: TracerProvider | None = None

    @property
    def tracer(self) -> trace.Tracer | None:
        """Return what makes spans, if there is a collector."""
        return None if self._provider is None else self._provider.get_tracer("app")

    def start(self, settings: Settings) -> None:
        """Send spans to the collector that is set, if there is one."""
        if not settings.otel_exporter_otlp_endpoint:
            return
        self._provider = TracerProvider(
            sampler=ParentBased(TraceIdRatioBased(settings.otel_traces_sampler_arg)),
            resource=Resource.create({"service.name": settings.otel_service_name}),
            shutdown_on_exit=False,
        )
        endpoint = settings.otel_exporter_otlp_endpoint.rstrip("/") + "/v1/traces"
        self._provider.add_span_processor(
            BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, timeout=TIMEOUT_SECONDS))
        )
        for one in ENGINES:
            sa.event.listen(one, "before_cursor_execute", self._begin)
            sa.event.listen(one, "after_cursor_execute", _end)
            sa.event.listen(one, "handle_error", _fail)

    async def stop(self) -> None:
        """Send what is left, and make no more."""
        provider, self._provider = self._provider, None
        if provider is None:
            return
        for one in ENGINES:
            sa.event.remove(one, "before_cursor_execute", self._begin)
            sa.event.remove(one, "after_cursor_execute", _end)
            sa.event.remove(one, "handle_error", _fail)
        await asyncio.to_thread(provider.shutdown)

    def _begin(
        self, _connection: sa.Connection, _cursor: Any, statement: str, _values: Any, execution: Any, _many: object
    ) -> None:
        """Begin the span of a statement; its values are nobody's business."""
        if self.tracer is not None and execution is not None:
            attributes = {"db.system.name": engine.dialect.name, "db.query.text": statement}
            name = statement.split(maxsplit=1)[0].upper()
            execution.span = self.tracer.start_span(name, kind=SpanKind.CLIENT, attributes=attributes)


def _end(_connection: Any, _cursor: Any, _statement: str, _values: Any, execution: Any, _many: object) -> None:
    """End the span of a statement."""
    span: Span | None = getattr(execution, "span", None)
    if span is not None:
        span.end()


def _fail(happened: sa.ExceptionContext) -> None:
    """End the span of a statement that failed."""
    span: Span | None = getattr(happened.execution_context, "span", None)
    if span is not None and span.is_recording():
        span.set_status(StatusCode.ERROR, type(happened.original_exception).__name__)
        span.end()


tracing = Tracing()


class TracingMiddleware:
    """Makes a span for each request."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap an application."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        tracer = tracing.tracer
        if tracer is None or scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        method, template = method_of(scope), template_of(scope)
        given: context.Context = propagate.extract(dict(Headers(scope=scope)))
        attributes = {"http.request.method": method, "http.route": template, "url.path": scope["path"]}
        with tracer.start_as_current_span(
            f"{method} {template}", context=given, kind=SpanKind.SERVER, attributes=attributes
        ) as span:

            async def send_and_note(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                    if message["status"] >= SERVER_ERROR:
                        span.set_status(StatusCode.ERROR)
                await send(message)

            await self.app(scope, receive, send_and_note)
