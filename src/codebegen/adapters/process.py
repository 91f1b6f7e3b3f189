"""Runs jobs as child processes: limits, a clean environment, and a folder of their own, but no wall around them.

For what codebegen itself compiled, on a machine without a sandbox.
"""

import contextlib
import errno
import os
import secrets
import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Self

from codebegen.adapters import postgres, snapshot
from codebegen.adapters.environment import PythonEnvironment
from codebegen.adapters.supervise import CANCELLED, MARKER, Command, Supervisor, kill_marked
from codebegen.adapters.toolcache import ToolCache
from codebegen.verify.gates.places import PROJECT_FOLDER
from codebegen.verify.ports import Job, Limits, Outcome, Trust

# `ulimit` is of the shell itself, so it needs no program and no code between fork and exec. Kilobytes, 512-byte blocks.
LIMITED = 'ulimit -c 0; ulimit -v "$1"; ulimit -f "$2"; ulimit -n 1024; shift 2; exec "$@"'


class ProcessWorkspace:
    """A snapshot of one project in a temporary folder."""

    def __init__(self, environment: PythonEnvironment, project: Path, *, trust: Trust) -> None:
        self._environment = environment
        self._cache = ToolCache(environment.cache, environment.key)
        self._trust = trust
        self._supervisor = Supervisor()
        self._mark = secrets.token_hex(8)
        self._root = snapshot.workspace(project)

    def run(self, job: Job) -> Outcome:
        """Run on a fresh copy of the snapshot."""
        if self._supervisor.cancelled:
            return CANCELLED
        try:
            place = Path(tempfile.mkdtemp(prefix="job-", dir=self._root))
            try:
                return self._run_in(place, job)
            finally:
                shutil.rmtree(place, ignore_errors=True)
        except OSError as problem:
            return not_started(problem)
        except postgres.PostgresError as problem:
            return Outcome("not_started", -1, "", "", 0.0, reason=str(problem))

    def _run_in(self, place: Path, job: Job) -> Outcome:
        project, scratch = place / PROJECT_FOLDER, place / "scratch"
        shutil.copytree(self._root / "source", project)
        (scratch / "tmp").mkdir(parents=True)
        write_scripts(job, scratch)
        cache = self._cache.for_settings(self._root / "source", job.cache_settings)
        warm = bool(job.cache) and cache.copy_to(job.cache, scratch / "cache" / job.cache)
        command = Command(self._argv(job, scratch), self._variables(job, scratch), project, job.limits)
        outcome, _ = self._supervisor.run(command)
        if job.cache and worth_keeping(job, outcome, warm=warm, trust=self._trust):
            cache.publish(job.cache, scratch / "cache" / job.cache)
        return with_files(outcome, {name: read(scratch / name, job.limits) for name in job.collect})

    def _argv(self, job: Job, scratch: Path) -> tuple[str, ...]:
        limits = (str(job.limits.address_space_bytes >> 10), str(job.limits.file_bytes >> 9))
        argv = ("/bin/sh", "-c", LIMITED, "sh", *limits, *self._environment.argv(job.argv))
        if not job.postgresql:
            return argv
        programs = postgres.binaries()
        base = postgres.template(self._environment.private_cache(), programs)
        script = (str(self._environment.python), "-P", "-S", postgres.__file__)
        return (*script, str(programs), str(base), str(scratch / "tmp"), "--", *argv)

    def _variables(self, job: Job, scratch: Path) -> dict[str, str]:
        usual = self._environment.variables(str(scratch), str(scratch / "tmp"))
        return {**usual, MARKER: self._mark, **job.env}

    def cancel(self) -> None:
        """End all jobs."""
        self._supervisor.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cancel()
        kill_marked(self._mark)
        snapshot.remove(self._root)


class ProcessRunner:
    """Opens workspaces without a wall."""

    isolated = False

    def __init__(self, environment: PythonEnvironment) -> None:
        self._environment = environment

    def open(self, project: Path, *, trust: Trust) -> ProcessWorkspace:
        """Copy the project to a temporary folder."""
        self._environment.compile_libraries()
        return ProcessWorkspace(self._environment, project, trust=trust)


def not_started(problem: OSError) -> Outcome:
    """A job that could not be prepared. `shutil` wraps the errors of many files into one text."""
    full = problem.errno == errno.ENOSPC or os.strerror(errno.ENOSPC) in str(problem)
    return Outcome("disk" if full else "not_started", -1, "", "", 0.0, reason=str(problem))


def write_scripts(job: Job, scratch: Path) -> None:
    """Put the job's own files into its scratch folder."""
    for name, text in job.scripts.items():
        path = scratch / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def worth_keeping(job: Job, outcome: Outcome, *, warm: bool, trust: Trust) -> bool:
    """Whether the cache that a job leaves is better than the shared one.

    Only our own code may leave one: it is read by everyone's next run.
    """
    complete = outcome.ended == "exited" and outcome.exit_code in {0, 1}
    return trust == "compiled" and complete and (not warm or outcome.seconds > job.relearn_seconds)


def read(path: Path, limits: Limits) -> bytes | None:
    """A file that the job left, if it did, up to the bound."""
    with contextlib.suppress(OSError), path.open("rb") as file:
        return file.read(limits.output_bytes)
    return None


def with_files(outcome: Outcome, files: dict[str, bytes | None]) -> Outcome:
    """The outcome with the files that were there."""
    there = {name: content for name, content in files.items() if content is not None}
    return Outcome(
        outcome.ended, outcome.exit_code, outcome.stdout, outcome.stderr, outcome.seconds, there, outcome.reason
    )
