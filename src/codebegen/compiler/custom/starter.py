"""A template to begin with: the worked example of docs/templates.md, under a name of its own."""

from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable

from codebegen import naming
from codebegen.compiler.template import template_names
from codebegen.diagnostics import DiagnosticError, error
from codebegen.filetree import FileTree, GeneratedFile


def starter(title: str, below: str) -> FileTree:
    """The files of a new template on a built-in one; raises `DiagnosticError` where there is none of that name."""
    if below not in template_names():
        known = ", ".join(template_names())
        raise DiagnosticError([error("unknown-value", "--inherits", f"there is no `{below}`", f"one of: {known}")])
    said = {"NAME": naming.snake(title), "TITLE": naming.title(title), "BELOW": below}
    return FileTree(GeneratedFile(path, _filled(path, text, said)) for path, text in _texts())


def _filled(path: str, text: str, said: dict[str, str]) -> str:
    for word, value in said.items() if path == "template.yaml" else ():
        text = text.replace(f" {word}\n", f" {value}\n")
    return text


def _texts() -> Iterator[tuple[str, str]]:
    yield from _below(files("codebegen.compiler.custom").joinpath("starter"), "")


def _below(folder: Traversable, prefix: str) -> Iterator[tuple[str, str]]:
    for item in folder.iterdir():
        if item.is_dir():
            yield from _below(item, f"{prefix}{item.name}/")
        else:
            yield prefix + item.name, item.read_text("utf-8")
