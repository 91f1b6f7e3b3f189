"""The command as people run it: another process, its streams apart."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import codebegen as package

BLUEPRINT = """\
version: 1
name: car_club
title: Car club
entities:
  - name: Car
    fields:
      - {name: plate, unique: true, max_length: 10}
      - {name: year, type: integer, min: 1886}
"""


@dataclass(frozen=True)
class Ran:
    """How a run ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> dict[str, Any]:
        """The one JSON document on standard output."""
        parsed: dict[str, Any] = json.loads(self.out)
        return parsed

    @property
    def codes(self) -> list[str]:
        """Codes of the diagnostics in it."""
        return [diagnostic["code"] for diagnostic in self.document["diagnostics"]]


Codebegen = Callable[..., Ran]


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """A home of its own, so that nothing is left on the machine; the caches of tools are shared."""
    cache = os.environ.get("XDG_CACHE_HOME", str(Path.home() / ".cache"))
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(Path(package.__file__).parents[1]),  # the sources under test, wherever they are
        "HOME": str(tmp_path / "home"),
        "XDG_CACHE_HOME": cache,
        "LC_ALL": "C.UTF-8",
    }


@pytest.fixture
def codebegen(tmp_path: Path, environment: dict[str, str]) -> Codebegen:
    """Runs `codebegen` with the given arguments in an empty folder."""
    (tmp_path / "here").mkdir()

    def run(*arguments: str | bytes, stdin: bytes = b"", **options: Any) -> Ran:
        done = subprocess.run(
            [sys.executable, "-m", "codebegen", *arguments],
            input=stdin,
            capture_output=True,
            cwd=tmp_path / "here",
            env={**environment, **options.pop("env", {})},
            timeout=120,
            check=False,
            **options,
        )
        ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
        assert "Traceback" not in ran.err
        return ran

    return run


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The folder in which the command runs."""
    return tmp_path / "here"


@pytest.fixture
def blueprint(tmp_path: Path) -> str:
    """A small blueprint file."""
    path = tmp_path / "club.yaml"
    path.write_text(BLUEPRINT)
    return str(path)
