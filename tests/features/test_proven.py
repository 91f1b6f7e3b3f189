"""Projects with features: linted, imported, migrated; and with all of them, typed and tested as their users would."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.compiler import projects

from .projects import ADDED, compiled


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """A project for each feature by itself, and one with all of them."""
    wanted = {"all": ADDED, **{key: (key,) for key in ADDED}}
    root = tmp_path_factory.mktemp("features")
    return {name: projects.write(compiled(keys).tree, root / name) for name, keys in wanted.items()}


def test_each_is_as_its_linter_wants_it(folders: dict[str, Path]) -> None:
    assert projects.lint(folders.values()) == ""


def test_each_imports_and_migrates_without_drift(folders: dict[str, Path]) -> None:
    found = projects.drive(list(folders.values()))
    assert {folder.name: problem for folder, problem in found.items() if problem} == {}


def test_all_together_are_typed(folders: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> None:
    assert projects.types(folders["all"], tmp_path_factory.mktemp("cache")) == ""


@pytest.mark.parametrize("name", ["all"])
def test_their_own_tests_pass(folders: dict[str, Path], name: str) -> None:
    own = sorted(path.name for path in (folders[name] / "tests").glob("test_*.py"))
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *(f"tests/{file}" for file in own)]
    done = subprocess.run(
        command, cwd=folders[name], env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    assert done.returncode == 0, done.stdout[-4000:]
