"""Writes a tree into a folder, all or nothing.

A new folder is built beside its place and renamed into it. Into a folder that exists, files are built inside it and
moved one by one, with what they replace kept until the last has arrived; a failure or Ctrl-C moves everything back.
"""

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

from codebegen.delivery.failures import explain
from codebegen.delivery.pristine import read_pristine
from codebegen.diagnostics import Diagnostic, DiagnosticError, error
from codebegen.filetree import FileTree, GeneratedFile


def check_target(target: Path, *, force: bool) -> tuple[Diagnostic, ...]:
    """What speaks against writing a project to `target`, found before any work is done."""
    try:
        if target.is_dir():
            return _check_folder(target, force=force)
        if os.path.lexists(target):
            return (error("file-in-the-way", str(target), "there is a file of this name", "choose another with -o"),)
        parent = next(folder for folder in target.absolute().parents if os.path.lexists(folder))
    except OSError as problem:
        return (explain(problem, target),)
    if not parent.is_dir():
        return (error("file-in-the-way", str(parent), "a file is where a folder is needed", "choose another with -o"),)
    return _check_writable(parent)


def _check_folder(target: Path, *, force: bool) -> tuple[Diagnostic, ...]:
    if any(target.iterdir()) and not force:
        return (
            error(
                "target-not-empty",
                str(target),
                "the folder exists and is not empty",
                "choose another with -o, or pass --force: it replaces files of the same name and leaves all others",
            ),
        )
    return _check_writable(target)


def _check_writable(folder: Path) -> tuple[Diagnostic, ...]:
    if os.access(folder, os.W_OK | os.X_OK):
        return ()
    return (error("target-not-writable", str(folder), "writing there is not allowed", "choose another folder with -o"),)


def publish(tree: FileTree, target: Path, *, force: bool = False) -> Path:
    """Writes `tree` to `target` and returns its absolute path; raises `DiagnosticError`, and then nothing changed."""
    if refused := check_target(target, force=force):
        raise DiagnosticError(refused)
    target = target.resolve()
    try:
        if target.is_dir():
            _publish_into(tree, target)
        else:
            _publish_new(tree, target)
    except OSError as problem:
        raise DiagnosticError([explain(problem, target)]) from problem
    return target


@contextmanager
def materialise(tree: FileTree) -> Iterator[Path]:
    """A temporary folder that holds the files of `tree`, gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="codebegen-"))
    try:
        _write(tree.values(), folder)
        yield folder
    except OSError as problem:
        raise DiagnosticError([explain(problem, folder)]) from problem
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _publish_new(tree: FileTree, target: Path) -> None:
    made = [folder for folder in target.parents if not folder.exists()]
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with _staging(target.parent, target.name) as staging:
            _write(tree.values(), staging)
            staging.rename(target)
    except BaseException:
        for folder in made:
            with suppress(OSError):
                folder.rmdir()
        raise


def _publish_into(tree: FileTree, target: Path) -> None:
    _refuse_links(tree, target)
    stale = [
        path for path, content in read_pristine(target).items() if path not in tree and _same(target / path, content)
    ]
    with _staging(target, "files") as staging:
        _write(tree.values(), staging / "new")
        move = _Move(target, staging / "old")
        try:
            for path in stale:
                move.away(path)
            for path in tree:
                move.into(path, staging / "new" / path)
        except BaseException:
            move.back()
            raise
        move.prune(stale)


@dataclass(frozen=True)
class _Move:
    """Files on their way into `target`; what they replace waits in `old`."""

    target: Path
    old: Path
    arrived: list[str] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    folders: list[Path] = field(default_factory=list)

    def away(self, path: str) -> None:
        """Takes the file at `path` out of the target."""
        (self.old / path).parent.mkdir(parents=True, exist_ok=True)
        self.replaced.append(path)
        (self.target / path).rename(self.old / path)

    def into(self, path: str, source: Path) -> None:
        """Brings `source` to `path`."""
        place = self.target / path
        missing = [folder for folder in place.parents if not folder.exists()]
        place.parent.mkdir(parents=True, exist_ok=True)
        self.folders.extend(reversed(missing))
        if place.is_dir():
            raise IsADirectoryError(errno.EISDIR, "Is a directory", str(place))
        if os.path.lexists(place):
            self.away(path)
        self.arrived.append(path)
        source.rename(place)

    def back(self) -> None:
        """Undoes all of it."""
        for path in self.arrived:
            (self.target / path).unlink(missing_ok=True)
        for path in self.replaced:
            if (self.old / path).exists():
                (self.old / path).replace(self.target / path)
        for folder in reversed(self.folders):
            with suppress(OSError):
                folder.rmdir()

    def prune(self, paths: list[str]) -> None:
        """Removes folders that the departure of `paths` left empty."""
        for path in paths:
            for folder in Path(path).parents:
                with suppress(OSError):
                    (self.target / folder).rmdir()


@contextmanager
def _staging(parent: Path, name: str) -> Iterator[Path]:
    """A folder in `parent`, of the mode that new folders have here; gone afterwards unless it was renamed."""
    folder = Path(tempfile.mkdtemp(prefix=f".{name[:100]}.codebegen-", dir=parent))
    try:
        umask = os.umask(0)
        os.umask(umask)
        folder.chmod(0o777 & ~umask)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _write(files: Iterable[GeneratedFile], folder: Path) -> None:
    for file in files:
        place = folder / file.path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(file.content.encode())


def _refuse_links(tree: FileTree, target: Path) -> None:
    """A link inside the target could lead a write out of it."""
    for path in tree:
        for part in Path(path).parents:
            if (target / part).is_symlink() and part != Path():
                raise DiagnosticError(
                    [error("link-in-the-way", str(target / part), "a link is where a folder is needed", "move it")]
                )


def _same(path: Path, content: str) -> bool:
    try:
        return path.read_bytes() == content.encode()
    except OSError:
        return False
