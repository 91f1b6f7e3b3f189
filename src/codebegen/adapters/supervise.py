"""Runs one command to its end or to a limit, reads what it writes, and leaves no process behind."""

import contextlib
import os
import selectors
import signal
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from codebegen.verify.ports import Ending, Limits, Outcome

TICK = 0.1
MEMORY_CHECK_EVERY = 0.25
CHUNK = 1 << 16
MARKER = "CODEBEGEN_JOB"
DISK_FULL = ("No space left on device", "database or disk is full", "Disk quota exceeded", "File too large")


@dataclass(frozen=True, slots=True)
class Command:
    """What to start. With `files_on_stdin`, standard input is the writing end of a pipe, for files to come back."""

    argv: tuple[str, ...]
    env: Mapping[str, str]
    cwd: Path
    limits: Limits
    pass_fds: tuple[int, ...] = ()
    files_on_stdin: bool = False


@dataclass(slots=True)
class Streams:
    """What came so far, each bounded: beyond its bound a stream is read and thrown away."""

    limits: Limits
    data: dict[str, bytearray] = field(default_factory=dict)

    def take(self, name: str, chunk: bytes) -> None:
        """Keep a chunk, as far as there is room."""
        kept = self.data.setdefault(name, bytearray())
        bound = self.limits.disk_bytes if name == "files" else self.limits.output_bytes
        kept += chunk[: max(0, bound - len(kept))]

    def text(self, name: str) -> str:
        """A stream as text."""
        return self.data.get(name, bytearray()).decode("utf-8", errors="replace")


CANCELLED = Outcome("cancelled", -1, "", "", 0.0)
"""What comes of a job that is asked for after all jobs were ended."""


class Supervisor:
    """Starts commands on any thread, and can end all of them from another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._live: set[subprocess.Popen[bytes]] = set()
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether all was ended."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """End everything that runs; whatever is asked for later is not started."""
        self._cancelled.set()
        with self._lock:
            live = tuple(self._live)
        for process in live:
            kill_tree(process)

    def run(self, command: Command) -> tuple[Outcome, bytes]:
        """The outcome, and what came through the pipe for files."""
        started = time.monotonic()
        if self._cancelled.is_set():
            return CANCELLED, b""
        reader, writer = os.pipe() if command.files_on_stdin else (-1, -1)
        try:
            process = start(command, writer)
        except OSError as problem:
            close(reader)
            reason = f"{problem.strerror}: {problem.filename or command.argv[0]}"
            return Outcome("not_started", -1, "", "", time.monotonic() - started, reason=reason), b""
        finally:
            close(writer)
        streams = Streams(command.limits)
        with self._registered(process), contextlib.closing(selectors.DefaultSelector()) as selector:
            ended = self._watch(process, selector, reader, streams, command.limits)
            kill_tree(process)
            process.wait()
            finish_reading(selector, streams)
        close(reader)
        return outcome_of(process, ended, streams, time.monotonic() - started), bytes(streams.data.get("files", b""))

    @contextlib.contextmanager
    def _registered(self, process: subprocess.Popen[bytes]) -> Iterator[None]:
        with self._lock:
            self._live.add(process)
        try:
            with process:
                try:
                    yield
                except BaseException:
                    kill_tree(process)
                    raise
        finally:
            with self._lock:
                self._live.discard(process)

    def _watch(
        self,
        process: subprocess.Popen[bytes],
        selector: selectors.BaseSelector,
        reader: int,
        streams: Streams,
        limits: Limits,
    ) -> Ending:
        """Read until it ends or must end; says which."""
        register(selector, process, reader)
        now = time.monotonic()
        deadline, next_look = now + limits.seconds, now + MEMORY_CHECK_EVERY
        while selector.get_map():
            read_ready(selector, streams, TICK)
            now = time.monotonic()
            if self._cancelled.is_set():
                return "cancelled"
            if now > deadline:
                return "timeout"
            if process.poll() is not None:
                return "exited"
            if now > next_look:
                next_look = now + MEMORY_CHECK_EVERY
                if memory_of(process.pid, limits.memory_bytes) > limits.memory_bytes:
                    return "memory"
        return self._wait(process, deadline)

    def _wait(self, process: subprocess.Popen[bytes], deadline: float) -> Ending:
        """It has closed its streams; that is nearly always its end."""
        while process.poll() is None:
            if self._cancelled.is_set():
                return "cancelled"
            if time.monotonic() > deadline:
                return "timeout"
            time.sleep(0.002)
        return "exited"


def start(command: Command, writer: int) -> subprocess.Popen[bytes]:
    """Start it in a session of its own, so that a person's Ctrl-C reaches us and not it."""
    return subprocess.Popen(
        command.argv,
        env=dict(command.env),
        cwd=command.cwd,
        stdin=writer if writer >= 0 else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=command.pass_fds,
        start_new_session=True,
    )


