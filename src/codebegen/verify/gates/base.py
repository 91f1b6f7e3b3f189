"""What a gate is, what it is given, and what it gives back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from codebegen.verify.expected import ExpectedApi
from codebegen.verify.ports import Database, Job, Outcome, Workspace
from codebegen.verify.report import Finding, TestStatus

MOST_FINDINGS = 50


@dataclass(frozen=True, slots=True)
class Context:
    """What a gate may use. `openapi` is there once `imports` has passed; `databases` is empty for no SQL."""

    workspace: Workspace
    expected: ExpectedApi | None = None
    databases: tuple[Database, ...] = ("sqlite",)
    openapi: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What a gate found. `ran` is false if what it needs is not on this machine: that is never green."""

    findings: tuple[Finding, ...] = ()
    ran: bool = True
    applicable: bool = True
    tests: Mapping[str, TestStatus] = field(default_factory=dict)
    openapi: Mapping[str, Any] | None = None


NOT_APPLICABLE = Checked(applicable=False)


@dataclass(frozen=True, slots=True)
class Gate:
    """One gate: it runs when every gate of `needs` has passed; of those that can, the greatest `weight` goes first."""

    name: str
    check: Callable[[Context], Checked]
    needs: tuple[str, ...] = ("syntax",)
    weight: int = 1


def limited(findings: list[Finding]) -> tuple[Finding, ...]:
    """At most as many as a person would read, with the number of the others."""
    more = len(findings) - MOST_FINDINGS
    if more <= 0:
        return tuple(findings)
    return (*findings[:MOST_FINDINGS], Finding(f"and {more} more"))


def merged(parts: list[Checked]) -> Checked:
    """Several runs of one gate (one for each database, one for each tool) as one."""
    tests: dict[str, TestStatus] = {}
    for part in parts:
        for name, status in part.tests.items():
            tests[name] = worst(tests.get(name, status), status)
    findings = dict.fromkeys(finding for part in parts for finding in part.findings)
    return Checked(limited(list(findings)), ran=all(part.ran for part in parts), tests=tests)


def worst(one: TestStatus, other: TestStatus) -> TestStatus:
    """Failed anywhere is failed; passed somewhere and skipped elsewhere is passed."""
    order: tuple[TestStatus, ...] = ("failed", "passed", "skipped")
    return min(one, other, key=order.index)


def run_tool(context: Context, job: Job) -> tuple[Outcome, Checked | None]:
    """Run a job; the second value is the verdict where it did not end by itself, or the tool is missing."""
    outcome = context.workspace.run(job)
    return outcome, verdict_on_ending(outcome, job)


def verdict_on_ending(outcome: Outcome, job: Job) -> Checked | None:
    """A clear finding for every way in which a job can fail to be a result; nothing if it ran to its end."""
    if outcome.ended == "exited":
        return missing_tool(outcome)
    limits = job.limits
    words = {
        "timeout": Finding(f"stopped after {limits.seconds:.0f} s, without an end in sight"),
        "memory": Finding(f"ended for using more than {limits.memory_bytes >> 20} MB of memory"),
        "disk": Finding("there was no room left on the disk", hint="Free some space and run it again."),
        "killed": Finding(f"was ended from outside{': ' + outcome.reason if outcome.reason else ''}"),
        "not_started": Finding(f"could not be started: {outcome.reason}"),
        "cancelled": Finding("was cancelled"),
    }
    ran = outcome.ended in {"timeout", "memory", "killed"}
    return Checked((words[outcome.ended],), ran=ran)


def missing_tool(outcome: Outcome) -> Checked | None:
    """The tool is a library of codebegen's own environment; without it the gate has not run."""
    _, found, name = outcome.stderr.strip().rpartition("No module named ")
    if outcome.exit_code == 0 or not found or "\n" in name or "Traceback" in outcome.stderr:
        return None
    hint = "Install codebegen with its pinned requirements."
    return Checked((Finding(f"{name.strip(chr(39))} is not installed", hint=hint),), ran=False)
