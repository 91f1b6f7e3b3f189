"""Reads a generated project back from disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from codebegen.blueprint import Blueprint, load
from codebegen.diagnostics import DiagnosticError, error
from codebegen.filetree import FileTree, GeneratedFile

BLUEPRINT = "codebegen.yaml"


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder and the blueprint in it."""

    path: Path
    blueprint: Blueprint

    def files(self, generated: FileTree) -> FileTree:
        """What stands here: the paths of `generated` as they read now, and all other Python files of the app."""
        own = (path for path in (self.path / "app").rglob("*.py"))
        paths = {*generated, *(path.relative_to(self.path).as_posix() for path in own)}
        found = ((path, self._read(path)) for path in sorted(paths))
        return FileTree(GeneratedFile(path, text) for path, text in found if text is not None)

    def edited(self, generated: Mapping[str, str]) -> tuple[str, ...]:
        """Paths of `generated` (path → text) that read otherwise here or are gone."""
        return tuple(path for path, content in generated.items() if self._read(path) != content)

    def _read(self, path: str) -> str | None:
        try:
            return (self.path / path).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError):
            return None


def read_project(path: Path) -> Project:
    """The project at `path`; raises `DiagnosticError` where there is none or its blueprint can't be read."""
    if not path.is_dir():
        raise DiagnosticError([error("no-project", str(path), "there is no such folder")])
    try:
        text = (path / BLUEPRINT).read_text(encoding="utf-8")
    except FileNotFoundError:
        hint = f"a project that codebegen made has a {BLUEPRINT} in its root"
        raise DiagnosticError([error("no-blueprint", str(path), f"there is no {BLUEPRINT} here", hint)]) from None
    except (OSError, UnicodeDecodeError) as problem:
        raise DiagnosticError([error("no-blueprint", str(path / BLUEPRINT), f"it can't be read: {problem}")]) from None
    blueprint = load(text)
    if not isinstance(blueprint, Blueprint):
        raise DiagnosticError(blueprint)
    return Project(path.absolute(), blueprint)
