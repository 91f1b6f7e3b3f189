"""Reads a generated project back from disk."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from codebegen.blueprint import Blueprint, load
from codebegen.diagnostics import DiagnosticError, error

BLUEPRINT = "codebegen.yaml"


@dataclass(frozen=True, slots=True)
class Project:
    """A project folder and the blueprint in it."""

    path: Path
    blueprint: Blueprint

    def edited(self, generated: Mapping[str, str]) -> tuple[str, ...]:
        """Paths of `generated` (path → text) that are missing here or read otherwise: a person's own changes."""
        return tuple(path for path, content in generated.items() if self._read(path) != content.encode())

    def _read(self, path: str) -> bytes | None:
        try:
            return (self.path / path).read_bytes()
        except OSError:
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
