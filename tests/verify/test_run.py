"""Order, parallel work, reasons, refusals, events, interruption: on gates and runners that only pretend."""

import itertools
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from codebegen.adapters.scripted import ScriptedRunner
from codebegen.verify.gates import GATES
from codebegen.verify.gates.base import NOT_APPLICABLE, Checked, Context, Gate
from codebegen.verify.ports import Job, Outcome, Toolchain
from codebegen.verify.report import Finding, Report
from codebegen.verify.run import GateEvent, GateFinished, GateStarted, verify

NAMES = ("syntax", "format", "lint", "types", "imports", "migrations", "tests", "security", "contract")
BROKEN = Checked((Finding("broken", "app/main.py:1"),))


def ended(job: Job) -> Outcome:
    return Outcome("exited", 0, "", "", 0.1)


def tools(runner: ScriptedRunner | None = None, *, sandbox: bool = True, workers: int = 2) -> Toolchain:
    ticks = itertools.count()
    runner = runner or ScriptedRunner(ended)
    return Toolchain(runner, lambda: float(next(ticks)), runner if sandbox else None, "it is a test", workers=workers)


def run(project: Path, gates: tuple[Gate, ...], events: list[GateEvent] | None = None, workers: int = 2) -> Report:
    note: Callable[[GateEvent], None] = events.append if events is not None else lambda _event: None
    return verify(project, None, tools(workers=workers), gates=gates, on_event=note)


def passing(_context: Context) -> Checked:
    return Checked()


def test_the_order_is_the_designs() -> None:
    assert tuple(gate.name for gate in GATES) == NAMES


def test_results_stand_in_the_order_of_the_gates_whatever_ended_first(tmp_path: Path) -> None:
    gates = (Gate("a", passing, (), 1), Gate("b", passing, (), 2), Gate("c", passing, (), 3))
    events: list[GateEvent] = []
    report = run(tmp_path, gates, events, workers=1)
    assert [gate.name for gate in report.gates] == ["a", "b", "c"]
    assert report.ok
    assert [event.name for event in events if isinstance(event, GateStarted)] == ["c", "b", "a"]
    assert all(event.result.seconds > 0 for event in events if isinstance(event, GateFinished))


def test_independent_gates_run_at_the_same_time(tmp_path: Path) -> None:
    both = threading.Barrier(2, timeout=10)

    def meet(_context: Context) -> Checked:
        both.wait()
        return Checked()

    assert run(tmp_path, (Gate("a", meet, ()), Gate("b", meet, ()))).ok


def test_what_needs_a_failed_gate_is_not_run_and_says_why(tmp_path: Path) -> None:
    ran: list[str] = []

    def never(_context: Context) -> Checked:
        ran.append("never")
        return Checked()

    gates = (
        Gate("syntax", lambda _context: BROKEN, ()),
        Gate("imports", never, ("syntax",)),
        Gate("tests", never, ("imports",)),
    )
    report = run(tmp_path, gates)
    assert [gate.status for gate in report.gates] == ["failed", "not_run", "not_run"]
    assert report.gate("imports").findings[0].message == "needs the gate `syntax`, which failed"
    assert report.gate("tests").findings[0].message == "needs the gate `imports`, which was not run"
    assert not ran
    assert not report.ok


def test_a_gate_that_could_not_run_is_never_green(tmp_path: Path) -> None:
    report = run(tmp_path, (Gate("a", lambda _context: Checked((Finding("no tool"),), ran=False), ()),))
    assert report.gates[0].status == "not_run"
    assert not report.ok


def test_what_does_not_apply_is_left_out_of_the_verdict(tmp_path: Path) -> None:
    assert run(tmp_path, (Gate("a", passing, ()), Gate("b", lambda _context: NOT_APPLICABLE, ()))).ok
    assert not run(tmp_path, (Gate("b", lambda _context: NOT_APPLICABLE, ()),)).ok


def test_warnings_do_not_fail(tmp_path: Path) -> None:
    told = Checked((Finding("mind this", severity="warning"),))
    report = run(tmp_path, (Gate("a", lambda _context: told, ()),))
    assert report.ok
    assert report.gates[0].as_dict() == {
        "name": "a",
        "status": "passed",
        "seconds": 1.0,
        "findings": [{"message": "mind this", "place": "", "hint": "", "severity": "warning"}],
    }


def test_untrusted_code_is_refused_without_a_sandbox(tmp_path: Path) -> None:
    process = ScriptedRunner(ended, isolated=False)
    report = verify(tmp_path, None, tools(process, sandbox=False), trust="untrusted")
    assert {gate.status for gate in report.gates} == {"not_run"}
    assert report.diagnostics[0].code == "verify.no_sandbox"
    assert "it is a test" in report.gates[0].findings[0].message
    assert not process.opened


def test_a_persons_explicit_word_allows_it(tmp_path: Path) -> None:
    process = ScriptedRunner(ended, isolated=False)
    allowed = Toolchain(process, lambda: 0.0, None, "it is a test", allow_unsandboxed=True)
    report = verify(tmp_path, None, allowed, trust="untrusted", gates=(Gate("a", passing, ()),))
    assert report.ok
    assert process.opened


def test_our_own_code_needs_no_sandbox(tmp_path: Path) -> None:
    assert verify(tmp_path, None, tools(sandbox=False), gates=(Gate("a", passing, ()),)).ok


def test_a_missing_folder_is_a_diagnostic(tmp_path: Path) -> None:
    report = verify(tmp_path / "none", None, tools())
    assert report.diagnostics[0].code == "verify.no_project"
    assert {gate.status for gate in report.gates} == {"not_run"}


def test_an_interruption_cancels_everything_first(tmp_path: Path) -> None:
    runner = ScriptedRunner(ended)

    def interrupt(event: GateEvent) -> None:
        if isinstance(event, GateFinished):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify(tmp_path, None, tools(runner), gates=(Gate("a", passing, ()),), on_event=interrupt)
    assert runner.opened[0].run(Job(("python",))).ended == "cancelled"


@pytest.mark.parametrize(
    ("outcome", "status", "words"),
    [
        (Outcome("timeout", -9, "", "", 1.0), "failed", "stopped after"),
        (Outcome("memory", -9, "", "", 1.0), "failed", "memory"),
        (Outcome("killed", -9, "", "", 1.0, reason="SIGKILL"), "failed", "SIGKILL"),
        (Outcome("disk", 1, "", "", 1.0), "not_run", "no room left"),
        (Outcome("not_started", -1, "", "", 0.0, reason="no bwrap"), "not_run", "no bwrap"),
        (Outcome("exited", 1, "", "/usr/bin/python: No module named ruff", 0.1), "not_run", "ruff is not installed"),
        (Outcome("exited", 3, "", "something\nlast words", 0.1), "failed", "last words"),
    ],
)
def test_however_a_job_ends_there_is_a_clear_word(tmp_path: Path, outcome: Outcome, status: str, words: str) -> None:
    syntax = (GATES[0],)
    report = verify(tmp_path, None, tools(ScriptedRunner(lambda _job: outcome)), gates=syntax)
    assert report.gates[0].status == status
    assert words in report.gates[0].findings[0].message
