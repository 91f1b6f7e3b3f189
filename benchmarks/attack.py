"""A strict attack with schemathesis: every check, every phase, by two users and the administrator, deterministic.

The bounded run of the `contract` gate ends in seconds; this one takes minutes for a project. Refusals whose reason only
the database can know are counted apart from findings, see `docs/decisions/0009-references-that-are-not-there.md`.
"""

import contextlib
import json
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx
import schemathesis
from schemathesis import HookContext
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import Failure
from schemathesis.core.transport import Response
from schemathesis.engine import from_schema
from schemathesis.generation.case import Case
from schemathesis.openapi.checks import RejectedPositiveData
from schemathesis.schemas import BaseSchema

from benchmarks.servers import ADMIN, Server, databases, log_in, register, running
from codebegen.blueprint import Blueprint, dump, load
from codebegen.blueprint.model import Feature
from codebegen.bootstrap import ports
from codebegen.pipeline import Request, make
from codebegen.understanding import Context
from codebegen.verify.drivers.tally import Tally

FOLDERS = (Path(__file__).parent / "descriptions", Path(__file__).parent.parent / "tests/contract/descriptions")
EXAMPLES = 50
SEED = 20240229
ENDS_SESSION = r"/auth/(logout|refresh)$"
# Errors that only the database (or the clock) can know of, by the `type` in the answer.
UNKNOWABLE = frozenset({"unknown_reference", "owner", "rule"})
# Bodies of which an OpenAPI document says no more than that they are files.
FILES = frozenset({"text/csv", "multipart/form-data"})


@dataclass(frozen=True, slots=True)
class Attacked:
    """One project attacked by one caller."""

    database: str
    name: str
    caller: str
    tally: Tally
    refused: int
    seconds: float

    @property
    def findings(self) -> list[str]:
        """One line each."""
        return [f"{finding['place']}: {finding['message']}" for finding in self.tally.findings.values()]

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands under `COLUMNS`."""
        numbers = (len(self.tally.operations), self.tally.cases, self.refused, len(self.findings))
        return (self.database, self.name, self.caller, *map(str, numbers), f"{self.seconds:.0f}")


COLUMNS = ("database", "description", "caller", "operations", "cases", "refused", "findings", "seconds")


def described(only: str = "") -> tuple[Path, ...]:
    """Every description of the benchmark and of the contract whose name begins so."""
    return tuple(path for folder in FOLDERS for path in sorted(folder.glob(f"{only}*")))


def measure(kind: str, examples: int, paths: Iterable[Path], features: Sequence[str] = ()) -> Iterator[Attacked]:
    """Every description, by a user, by another one and then by the administrator, on a database of its own."""
    for path in paths:
        with attacked(kind, path, features) as server:
            for caller, token in callers(server):
                started = time.monotonic()
                tally, refused = attack(server.url, token, examples)
                yield Attacked(kind, path.stem, caller, tally, refused, time.monotonic() - started)


@contextmanager
def attacked(kind: str, description: Path, features: Sequence[str] = ()) -> Iterator[Server]:
    """The project of a description, with these features besides what it asks for, running on an empty database."""
    with ExitStack() as stack:
        project = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="attack-"))) / description.stem
        work = make(replace(_told(description, features), target=project, verify=False), ports())
        if work.path is None:
            raise RuntimeError("\n".join(map(str, work.diagnostics)))
        urls = stack.enter_context(databases(kind, ("attacked",)))
        yield stack.enter_context(running(description.stem, project, "app.main:app", urls["attacked"]))


def _told(description: Path, features: Sequence[str]) -> Request:
    text = description.read_text(encoding="utf-8")
    if description.suffix != ".yaml":
        return Request(prompt=text, context=Context(features=tuple(features)))
    blueprint = load(text)
    if not isinstance(blueprint, Blueprint):
        return Request(blueprint=text)  # which says what is wrong with it
    known = {feature.key for feature in blueprint.features}
    more = (Feature.model_validate({"key": key}) for key in features if key not in known)
    return Request(blueprint=dump(blueprint.model_copy(update={"features": (*blueprint.features, *more)})))


def callers(server: Server) -> Iterator[tuple[str, str]]:
    """Who attacks, one after the other, with a token: each finds what those before have left."""
    if not server.token:
        yield "anybody", ""
        return
    yield "user", server.token
    yield "other", register(server.url, "grace")
    yield "admin", log_in(server.url, ADMIN)


def attack(url: str, token: str, examples: int) -> tuple[Tally, int]:
    """All phases of the engine: what they found, and how many refusals only the database can know of."""
    document = json.loads(httpx.get(f"{url}/openapi.json").text)
    whole = schemathesis.openapi.from_dict(document, config=configuration(url, token, examples))
    schema = whole.exclude(path_regex=ENDS_SESSION)
    unknowable = leave_out_unknowable(schema)
    tally = Tally()
    for event in from_schema(schema).execute():
        tally.event(event)
    return tally, len(unknowable)


def leave_out_unknowable(schema: BaseSchema) -> list[Failure]:
    """Takes out refusals of valid data that no OpenAPI document can foresee; gives the list that they end up in."""
    left_out: list[Failure] = []

    def filter_failure(context: HookContext, failure: Failure, case: Case[Any], response: Response) -> bool:  # noqa: ARG001
        accepted = isinstance(failure, RejectedPositiveData) and (
            case.media_type in FILES or is_unknowable(response) or is_spelled_apart(case, response)
        )
        if accepted:
            left_out.append(failure)
        return not accepted

    schema.hook(filter_failure)
    return left_out


def is_unknowable(response: Response) -> bool:
    """Whether the answer names reasons that only the database can know."""
    with contextlib.suppress(ValueError, LookupError, TypeError):
        return {error["type"] for error in json.loads(response.content)["errors"]} <= UNKNOWABLE
    return False


def is_spelled_apart(case: Case[Any], response: Response) -> bool:
    """Whether all that is refused are whole numbers of an address that have a fraction.

    JSON calls `21.0` an integer, but in paths and filters a number has one spelling.
    """
    sent = {"path": case.path_parameters or {}, "query": case.query or {}}
    with contextlib.suppress(ValueError, LookupError, TypeError):
        places = [error["loc"] for error in json.loads(response.content)["errors"]]
        return bool(places) and all(_has_fraction(sent[room][name]) for room, name in places)
    return False


def _has_fraction(value: object) -> bool:
    return isinstance(value, float) and value.is_integer()


def configuration(base: str, token: str, examples: int) -> SchemathesisConfig:
    """Everything on."""
    return SchemathesisConfig.from_dict(
        {
            "seed": SEED,
            "base-url": base,
            "headers": {"Authorization": f"Bearer {token}"} if token else {},
            "continue-on-failure": True,
            "suppress-health-check": ["too_slow"],
            "request-timeout": 10,
            "cache": {"enabled": False},
            "generation": {"deterministic": True, "database": "none", "max-examples": examples, "mode": "all"},
        }
    )
