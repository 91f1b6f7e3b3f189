"""Generated endpoints beside the hand-written reference: both in one run, in turns, the median of rounds."""

import json
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks import load
from benchmarks.load import Call, Load
from benchmarks.servers import Server, databases, running
from codebegen.bootstrap import ports
from codebegen.pipeline import Request, make

DESCRIPTION = (
    "A blog. Users write posts; a post has a title and a body. Anyone can read posts. "
    "Only the author can change a post. JWT authentication."
)
REFERENCE = Path(__file__).parent / "reference"
ROWS = 200
CALLS = {
    "get": Call("/api/v1/posts/7"),
    "list of 20": Call("/api/v1/posts"),
    "create": Call("/api/v1/posts", json.dumps({"title": "A post", "body": "Its body. " * 20})),
}
TIE = (0.8, 1.25)


@dataclass(frozen=True, slots=True)
class Row:
    """One endpoint on one database: median requests per CPU second of both, and the ratio of the two."""

    database: str
    call: str
    reference: float
    generated: float
    reference_p99: float
    madep99: float
    failed: int
    reference_megabytes: float
    made_megabytes: float

    @property
    def ratio(self) -> float:
        """Above 1 the generated one does more with the same CPU time."""
        return self.generated / self.reference if self.reference else 0.0

    def __str__(self) -> str:
        verdict = "tie" if TIE[0] <= self.ratio <= TIE[1] else ("faster" if self.ratio > 1 else "SLOWER")
        failed = f"  {self.failed} failed" if self.failed else ""
        return (
            f"{self.database:<11} {self.call:<11} reference {self.reference:7.0f}  generated {self.generated:7.0f}  "
            f"{self.ratio:5.2f} x {verdict:<7} p99 {self.reference_p99:6.1f} / {self.madep99:6.1f} ms  "
            f"memory {self.reference_megabytes:.0f} / {self.made_megabytes:.0f} MB{failed}"
        )


def measure(kinds: tuple[str, ...], rounds: int, seconds: float) -> Iterator[Row]:
    """A row for each database and call, as they are ready."""
    for kind in kinds:
        with ExitStack() as stack:
            project = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="benchmark-"))) / "blog"
            generate(project)
            urls = stack.enter_context(databases(kind, ("reference", "generated")))
            servers = (
                stack.enter_context(running("reference", REFERENCE, "main:app", urls["reference"])),
                stack.enter_context(running("generated", project, "app.main:app", urls["generated"])),
            )
            for server in servers:
                _fill(server)
            for name, call in CALLS.items():
                loads = [[load.run(server, call, seconds) for server in servers] for _ in range(rounds)]
                yield _row(kind, name, loads, [server.megabytes() for server in servers])


def generate(target: Path) -> None:
    """The project that is measured."""
    work = make(Request(prompt=DESCRIPTION, target=target, verify=False), ports())
    if work.path is None:
        raise RuntimeError("\n".join(map(str, work.diagnostics)))


def _row(kind: str, name: str, rounds: list[list[Load]], megabytes: list[float]) -> Row:
    reference, made = zip(*rounds, strict=True)
    return Row(
        kind,
        name,
        statistics.median(one.per_cpu_second for one in reference),
        statistics.median(one.per_cpu_second for one in made),
        statistics.median(one.p99_ms for one in reference),
        statistics.median(one.p99_ms for one in made),
        sum(one.failed for pair in rounds for one in pair),
        *megabytes,
    )


def _fill(server: Server) -> None:
    headers = {"Authorization": f"Bearer {server.token}", "Content-Type": "application/json"}
    with httpx.Client(headers=headers) as client:
        for _ in range(ROWS):
            client.post(server.url + CALLS["create"].path, content=CALLS["create"].body).raise_for_status()
