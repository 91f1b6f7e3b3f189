"""Runs the gates: in order where one needs another, at the same time where not."""

from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from codebegen.diagnostics import Diagnostic, DiagnosticError, error
from codebegen.verify.expected import ExpectedApi
from codebegen.verify.gates import GATES
from codebegen.verify.gates.base import Checked, Context, Gate
from codebegen.verify.ports import Clock, Database, Toolchain, Trust
from codebegen.verify.report import Finding, GateResult, Report, Status, TestStatus


@dataclass(frozen=True, slots=True)
class GateStarted:
    """A gate is at work from now on."""

    name: str


@dataclass(frozen=True, slots=True)
class GateFinished:
    """A gate has ended, or will not run."""

    result: GateResult


GateEvent = GateStarted | GateFinished
OnEvent = Callable[[GateEvent], None]


def verify(
    project_dir: Path,
    expected: ExpectedApi | None,
    tools: Toolchain,
    *,
    trust: Trust = "compiled",
    databases: tuple[Database, ...] = ("sqlite",),
    on_event: OnEvent = lambda _event: None,
    gates: tuple[Gate, ...] = GATES,
) -> Report:
    """Prove a project on a copy of it; its folder is only read.

    `databases` is empty for a project without SQL, and has `postgresql` for one that is meant for it. Without
    `expected` the API is compared with its own document only. Events come from the calling thread. If that
    thread is interrupted, everything that was started is ended before the exception goes on.
    """
    runner = tools.runner_for(trust)
    if runner is None:
        return refused(gates, no_sandbox(tools.why_no_sandbox), on_event)
    try:
        workspace = runner.open(project_dir, trust=trust)
    except DiagnosticError as problem:
        return refused(gates, problem.diagnostics[0], on_event)
    with workspace:
        run = Run(gates, Context(workspace, expected, databases), tools.clock, on_event)
        with ThreadPoolExecutor(tools.workers, thread_name_prefix="gate") as pool:
            try:
                while run.step(pool, tools.workers):
                    pass
            except BaseException:
                workspace.cancel()
                raise
    return run.report()


def no_sandbox(why: str) -> Diagnostic:
    """The refusal to run what is not ours without a sandbox."""
    hint = "Install bubblewrap (`apt-get install bubblewrap`), or allow it explicitly if you trust the project."
    message = f"this project was not compiled from a checked blueprint, and there is no sandbox to run it in: {why}"
    return error("verify.no_sandbox", "", message, hint)


def refused(gates: tuple[Gate, ...], reason: Diagnostic, on_event: OnEvent) -> Report:
    """Nothing is run, and every gate says why."""
    finding = Finding(reason.message, reason.place, reason.hint)
    results = tuple(GateResult(gate.name, "not_run", 0.0, (finding,)) for gate in gates)
    for result in results:
        on_event(GateFinished(result))
    return Report(results, diagnostics=(reason,))


@dataclass
class Run:
    """The state of one verification; only the calling thread touches it."""

    gates: tuple[Gate, ...]
    context: Context
    clock: Clock
    on_event: OnEvent
    results: dict[str, GateResult] = field(default_factory=dict)
    tests: dict[str, TestStatus] = field(default_factory=dict)
    running: dict[Future[tuple[Checked, float]], Gate] = field(default_factory=dict)

    def step(self, pool: ThreadPoolExecutor, workers: int) -> bool:
        """Start what can start, then wait for one to end; false when there is nothing left."""
        self.give_up_blocked()
        for gate in self.ready()[: workers - len(self.running)]:
            self.on_event(GateStarted(gate.name))
            self.running[pool.submit(timed, gate, self.context, self.clock)] = gate
        if not self.running:
            return False
        done, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for future in done:
            self.take(self.running.pop(future), *future.result())
        return True

    def ready(self) -> list[Gate]:
        """Gates that have what they need, the longest first."""
        begun = {gate.name for gate in self.running.values()} | set(self.results)
        able = [gate for gate in self.gates if gate.name not in begun and self.blocker(gate) is None]
        able = [gate for gate in able if all(need in self.results for need in gate.needs)]
        return sorted(able, key=lambda gate: -gate.weight)

    def blocker(self, gate: Gate) -> str | None:
        """The needed gate that did not pass, if there is one already."""
        return next((n for n in gate.needs if n in self.results and self.results[n].status != "passed"), None)

    def give_up_blocked(self) -> None:
        """What can never run is said at once, and so is what needs it."""
        for gate in self.gates:
            need = self.blocker(gate)
            if need is not None and gate.name not in self.results:
                words = {"failed": "failed", "not_run": "was not run", "not_applicable": "does not apply"}
                reason = f"needs the gate `{need}`, which {words[self.results[need].status]}"
                self.finish(GateResult(gate.name, "not_run", 0.0, (Finding(reason),)))

    def take(self, gate: Gate, checked: Checked, seconds: float) -> None:
        """Keep what a gate brought back."""
        self.tests.update(checked.tests)
        if checked.openapi is not None:
            self.context = replace(self.context, openapi=checked.openapi)
        self.finish(GateResult(gate.name, status_of(checked), seconds, checked.findings))

    def finish(self, result: GateResult) -> None:
        """Record and tell."""
        self.results[result.name] = result
        self.on_event(GateFinished(result))

    def report(self) -> Report:
        """Everything, in the order of the gates."""
        openapi: Mapping[str, Any] | None = self.context.openapi
        return Report(tuple(self.results[gate.name] for gate in self.gates), self.tests, openapi)


def timed(gate: Gate, context: Context, clock: Clock) -> tuple[Checked, float]:
    """Run one gate, on a thread of the pool."""
    started = clock()
    checked = gate.check(context)
    return checked, clock() - started


def status_of(checked: Checked) -> Status:
    """Any error fails a gate that ran; warnings and notes do not."""
    if not checked.applicable:
        return "not_applicable"
    if not checked.ran:
        return "not_run"
    return "failed" if any(finding.severity == "error" for finding in checked.findings) else "passed"
