"""Compiled projects in folders, and what tools say of them."""

import ast
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from codebegen.adapters.formatter import RuffFormatter
from codebegen.blueprint import Blueprint, check, complete
from codebegen.compiler import compile_blueprint
from codebegen.diagnostics import Diagnostic, has_errors
from codebegen.filetree import FileTree
from tests.contract.databases import stand_in

DRIVER = Path(__file__).with_name("drive.py")
WORKERS = 2
TIMEOUT = 600.0
APPLICATION = ("app", "migrations")


def compiled(blueprint: Blueprint) -> FileTree:
    """The formatted project of a blueprint; fails where its checks do."""
    whole, problems = checked(blueprint)
    assert not has_errors(problems), problems
    return compile_blueprint(whole, RuffFormatter().format).tree


def checked(blueprint: Blueprint) -> tuple[Blueprint, tuple[Diagnostic, ...]]:
    """The complete blueprint, and what is wrong with it."""
    whole = complete(blueprint)
    return whole, check(whole)


def write(tree: FileTree, folder: Path) -> Path:
    """The tree as files."""
    for path, file in tree.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(file.content, encoding="utf-8", newline="")
    return folder


def parse(tree: FileTree) -> None:
    """Every Python file is Python."""
    for path, file in tree.items():
        if path.endswith(".py"):
            ast.parse(file.content, path)


def lint(folders: Iterable[Path]) -> str:
    """What ruff says, by the settings of each project."""
    places = [str(folder) for folder in folders]
    said = _run("ruff", "check", "--no-cache", "--output-format=concise", "--quiet", *places)
    return said + _run("ruff", "format", "--no-cache", "--check", "--quiet", *places)


def types(folder: Path, cache: Path) -> str:
    """What mypy says."""
    return _run("mypy", f"--cache-dir={cache}", *(part for part in APPLICATION if (folder / part).is_dir()), cwd=folder)


def own_tests(folder: Path, *paths: str) -> str:
    """What the project's own tests say if they fail: all of them, or those named."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"}
    if not (folder / "alembic.ini").exists():
        environment["TEST_DATABASE_URL"] = f"{stand_in()}/{folder.name}"
    command = [sys.executable, "-m", "pytest", "-x", "-p", "no:cacheprovider", *paths]
    done = subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False, timeout=TIMEOUT
    )
    return done.stdout + done.stderr if done.returncode else ""


def _run(*argv: str, cwd: Path | None = None) -> str:
    done = subprocess.run([sys.executable, "-m", *argv], cwd=cwd, capture_output=True, text=True, check=False)
    return done.stdout + done.stderr if done.returncode else ""


def drive(folders: Sequence[Path], databases: str = "") -> dict[Path, str]:
    """Import and migrate projects in parallel: folder → what went wrong.

    `databases` is the address of a server on which each project has a database of its own; SQLite where there is none.
    """
    shares = [folders[start::WORKERS] for start in range(WORKERS) if folders[start::WORKERS]]
    with ThreadPoolExecutor(WORKERS) as pool:
        answers = list(pool.map(lambda share: _drive(share, databases), shares))
    return {folder: problem for answer in answers for folder, problem in answer.items()}


def _drive(folders: Sequence[Path], databases: str) -> dict[Path, str]:
    argv = [sys.executable, str(DRIVER), *map(str, folders)]
    env = {"PATH": "/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1", "DATABASES": databases}
    done = subprocess.run(argv, env=env, capture_output=True, text=True, check=False)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(lines) == len(folders), done.stderr
    return {Path(line["folder"]): line["problem"] for line in lines}
