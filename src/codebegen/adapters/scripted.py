"""Answers jobs without running anything: for tests of what stands on the runner, and for trying out a pipeline."""

import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from codebegen.diagnostics import DiagnosticError, error
from codebegen.verify.ports import Job, Outcome, Trust

Answer = Callable[[Job], Outcome]


class ScriptedWorkspace:
    """Hands every job to a function, until it is cancelled."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._cancelled = threading.Event()

    def run(self, job: Job) -> Outcome:
        """The function's answer, with the files that the job asked for."""
        if self._cancelled.is_set():
            return Outcome("cancelled", -1, "", "", 0.0)
        given = self._answer(job)
        files = {name: content for name, content in given.files.items() if name in job.collect}
        return Outcome(given.ended, given.exit_code, given.stdout, given.stderr, given.seconds, files, given.reason)

    def cancel(self) -> None:
        """From now on nothing is answered."""
        self._cancelled.set()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cancel()


class ScriptedRunner:
    """Opens such workspaces; remembers them."""

    def __init__(self, answer: Answer, *, isolated: bool = True) -> None:
        self.isolated = isolated
        self._answer = answer
        self.opened: list[ScriptedWorkspace] = []

    def open(self, project: Path, *, trust: Trust) -> ScriptedWorkspace:  # noqa: ARG002 (nothing is run)
        """A workspace, if there is a project."""
        if not project.is_dir():
            raise DiagnosticError([error("verify.no_project", str(project), "there is no project folder here")])
        self.opened.append(ScriptedWorkspace(self._answer))
        return self.opened[-1]
