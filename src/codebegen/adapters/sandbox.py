"""Runs jobs behind walls: bubblewrap, no network but a loopback of its own, no secrets, a read-only system, bounds.

What a job writes lives in memory inside the sandbox and ends with it; the files that it is asked for come back
through a pipe, and are read here as data from a stranger.
"""

import io
import os
import shutil
import tarfile
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from codebegen.adapters import bubblewrap, postgres, seccomp, snapshot
from codebegen.adapters.environment import PythonEnvironment
from codebegen.adapters.process import not_started, with_files, worth_keeping, write_scripts
from codebegen.adapters.supervise import CANCELLED, Command, Supervisor
from codebegen.adapters.toolcache import ToolCache
from codebegen.verify.ports import Job, Limits, Outcome, Trust

HOME = f"{bubblewrap.WORK}/scratch"
TEMPORARY = "/tmp"  # noqa: S108 (the sandbox's own)
PROBE_LIMITS = Limits(seconds=10)


class SandboxWorkspace:
    """A snapshot of one project; jobs see copies of it, and nothing else of the machine that is not the system's."""

    def __init__(self, environment: PythonEnvironment, project: Path | None, *, trust: Trust) -> None:
        self._environment = environment
        self._cache = ToolCache(environment.cache, environment.key)
        self._trust = trust
        self._supervisor = Supervisor()
        self._root = snapshot.workspace(project)

    def run(self, job: Job) -> Outcome:
        """Run in a sandbox of its own."""
        if self._supervisor.cancelled:
            return CANCELLED
        place = None
        try:
            place = Path(tempfile.mkdtemp(prefix="job-", dir=self._root))
            return self._run_in(place, job)
        except OSError as problem:
            return not_started(problem)
        except postgres.PostgresError as problem:
            return Outcome("not_started", -1, "", "", 0.0, reason=str(problem))
        finally:
            if place is not None:
                shutil.rmtree(place, ignore_errors=True)

    def _run_in(self, place: Path, job: Job) -> Outcome:
        inputs = place / "input"
        inputs.mkdir()
        write_scripts(job, inputs)
        cache = self._cache.for_settings(self._root / "source", job.cache_settings)
        warm = bool(job.cache) and cache.copy_to(job.cache, inputs / "cache" / job.cache)
        user = bubblewrap.pick_user()
        bubblewrap.write_names(place, user)
        open_up(inputs)
        learning = bool(job.cache) and self._trust == "compiled"
        wanted = (*job.collect, *(("cache",) if learning else ()))
        outcome, archive = self._supervised(job, inputs, user, " ".join(wanted))
        files = unpacked(archive)
        if learning and worth_keeping(job, outcome, warm=warm, trust=self._trust):
            keep(cache, job.cache, files, place / "learned")
        return with_files(outcome, {name: files.get(name) for name in job.collect})

    def _supervised(self, job: Job, inputs: Path, user: int, collect: str) -> tuple[Outcome, bytes]:
        argv, readable = self._environment.argv(job.argv), self._environment.prefixes
        if job.postgresql:
            programs = postgres.binaries()
            base = postgres.template(self._environment.private_cache(), programs)
            script = Path(postgres.__file__)
            readable = (*readable, programs.parent, base, script)
            prefix = (str(self._environment.python), "-P", "-S", str(script), str(programs), str(base), TEMPORARY, "--")
            argv = (*prefix, *argv)
        variables = {**self._environment.variables(HOME, TEMPORARY), **job.env}
        walls = bubblewrap.Walls(self._root / "source", inputs, readable, user)
        with tempfile.TemporaryFile() as rules:
            descriptor = filter_in(rules.fileno())
            line = bubblewrap.command(walls, job.limits, variables, argv, collect=collect, rules=descriptor)
            passed = (descriptor,) if descriptor >= 0 else ()
            # An empty environment: the sandbox's first process would show ours to everyone inside.
            command = Command(line, bubblewrap.CLEAN, Path("/"), job.limits, passed, files_on_stdin=True)
            return self._supervisor.run(command)

    def cancel(self) -> None:
        """End all jobs; each takes its whole sandbox with it."""
        self._supervisor.cancel()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.cancel()
        snapshot.remove(self._root)


class SandboxRunner:
    """Opens workspaces behind walls."""

    isolated = True

    def __init__(self, environment: PythonEnvironment) -> None:
        self._environment = environment

    def open(self, project: Path, *, trust: Trust) -> SandboxWorkspace:
        """Copy the project to where sandboxes can read it."""
        self._environment.compile_libraries()
        return SandboxWorkspace(self._environment, project, trust=trust)

    def probe(self) -> str:
        """Why no sandbox can be had here; empty if one was just tried and worked."""
        missing = bubblewrap.missing_programs()
        if missing:
            return f"{', '.join(missing)} is not installed"
        with SandboxWorkspace(self._environment, None, trust="untrusted") as workspace:
            outcome = workspace.run(Job(("python", "-c", "pass"), limits=PROBE_LIMITS))
        if outcome.ended == "exited" and outcome.exit_code == 0:
            return ""
        words = outcome.reason or outcome.stderr.strip() or f"exit status {outcome.exit_code}"
        return f"bubblewrap does not work here: {words.splitlines()[-1][:200]}"


def keep(cache: ToolCache, name: str, files: dict[str, bytes], place: Path) -> None:
    """Publish the cache that came back."""
    prefix = f"cache/{name}/"
    for path, content in files.items():
        if path.startswith(prefix):
            target = place / path.removeprefix(prefix)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    if place.is_dir():
        cache.publish(name, place)


def filter_in(descriptor: int) -> int:
    """Write the system-call filter into a file; its descriptor, or -1 where there is no filter."""
    rules = seccomp.program()
    if not rules:
        return -1
    os.write(descriptor, rules)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return descriptor


def open_up(folder: Path) -> None:
    """Let the sandbox's user read what lies here; the folder around it stays closed."""
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)


def unpacked(archive: bytes) -> dict[str, bytes]:
    """Plain files of an archive by name; nothing is ever written under a name that it gives."""
    files: dict[str, bytes] = {}
    with suppress(tarfile.TarError, EOFError), tarfile.open(fileobj=io.BytesIO(archive), mode="r:") as tar:
        for member in tar:
            content = tar.extractfile(member) if member.isreg() and ".." not in member.name else None
            if content is not None and not member.name.startswith("/"):
                files[member.name] = content.read()
    return files
