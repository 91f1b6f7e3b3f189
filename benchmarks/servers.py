"""Starts an application under uvicorn, one worker, on a database of its own, and reads how much CPU time it took."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from codebegen.adapters.environment import default_cache
from codebegen.adapters.postgres import binaries, postgres, template

ADMIN = "admin@example.com"
PASSWORD = "correct-horse-battery"  # noqa: S105 - of an account that lives for the length of a benchmark
START_SECONDS = 20.0


@dataclass(frozen=True, slots=True)
class Server:
    """A running application and a token of an account on it, or nothing where there are no accounts."""

    name: str
    url: str
    process: psutil.Process
    token: str

    def cpu_seconds(self) -> float:
        """CPU time that its processes have taken so far."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(sum(member.cpu_times()[:2]) for member in family)

    def megabytes(self) -> float:
        """Memory that its processes hold now."""
        family = [self.process, *self.process.children(recursive=True)]
        return sum(member.memory_info().rss for member in family) / 2**20


@contextmanager
def running(name: str, folder: Path, target: str, database_url: str) -> Iterator[Server]:
    """`target` (`app.main:app`) from `folder`, ready and with an account."""
    port = _free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database_url,
        "SECRET_KEY": "benchmark-" * 5,
        "FIRST_ADMIN_EMAIL": ADMIN,
        "FIRST_ADMIN_PASSWORD": PASSWORD,
        "LOG_LEVEL": "WARNING",
        "RATE_LIMIT_REQUESTS": "1000000",  # where there is a limit: whoever is only told to wait finds nothing
        "PYTHONPATH": str(folder),
    }
    argv = [sys.executable, "-m", "uvicorn", target, "--port", str(port), "--no-access-log", "--log-level", "warning"]
    with subprocess.Popen(argv, cwd=folder, env=environment) as process:
        try:
            url = f"http://127.0.0.1:{port}"
            _wait(url, process)
            yield Server(name, url, psutil.Process(process.pid), register(url, "ada"))
        finally:
            process.terminate()


@contextmanager
def databases(kind: str, names: tuple[str, ...]) -> Iterator[dict[str, str]]:
    """Addresses of empty databases, by name; PostgreSQL runs for as long as the block."""
    with tempfile.TemporaryDirectory(prefix="benchmark-") as folder:
        if kind == "sqlite":
            yield {name: f"sqlite+aiosqlite:///{folder}/{name}.db" for name in names}
            return
        programs = binaries()
        with postgres(programs, template(default_cache(), programs), Path(folder)) as server:
            for name in names:
                server.create_database(name)
            yield {name: server.url(name) for name in names}


def register(url: str, name: str) -> str:
    """A token of a new account of that name, or nothing where there are no accounts."""
    document = httpx.get(f"{url}/openapi.json").json()
    schema = document["components"]["schemas"].get("UserRegister")
    if schema is None:
        return ""
    account: dict[str, object] = {field: _sample(schema["properties"][field], name) for field in schema["required"]}
    account |= {"email": f"{name}@example.com", "password": PASSWORD}
    httpx.post(f"{url}/api/v1/auth/register", json=account).raise_for_status()
    return log_in(url, f"{name}@example.com")


def log_in(url: str, email: str) -> str:
    """A token of an account that there is."""
    form = {"username": email, "password": PASSWORD}
    answer = httpx.post(f"{url}/api/v1/auth/login", data=form).raise_for_status()
    return str(answer.json()["access_token"])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(httpx.HTTPError):
            if httpx.get(f"{url}/health").is_success:
                return
        time.sleep(0.05)
    raise RuntimeError(f"{process.args!r} does not start")


def _sample(schema: dict[str, Any], name: str) -> object:
    """A value that a simple field of an account takes."""
    if "enum" in schema:
        return schema["enum"][0]
    return f"{name}-lovelace" if schema.get("type") == "string" else max(1, int(schema.get("minimum", 1)))
