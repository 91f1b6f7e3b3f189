"""A user's template as it lies on disk: its texts, and the values that the person gave to its variables."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from codebegen.blueprint import Blueprint
from codebegen.compiler.layers import FOLDERS, Layer, layer_of
from codebegen.compiler.manifest import MANIFEST
from codebegen.compiler.template import built_in, built_in_names
from codebegen.diagnostics import Diagnostic, DiagnosticError, error
from codebegen.filetree import GeneratedFile

MOST_FILES = 1_000
MOST_BYTES = 4_000_000
_KNOWN = f"a template has {MANIFEST} and the folders {', '.join(FOLDERS)}"


@dataclass(frozen=True, slots=True)
class Custom:
    """The texts of a template folder by path, and what was set: names and values as they were typed."""

    texts: Mapping[str, str]
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def layer(self) -> Layer:
        """What the folder says, in order; raises `DiagnosticError`."""
        return layer_of(self.texts)

    @property
    def stands_on(self) -> str:
        """The built-in template for use alone that it inherits, if it does."""
        known = [name for name in self.layer.inherits if name in built_in_names()]
        return next((name for name in known if not built_in(name).layers[-1].abstract), "")


RenderCustom = Callable[[Blueprint, Custom], tuple[GeneratedFile, ...]]
"""A port: the files of a project, made within bounds; raises `DiagnosticError`."""


def read_custom(folder: Path, settings: Mapping[str, str] | None = None) -> Custom:
    """The template in a folder; raises `DiagnosticError` where there is none, or it is not one of texts."""
    if not folder.is_dir():
        raise DiagnosticError([error("template-missing", str(folder), "there is no such folder", _KNOWN)])
    if not (folder / MANIFEST).is_file():
        raise DiagnosticError([error("template-missing", str(folder), f"there is no {MANIFEST} in it", _KNOWN)])
    try:
        paths = sorted(_files(folder))
        problems = tuple(_size(folder, paths)) or tuple(_links(folder, paths))
        texts = {} if problems else {path.relative_to(folder).as_posix(): _text(path, folder) for path in paths}
    except OSError as problem:
        raise DiagnosticError(
            [error("template-missing", str(problem.filename or folder), "it can't be read")]
        ) from None
    if problems:
        raise DiagnosticError(problems)
    return Custom(texts, dict(settings or {}))


def _files(folder: Path) -> Iterator[Path]:
    """The manifest, and every file in the folders that mean something; of links, the links themselves."""
    yield folder / MANIFEST
    for name in FOLDERS:
        if (folder / name).is_symlink():
            yield folder / name
        yield from (path for path in (folder / name).rglob("*") if path.is_symlink() or path.is_file())


def _size(folder: Path, paths: list[Path]) -> Iterator[Diagnostic]:
    if len(paths) > MOST_FILES:
        yield error("template-size", str(folder), f"it has more than {MOST_FILES} files")
    elif sum(path.lstat().st_size for path in paths) > MOST_BYTES:
        yield error("template-size", str(folder), f"its files have more than {MOST_BYTES} bytes in all")


def _links(folder: Path, paths: list[Path]) -> Iterator[Diagnostic]:
    """A link could lead out of the folder."""
    for path in paths:
        if path.is_symlink():
            yield error(
                "template-link", path.relative_to(folder).as_posix(), "links are not followed", "put the file here"
            )


def _text(path: Path, folder: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as problem:
        place = path.relative_to(folder).as_posix()
        said = f"byte {problem.start} is not UTF-8: a template holds texts only"
        raise DiagnosticError([error("template-text", place, said)]) from None
