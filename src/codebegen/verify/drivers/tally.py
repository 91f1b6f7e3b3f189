"""What an attack has done and found, in words that a person can act on."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from schemathesis.core.failures import Failure
from schemathesis.core.transport import Response
from schemathesis.engine import events
from schemathesis.engine.recorder import Interaction

from codebegen.verify.drivers.common import described, finding, shortened

LONGEST_PART = 200


@dataclass
class Tally:
    """Counts, and one finding for each operation and kind of failure."""

    cases: int = 0
    operations: set[str] = field(default_factory=set)
    findings: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    cut: bool = False

    def problem(self, place: str, kind: str, message: str, hint: str = "") -> None:
        """Something that kept the attack itself from going on."""
        self.findings.setdefault((place, kind), finding(message, place, hint))

    def scenario(self, event: events.ScenarioFinished) -> None:
        """Take in one scenario of the engine."""
        recorder = event.recorder
        if recorder.interactions:
            self.operations.add(recorder.label)
        self.cases += len(recorder.interactions)
        for case_id, checks in recorder.checks.items():
            for failure in (check.failure_info.failure for check in checks if check.failure_info is not None):
                exchange = recorder.interactions.get(failure.case_id or case_id)
                self.failures(recorder.label, [failure], exchange_text(exchange))

    def failures(self, label: str, failures: Iterable[Failure], exchange: str) -> None:
        """Take in failed checks of one request."""
        for failure in failures:
            operation = failure.operation or label
            message = f"{failure.title}: {first_line(failure.message)}{exchange}"
            self.problem(operation, failure.title, message, f"check {type(failure).__name__} of the OpenAPI document")

    def event(self, event: events.EngineEvent) -> None:
        """Take in whatever the engine says."""
        if isinstance(event, events.ScenarioFinished):
            self.scenario(event)
        elif isinstance(event, events.NonFatalError):
            self.problem(event.label, "error", f"could not be attacked: {described(event.value)}")
        elif isinstance(event, events.FatalError):
            self.problem("", "fatal", f"the attack broke off: {described(event.exception)}")


def first_line(text: str) -> str:
    """The message without its explanations."""
    return re.sub(r"\s+", " ", shortened(text.strip().partition("\n\n")[0]))


def exchange_text(exchange: Interaction | None) -> str:
    """What was sent and what came back."""
    if exchange is None:
        return ""
    request = exchange.request
    return sent_text(request.method, request.uri, request.body, exchange.response)


def sent_text(method: str, url: str, body: object, response: Response | None) -> str:
    """The same from its parts, each short enough to read."""
    path = re.sub(r"^https?://[^/]+", "", url)
    sent = f"; sent {method} {path[:LONGEST_PART]}{' ' + as_text(body)[:LONGEST_PART] if body else ''}"
    if response is None:
        return sent + "; nothing came back"
    return f"{sent}; came back {response.status_code} {as_text(response.content)[:LONGEST_PART]}".rstrip()


def as_text(body: object) -> str:
    """Bytes for reading."""
    return body.decode("utf-8", errors="backslashreplace") if isinstance(body, bytes) else str(body)
