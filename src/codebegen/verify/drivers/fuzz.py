"""A bounded, repeatable property-based attack on the running application, through its own OpenAPI document.

Random cases for every operation come first; then the boundaries of every parameter and body, one case for each
operation in turn, so that a budget that ends early has still touched everything; last the attacker's own account.

Arguments, as one JSON object: `login` (path of the password form, or empty), `seconds` (the budget of the attack
itself), `examples` (random cases for each operation), `rounds` (turns through the boundaries), `seed`.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping
from typing import Any

import requests
import schemathesis
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.core.result import Ok
from schemathesis.engine import from_schema
from schemathesis.generation import GenerationMode
from schemathesis.generation.case import Case
from schemathesis.hooks import HookContext
from schemathesis.schemas import BaseSchema

from codebegen.verify.drivers.common import note, save
from codebegen.verify.drivers.server import NotStartedError, call, serving, token
from codebegen.verify.drivers.tally import Tally, sent_text

# What changes the attacker's own account comes last, and what ends its session never does.
ENDS_SESSION = r"/auth/(logout|refresh)$"
OWN_ACCOUNT = r"/(users|auth|account)(/|$)"
LAST_SHARE = 0.15
# A reference to a row that is not there is rightly refused, so valid data need not be accepted.
CHECKS_OFF = ("positive_data_acceptance",)
# A pattern that only forbids NUL makes every text a slow search, and so does a bound of many thousand characters.
NO_NUL = {"^[^\\x00]*$", "^[^\\u0000]*$", "^[^\x00]*$"}
LONG = 5000
FORM, FILE = "multipart/form-data", "application/octet-stream"
Options = Mapping[str, Any]


def configuration(base: str, bearer: str, options: Options) -> SchemathesisConfig:
    """Deterministic, without files, all checks but the ones that our contract contradicts."""
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
                "allow-x00": False,
            },
            "phases": {"coverage": {"enabled": False}, "stateful": {"enabled": False}},
            "checks": {name: {"enabled": False} for name in CHECKS_OFF},
        }
    )


def eased(node: object) -> Any:  # noqa: ANN401 (the same JSON, smaller)
    """The document without what makes data slow to find and the attack no sharper."""
    if isinstance(node, list):
        return [eased(item) for item in node]
    if not isinstance(node, dict):
        return node
    slow = {"pattern"} if node.get("pattern") in NO_NUL else set()
    if isinstance(node.get("maxLength"), int) and node["maxLength"] > LONG:
        slow.add("maxLength")
    return {key: eased(value) for key, value in node.items() if key not in slow}


def says_what_it_means(_context: HookContext, case: Case[Any]) -> bool:
    """Whether a case is sent as it is: a file of a form is bytes on the way, whatever was put into it."""
    form = case.operation.get_body_for_media_type(FORM) if case.media_type == FORM else None
    if form is None or not isinstance(case.body, Mapping):
        return True
    files = (name for name, known in form.form_properties.items() if known.get("contentMediaType") == FILE)
    return all(isinstance(case.body[name], str | bytes | list) for name in files if name in case.body)


def random_cases(schema: BaseSchema, tally: Tally, deadline: float) -> None:
    """The engine's own fuzzing of every operation, until it is done or the time is over."""
    stream = from_schema(schema).execute()
    for event in stream:
        tally.event(event)
        if time.monotonic() > deadline:
            tally.cut = True
            stream.stop()


def boundaries(schema: BaseSchema, session: requests.Session, tally: Tally, rounds: int, deadline: float) -> None:
    """One valid and one invalid boundary case of every operation in turn."""
    sources = list(sources_of(schema))
    for _ in range(rounds):
        for source in sources:
            if time.monotonic() > deadline:
                tally.cut = True
                return
            case = next(source, None)
            if case is not None:
                send(case, session, tally)


def sources_of(schema: BaseSchema) -> Iterator[Iterator[Case[Any]]]:
    """A source of cases for each operation and kind."""
    for result in schema.get_all_operations():
        if not isinstance(result, Ok):
            continue
        operation = result.ok()
        config = schema.config.generation_for(operation=operation, phase="coverage")
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            yield schema.iter_coverage_cases(operation, generation_modes=[mode], generation_config=config)


def send(case: Case[Any], session: requests.Session, tally: Tally) -> None:
    """Send one case and check the answer."""
    label = case.operation.label
    tally.cases += 1
    tally.operations.add(label)
    try:
        response = case.call(session=session)
    except requests.RequestException as error:
        tally.problem(label, "network", f"no answer: {type(error).__name__}; sent {case.method} {case.formatted_path}")
        return
    try:
        case.validate_response(response, headers=dict(session.headers), transport_kwargs={"session": session})
    except FailureGroup as group:
        request = response.request
        exchange = sent_text(request.method or "", request.url or "", request.body, response)
        tally.failures(label, group.exceptions, exchange)


def attack(base: str, options: Options, tally: Tally) -> None:
    """Log in, read the document that is served, and attack."""
    bearer = token(base, options["login"]) if options["login"] else ""
    document = eased(json.loads(call(base + "/openapi.json").text))
    config = configuration(base, bearer, options)
    whole = schemathesis.openapi.from_dict(document, config=config).exclude(path_regex=ENDS_SESSION)
    others, own = whole.exclude(path_regex=OWN_ACCOUNT), whole.include(path_regex=OWN_ACCOUNT)
    end = time.monotonic() + options["seconds"]
    first_end = end - LAST_SHARE * options["seconds"]
    with requests.Session() as session:
        session.headers.update({"Authorization": f"Bearer {bearer}"} if bearer else {})
        random_cases(others, tally, first_end)
        boundaries(others, session, tally, options["rounds"], first_end)
    random_cases(own, tally, end)


def main() -> None:
    """Start the application, attack it, and leave the tally."""
    options = json.loads(sys.argv[1])
    schemathesis.hook("filter_case")(says_what_it_means)
    tally = Tally()
    started = time.monotonic()
    try:
        with serving() as base:
            started = time.monotonic()
            attack(base, options, tally)
    except NotStartedError as error:
        tally.problem("app.main:app", "start", f"the application does not start: {error}")
    except ValueError as error:
        hint = "The gate logs in as the first administrator that the settings name."
        tally.problem(f"POST {options['login']}", "login", f"the login failed: {error}", hint)
    seconds = time.monotonic() - started
    note(f"{tally.cases} cases in {seconds:.1f} s")
    found = list(tally.findings.values())
    save(found, cases=tally.cases, operations=len(tally.operations), seconds=seconds, cut=tally.cut)


if __name__ == "__main__":
    main()