def register(selector: selectors.BaseSelector, process: subprocess.Popen[bytes], reader: int) -> None:
    """Listen to all its streams."""
    for name, stream in (("stdout", process.stdout), ("stderr", process.stderr)):
        if stream is not None:
            selector.register(stream.fileno(), selectors.EVENT_READ, name)
    if reader >= 0:
        selector.register(reader, selectors.EVENT_READ, "files")


def read_ready(selector: selectors.BaseSelector, streams: Streams, timeout: float) -> bool:
    """Take what is there; false if nothing was."""
    ready = selector.select(timeout)
    for key, _ in ready:
        chunk = os.read(key.fd, CHUNK)
        if chunk:
            streams.take(key.data, chunk)
        else:
            selector.unregister(key.fd)
    return bool(ready)


def finish_reading(selector: selectors.BaseSelector, streams: Streams) -> None:
    """Take what was still in the pipes."""
    while selector.get_map() and read_ready(selector, streams, 0):
        pass


def outcome_of(process: subprocess.Popen[bytes], ended: Ending, streams: Streams, seconds: float) -> Outcome:
    """The outcome, with the ways to die told apart."""
    code, reason = process.returncode, ""
    stdout, stderr = streams.text("stdout"), streams.text("stderr")
    if ended == "exited" and code != 0:
        number = -code if code < 0 else code - 128 if code > 128 else 0
        if any(words in stderr or words in stdout[-CHUNK:] for words in DISK_FULL) or number == signal.SIGXFSZ:
            ended = "disk"
        elif number == signal.SIGXCPU:
            ended = "timeout"
        elif number:
            ended, reason = "killed", signal_name(number)
    return Outcome(ended, code, stdout, stderr, seconds, reason=reason)


def signal_name(number: int) -> str:
    """`SIGKILL` for 9."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def close(descriptor: int) -> None:
    """Close it, if there is one."""
    if descriptor >= 0:
        os.close(descriptor)


def family(pid: int) -> list[psutil.Process]:
    """A process and all below it that still live."""
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.Error:
        return []


def memory_of(pid: int, bound: int) -> int:
    """Bytes of the whole tree: shared pages are divided only if the simple sum goes beyond the bound."""
    members = family(pid)
    simple = sum(measured(member, exact=False) for member in members)
    return simple if simple <= bound else sum(measured(member, exact=True) for member in members)


def measured(member: psutil.Process, *, exact: bool) -> int:
    """Resident bytes; exact: with shared pages divided by those who share them."""
    try:
        return int(member.memory_full_info().pss if exact else member.memory_info().rss)
    except psutil.AccessDenied:
        return 0 if not exact else measured(member, exact=False)
    except psutil.Error:
        return 0


def kill_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process, its children, and its group."""
    members = family(process.pid) if process.poll() is None else []
    for member in members:
        with contextlib.suppress(psutil.Error):
            member.kill()
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def kill_marked(mark: str) -> None:
    """End what a job left behind after it detached itself: it still carries the job's mark in its environment."""
    for member in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if member.environ().get(MARKER) == mark:
                member.kill()
