"""A bounded, repeatable property-based attack on the running application, through its own OpenAPI document.

Arguments, as one JSON object: `login` (path of the password form, or empty), `seconds` (the budget of the attack
itself), `examples` (random cases for each operation), `seed`.
"""

import json
import re
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from schemathesis.engine.recorder import CheckFailureInfo, Interaction, ScenarioRecorder
from schemathesis.schemas import BaseSchema

from codebegen.verify.drivers.common import described, finding, note, save, shortened
from codebegen.verify.drivers.server import NotStartedError, call, serving, token

# What changes the attacker's own account comes last, and what ends its session never does.
ENDS_SESSION = r"/auth/(logout|refresh)$"
OWN_ACCOUNT = r"/(users|auth|account)(/|$)"
# A reference to a row that is not there is rightly refused, so valid data need not be accepted.
CHECKS_OFF = ("positive_data_acceptance",)


@dataclass
class Tally:
    """What was done and found so far; one finding for each operation and check."""

    cases: int = 0
    operations: set[str] = field(default_factory=set)
    findings: dict[tuple[str, str], dict[str, str]] = field(default_factory=dict)
    cut: bool = False


def configuration(base: str, bearer: str, options: Mapping[str, Any]) -> SchemathesisConfig:
    """Deterministic, without files, all checks but the ones that a contract of ours contradicts."""
    return SchemathesisConfig.from_dict(
        {
            "seed": options["seed"],
            "base-url": base,
            "headers": {"Authorization": f"Bearer {bearer}"} if bearer else {},
            "continue-on-failure": True,
            "request-timeout": 10,
            "cache": {"enabled": False},
            "generation": {
                "deterministic": True,
                "database": "none",
                "max-examples": options["examples"],
                "mode": "all",
                "no-shrink": True,
            },
            "phases": {"stateful": {"enabled": False}},
            "checks": {name: {"enabled": False} for name in CHECKS_OFF},
        }
    )


def attack(schema: BaseSchema, tally: Tally, deadline: float) -> None:
    """Run one schema, and stop when the time is over."""
    stream = from_schema(schema).execute()
    for event in stream:
        if isinstance(event, events.ScenarioFinished):
            count(event, tally)
        elif isinstance(event, events.NonFatalError):
            problem = finding(f"could not be attacked: {described(event.value)}", event.label)
            tally.findings.setdefault((event.label, "error"), problem)
        elif isinstance(event, events.FatalError):
            tally.findings[("", "fatal")] = finding(f"the attack broke off: {described(event.exception)}")
        if time.monotonic() > deadline and not tally.cut:
            tally.cut = True
            stream.stop()


def count(event: events.ScenarioFinished, tally: Tally) -> None:
    """Take in one scenario."""
    recorder = event.recorder
    if recorder.interactions:
        tally.operations.add(recorder.label)
    tally.cases += len(recorder.interactions)
    for case_id, name, info in failures_of(recorder):
        failure = info.failure
        operation = failure.operation or recorder.label
        exchange = recorder.interactions.get(failure.case_id or case_id)
        message = f"{failure.title}: {first_line(failure.message)}{exchange_text(exchange)}"
        key = (operation, failure.title)
        tally.findings.setdefault(key, finding(message, operation, f"check: {name}"))


def failures_of(recorder: ScenarioRecorder) -> Iterator[tuple[str, str, CheckFailureInfo]]:
    """The failed checks of a scenario."""
    for case_id, checks in recorder.checks.items():
        for check in checks:
            if check.failure_info is not None:
                yield case_id, check.name, check.failure_info


def first_line(text: str) -> str:
    """The message without its explanations."""
    return re.sub(r"\s+", " ", shortened(text.strip().partition("\n\n")[0]))


def exchange_text(exchange: Interaction | None) -> str:
    """What was sent and what came back, each short enough to read."""
    if exchange is None:
        return ""
    request, response = exchange.request, exchange.response
    body = as_text(request.body) if request.body else ""
    path = re.sub(r"^https?://[^/]+", "", request.uri)
    sent = f"; sent {request.method} {path[:160]}{' ' + body[:200] if body else ''}"
    if response is None:
        return sent + "; nothing came back"
    return f"{sent}; came back {response.status_code} {as_text(response.content or b'')[:200]}"


def as_text(body: bytes | str) -> str:
    """Bytes for reading."""
    return body.decode("utf-8", errors="backslashreplace") if isinstance(body, bytes) else str(body)


def run(base: str, options: Mapping[str, Any], tally: Tally) -> None:
    """Log in, read the document that is served, and attack: first what is harmless to the attacker."""
    bearer = token(base, options["login"]) if options["login"] else ""
    document = json.loads(call(base + "/openapi.json").text)
    deadline = time.monotonic() + options["seconds"]
    for others in (True, False):
        schema = schemathesis.openapi.from_dict(document, config=configuration(base, bearer, options))
        chosen = schema.exclude(path_regex=ENDS_SESSION)
        chosen = chosen.exclude(path_regex=OWN_ACCOUNT) if others else chosen.include(path_regex=OWN_ACCOUNT)
        if not tally.cut:
            attack(chosen, tally, deadline)


def main() -> None:
    """Start the application, attack it, and leave the tally."""
    options = json.loads(sys.argv[1])
    tally = Tally()
    started = time.monotonic()
    try:
        with serving() as base:
            started = time.monotonic()
            run(base, options, tally)
    except NotStartedError as error:
        tally.findings[("", "start")] = finding(f"the application does not start: {error}", "app.main:app")
    except ValueError as error:
        hint = "The gate logs in as the first administrator that the settings name."
        tally.findings[("", "login")] = finding(f"the login failed: {error}", f"POST {options['login']}", hint)
    seconds = time.monotonic() - started
    note(f"{tally.cases} cases in {seconds:.1f} s")
    found = list(tally.findings.values())
    save(found, cases=tally.cases, operations=len(tally.operations), seconds=seconds, cut=tally.cut)


if __name__ == "__main__":
    main()
