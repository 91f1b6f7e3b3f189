"""Copies a project to where it can be worked on, without what is not part of it, and without following links out."""

import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from codebegen.diagnostics import DiagnosticError, error

# Made by tools, or private to the person: a `.env` may name a database that no gate must ever touch.
LEFT_OUT = frozenset(
    {
        ".git",
        ".hg",
        ".venv",
        "venv",
        "node_modules",
        "__pycache__",
        ".codebegen",
        ".env",
        ".tox",
        ".schemathesis",
        ".idea",
        ".vscode",
    }
    | {".mypy_cache", ".ruff_cache", ".pytest_cache", ".hypothesis", ".coverage", "htmlcov"}
)
LEFT_OUT_SUFFIXES = (".db", ".db-wal", ".db-shm", ".sqlite3", ".pyc", ".log")
LARGEST_PROJECT = 256 << 20
_REMOVALS, _PAUSE = 100, 0.05


def workspace(project: Path | None) -> Path:
    """A temporary folder with a copy of the project in `source`; without a project that is empty.

    Raises `DiagnosticError` as `take` does, and if there is no room for a temporary folder.
    """
    try:
        root = Path(tempfile.mkdtemp(prefix="codebegen-"))
    except OSError as problem:
        message = f"no temporary folder can be made: {problem.strerror or problem}"
        raise DiagnosticError([error("verify.copy", tempfile.gettempdir(), message)]) from None
    try:
        if project is None:
            (root / "source").mkdir(mode=0o755)
        else:
            take(project, root / "source")
    except BaseException:
        shutil.rmtree(root, ignore_errors=True)
        raise
    return root


def remove(root: Path) -> None:
    """Remove a workspace, also while a job that was just ended still leaves something behind."""
    for _ in range(_REMOVALS):
        shutil.rmtree(root, ignore_errors=True)
        if not root.exists():
            return
        time.sleep(_PAUSE)


def take(project: Path, target: Path) -> None:
    """Copy the project to the new folder `target`.

    Raises `DiagnosticError` if it is no folder, is too large, or can't be read or copied.
    """
    if not project.is_dir():
        raise DiagnosticError([error("verify.no_project", str(project), "there is no project folder here")])
    try:
        copy_folder(project, target, size=0)
    except OSError as problem:
        message = f"the project can't be copied: {problem.strerror or problem}"
        raise DiagnosticError([error("verify.copy", str(problem.filename or project), message)]) from None


def copy_folder(source: Path, target: Path, size: int) -> int:
    """Copy files and folders; links and devices are not followed and not copied. Returns the bytes so far."""
    target.mkdir(mode=0o755)
    target.chmod(0o755)  # whatever the person's umask is: in the sandbox another user reads it
    for entry in sorted(wanted(os.scandir(source)), key=lambda item: item.name):
        goal = target / entry.name
        if entry.is_dir(follow_symlinks=False):
            size = copy_folder(Path(entry.path), goal, size)
        elif entry.is_file(follow_symlinks=False):
            size += entry.stat(follow_symlinks=False).st_size
            if size > LARGEST_PROJECT:
                message = f"the project is larger than {LARGEST_PROJECT >> 20} MB"
                raise DiagnosticError([error("verify.too_large", entry.path, message)])
            shutil.copyfile(entry.path, goal, follow_symlinks=False)
            goal.chmod(0o755 if entry.stat().st_mode & 0o100 else 0o644)
    return size


def wanted(entries: Iterable[os.DirEntry[str]]) -> Iterable[os.DirEntry[str]]:
    """Entries that belong to a project."""
    return (item for item in entries if item.name not in LEFT_OUT and not item.name.endswith(LEFT_OUT_SUFFIXES))
