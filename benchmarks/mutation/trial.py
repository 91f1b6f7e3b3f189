"""Runs the tests of a project on a mutant, and says how that ended."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import unified_diff
from typing import Literal

from benchmarks.mutation.draw import Mutant
from benchmarks.mutation.surgery import Files
from codebegen.delivery import materialise
from codebegen.filetree import FileTree, GeneratedFile
from codebegen.verify.gates.tests import COMMAND
from codebegen.verify.ports import Job, Limits, Outcome, Runner

Fate = Literal["killed", "timeout", "survived", "stillborn"]
PASSED, FAILED = 0, 1
WIDE = {"COLUMNS": "300"}
"""Room for the line that says why a test failed."""
LIMITS = Limits(seconds=240)
"""Many times what the tests of one project take: whoever needs longer waits for something that does not come."""


@dataclass(frozen=True, slots=True)
class Trial:
    """A mutant and its fate; `diff` are the lines that it removes and adds."""

    mutant: Mutant
    fate: Fate
    seconds: float
    diff: tuple[str, ...]
    test: str = ""

    @property
    def counts(self) -> bool:
        """Whether it says something about the tests: what can't even be imported does not."""
        return self.fate != "stillborn"

    @property
    def dead(self) -> bool:
        """Whether the tests noticed."""
        return self.fate in ("killed", "timeout")


def healthy(runner: Runner, files: Files) -> str:
    """What is wrong with a project without any defect; nothing if its tests pass."""
    outcome = _run(runner, files, None)
    return "" if outcome.ended == "exited" and outcome.exit_code == PASSED else outcome.stdout[-2000:] + outcome.reason


def attempt(runner: Runner, files: Files, mutant: Mutant) -> Trial:
    """Run the tests, those of the same entity first, until one fails."""
    outcome = _run(runner, {**files, **mutant.defect.changes}, mutant.defect.module)
    failed = next((line for line in outcome.stdout.splitlines() if line.startswith(("FAILED ", "ERROR "))), "")
    return Trial(mutant, _fate(outcome), outcome.seconds, _diff(files, mutant.defect.changes), failed)


def _run(runner: Runner, files: Files, module: str | None) -> Outcome:
    tree = FileTree(GeneratedFile(path, content) for path, content in files.items())
    job = Job((*COMMAND, "-x", "--tb=no", *_in_order(files, module)), env=WIDE, limits=LIMITS)
    with materialise(tree) as folder, runner.open(folder, trust="compiled") as workspace:
        return workspace.run(job)


def _in_order(files: Files, module: str | None) -> list[str]:
    """All test files; first those of an entity, then what is about everything, then the others."""
    tests = sorted(path for path in files if path.startswith("tests/") and path.rpartition("/")[2].startswith("test_"))
    return sorted(tests, key=lambda path: (not path.endswith(f"/test_{module}.py"), path.count("/")))


def _fate(outcome: Outcome) -> Fate:
    if outcome.ended == "timeout":
        return "timeout"
    if outcome.ended != "exited":
        raise RuntimeError(f"{outcome.ended}: {outcome.reason}{outcome.stderr[-500:]}")
    fates: Mapping[int, Fate] = {PASSED: "survived", FAILED: "killed"}
    return fates.get(outcome.exit_code, "stillborn")


def _diff(files: Files, changes: Files) -> tuple[str, ...]:
    """Removed and added lines."""
    found: list[str] = []
    for path, content in changes.items():
        lines = list(unified_diff(files[path].splitlines(), content.splitlines(), lineterm="", n=0))[2:]
        found += [line for line in lines if not line.startswith("@@")]
    return tuple(found)
