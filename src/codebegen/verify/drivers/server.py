"""The application, started as its users start it, on a loopback port of its own."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

LOG = Path("../scratch/server.log")
START_SECONDS = 30.0


class NotStartedError(Exception):
    """The server ended, or did not answer in time; the text says what it wrote last."""


class Answer(NamedTuple):
    """A status and a body, whatever they are."""

    status: int
    text: str


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def call(url: str, data: bytes | None = None) -> Answer:
    """One request, with any status; raises `OSError` if nobody answers."""
    try:
        with urllib.request.urlopen(url, data, timeout=10) as response:  # noqa: S310 (our own loopback address)
            return Answer(response.status, response.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, error.read().decode(errors="replace"))


def last_words() -> str:
    """The last line that the server logged, which is where Python and uvicorn say why."""
    lines = LOG.read_text(encoding="utf-8", errors="replace").strip().splitlines() if LOG.exists() else []
    telling = [line for line in lines if line[:1].strip() and "startup failed" not in line]
    return (telling or lines or ["it said nothing"])[-1]


@contextmanager
def serving() -> Iterator[str]:
    """Start `app.main:app` under uvicorn and wait until it answers. Gives its base URL; ends it in any case."""
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    argv = [sys.executable, "-m", "uvicorn", "app.main:app", "--host", "127.0.0.1", "--port", str(port)]
    quiet = ["--log-level", "warning", "--no-access-log"]
    with LOG.open("wb") as log, subprocess.Popen([*argv, *quiet], stdout=log, stderr=log) as process:
        try:
            wait_for(base, process)
            yield base
        finally:
            end(process)


def end(process: subprocess.Popen[bytes]) -> None:
    """Ask it to stop, then make it."""
    process.terminate()
    try:
        process.wait(3)
    except subprocess.TimeoutExpired:
        process.kill()


def wait_for(base: str, process: subprocess.Popen[bytes]) -> None:
    """Until it answers at all; raises `NotStartedError` if it ended instead, or never does."""
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise NotStartedError(last_words())
        try:
            call(base + "/health")
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise NotStartedError(f"no answer within {START_SECONDS:.0f} s; last words: {last_words()}")


def token(base: str, login: str) -> str:
    """The first administrator's access token; raises `ValueError` with what came instead."""
    form = {"username": os.environ["FIRST_ADMIN_EMAIL"], "password": os.environ["FIRST_ADMIN_PASSWORD"]}
    answer = call(base + login, urllib.parse.urlencode(form).encode())
    try:
        value: Any = json.loads(answer.text)["access_token"]
    except (ValueError, KeyError, TypeError):
        raise ValueError(f"{answer.status} {answer.text[:200]}") from None
    return str(value)
