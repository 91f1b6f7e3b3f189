"""`--template` and `--set`: a name or a folder, and words for its variables, become what the pipeline takes."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from codebegen.cli.arguments import UsageError
from codebegen.compiler import Custom
from codebegen.compiler.custom import read_custom
from codebegen.compiler.manifest import MANIFEST
from codebegen.compiler.template import template_names
from codebegen.diagnostics import DiagnosticError, error


def own_folder() -> Path:
    """Where a user's templates have names: `$XDG_DATA_HOME/codebegen/templates`."""
    base = os.environ.get("XDG_DATA_HOME", "")
    return (Path(base) if base.startswith("/") else Path("~/.local/share").expanduser()) / "codebegen" / "templates"


def own_templates() -> Iterator[Path]:
    """The folders of templates that lie there."""
    folder = own_folder()
    if folder.is_dir():
        yield from (item for item in sorted(folder.iterdir()) if (item / MANIFEST).is_file())


def template_of(word: str | None, settings: Iterable[str]) -> str | Custom | None:
    """The template that a word means; raises `DiagnosticError` where it means none.

    A built-in name goes before a folder here of the same name, and that before one of the user's own by name.
    """
    chosen = dict(map(_setting, settings))
    if word is None or word in template_names():
        if chosen:
            said = f"the template {word or 'fastapi_sqlalchemy'} has no variables"
            raise DiagnosticError([error("template-setting", f"--set {next(iter(chosen))}", said)])
        return word
    folder = Path(word).expanduser()
    if os.sep not in word and not folder.is_dir():
        folder = next((item for item in own_templates() if item.name == word), folder)
    if os.sep not in word and not folder.is_dir():
        known = ", ".join((*template_names(), *(item.name for item in own_templates())))
        raise DiagnosticError([error("unknown-value", "--template", f"there is no `{word}`", f"one of: {known}")])
    return read_custom(folder, chosen)


def _setting(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not sign or not name.strip():
        raise UsageError(f"--set takes NAME=VALUE, not `{text}`")
    return name.strip(), value
