"""What verification needs from the machine: a place to run commands in, and a clock.

The core describes a command as a `Job`; an adapter runs it (in a child process, in a sandbox, or not at all in
tests) and answers with an `Outcome`. Inside a job the layout is always the same: the current folder is a private
copy of the project, and `../scratch` is empty, writable, and the only place from which files come back.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Literal, Protocol, Self

Trust = Literal["compiled", "untrusted"]
Database = Literal["sqlite", "postgresql", "mongodb"]
Clock = Callable[[], float]
Ending = Literal["exited", "timeout", "memory", "disk", "killed", "not_started", "cancelled"]

SCRATCH = "../scratch"
MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one job. Memory counts for the whole process tree; the others for each process or stream."""

    seconds: float = 120.0
    memory_bytes: int = 1536 * MIB
    address_space_bytes: int = 4096 * MIB
    processes: int = 128
    file_bytes: int = 128 * MIB
    disk_bytes: int = 384 * MIB
    output_bytes: int = 4 * MIB


@dataclass(frozen=True, slots=True)
class Job:
    """One command on a fresh copy of the project.

    `argv[0] == "python"` means the interpreter that has the project's libraries. `scripts` are written to the
    scratch folder first; the files of `collect` are read from it afterwards, if they are there. With
    `postgresql`, a server of the job's own runs meanwhile, and `DATABASE_URL` and `TEST_DATABASE_URL` name two
    empty databases on it. `cache` names a cache of the toolchain that is copied to `../scratch/cache`; what a job on
    our own code leaves there is kept for later ones if there was none, or the job took longer than `relearn_seconds`,
    because then it had to learn something. A cache is good only for projects with the same `cache_settings`, a table
    of `pyproject.toml`.
    """

    argv: tuple[str, ...]
    env: Mapping[str, str] = field(default_factory=dict)
    scripts: Mapping[str, str] = field(default_factory=dict)
    collect: tuple[str, ...] = ()
    limits: Limits = Limits()
    postgresql: bool = False
    cache: str = ""
    cache_settings: str = ""
    relearn_seconds: float = math.inf


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a job ended. `exit_code` means something only if `ended == "exited"`; `reason` is for people."""

    ended: Ending
    exit_code: int
    stdout: str
    stderr: str
    seconds: float
    files: Mapping[str, bytes] = field(default_factory=dict)
    reason: str = ""


class Workspace(Protocol):
    """A snapshot of one project, on which jobs run; several at once. Leaving it ends them and removes it."""

    def run(self, job: Job) -> Outcome:
        """Run to the end, or to a limit; raises nothing for what the command does."""
        ...

    def cancel(self) -> None:
        """End all running jobs with their whole process trees; later ones answer `cancelled`."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Runner(Protocol):
    """Opens workspaces. `isolated` says whether what runs in them is kept from the machine."""

    @property
    def isolated(self) -> bool:
        """Whether there is a wall."""
        ...

    def open(self, project: Path, *, trust: Trust) -> Workspace:
        """Copy the project; the original is never written to.

        Raises `DiagnosticError` if there is no room for it, or it is no folder.
        """
        ...


@dataclass(frozen=True, slots=True)
class Toolchain:
    """The wired ports.

    `sandbox` is absent where none can be had (`why_no_sandbox` says why); `process` runs with limits and a clean
    environment only. `allow_unsandboxed` is a person's explicit word that untrusted code may run without one.
    """

    process: Runner
    clock: Clock
    sandbox: Runner | None = None
    why_no_sandbox: str = ""
    allow_unsandboxed: bool = False
    workers: int = 2

    def runner_for(self, trust: Trust) -> Runner | None:
        """Where code of this trust may run: in the sandbox if there is one; else only our own, or by permission."""
        if self.sandbox is not None:
            return self.sandbox
        return self.process if trust == "compiled" or self.allow_unsandboxed else None
