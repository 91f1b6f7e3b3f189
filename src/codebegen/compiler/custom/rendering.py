"""Renders a template that is not ours, and says of every mistake where it is."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any

from codebegen.blueprint import Blueprint
from codebegen.compiler.custom.folder import Custom
from codebegen.compiler.custom.inspection import inspect
from codebegen.compiler.layers import FOLDERS
from codebegen.compiler.manifest import MANIFEST
from codebegen.compiler.project import NO_PINS, packages_view
from codebegen.compiler.stack import stacked, view_with
from codebegen.compiler.template import Template, built_in_names
from codebegen.diagnostics import Diagnostic, DiagnosticError, error
from codebegen.filetree import GeneratedFile

MOST_CHARACTERS = 16_000_000
MOST_FILES = 5_000
LONGEST_PATH = 200
_RESERVED = ("codebegen.yaml", ".codebegen/", ".git/", "REQUIREMENTS.md", "openapi.json")
_PLACES = tuple(f"{folder}/" for folder in FOLDERS)


def render_custom(blueprint: Blueprint, custom: Custom) -> tuple[GeneratedFile, ...]:
    """Every file of the project; raises `DiagnosticError` with all that was found wrong."""
    template = template_of(blueprint, custom)
    view = view_with(blueprint, template, custom.settings)
    if problems := inspect(template, custom.texts, {**view, **NO_PINS}):
        raise DiagnosticError(problems)
    view |= packages_view(template, view)
    files: dict[str, GeneratedFile] = {}
    size = 0
    for file in _rendered(template, view):
        if refused := _refusal(file, files):
            raise DiagnosticError([refused])
        files[file.path] = file
        size += len(file.content)
        if size > MOST_CHARACTERS or len(files) > MOST_FILES:
            said = f"the project would have more than {MOST_CHARACTERS} characters or {MOST_FILES} files"
            raise DiagnosticError([error("template-limit", _place(file.origin), said)])
    if broken := (*_hidden(files), *_broken(files)):
        raise DiagnosticError(broken)
    return tuple(files.values())


def template_of(blueprint: Blueprint, custom: Custom) -> Template:
    """The user's layer on what it inherits; raises `DiagnosticError`."""
    layer = custom.layer
    for name in layer.inherits:
        if name not in built_in_names():
            said = f"it inherits `{name}`, which is no built-in template"
            raise DiagnosticError(
                [error("template-inherits", MANIFEST, said, f"one of: {', '.join(built_in_names())}")]
            )
    below = {item.name: item for name in layer.inherits for item in stacked(blueprint, name).layers}
    return Template((*below.values(), layer))


def _rendered(template: Template, view: Mapping[str, Any]) -> Iterator[GeneratedFile]:
    for path in template.sources:
        try:
            yield from template.render_source(path, view)
        except MemoryError:
            raise
        except Exception as fault:  # noqa: BLE001 - whatever a stranger's text does wrong is a mistake in that text
            raise DiagnosticError([_explained(path, fault)]) from None


def _explained(path: str, fault: Exception) -> Diagnostic:
    where = _where(fault.__traceback__) or f"files/{path} (its name)"
    kind = {"UndefinedError": "", "SecurityError": "refused: ", "ValueError": ""}.get(type(fault).__name__)
    said = f"{type(fault).__name__}: " if kind is None else kind
    code = "template-path" if isinstance(fault, ValueError) and "(its name)" in where else "template-render"
    hint = "`codebegen templates show` lists what there is" if type(fault).__name__ == "UndefinedError" else ""
    return error(code, where, f"{said}{str(fault)[:300]}", hint)


def _where(trace: TracebackType | None) -> str:
    """The innermost line of a text that took part."""
    found = ""
    while trace is not None:
        name = trace.tb_frame.f_code.co_filename
        if name.startswith(_PLACES):
            found = f"{name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return found


def _place(origin: str) -> str:
    """`files/app/main.py.j2` of what says which layer and file made it."""
    return f"files/{origin.partition('/')[2]}"


def _refusal(file: GeneratedFile, files: Mapping[str, GeneratedFile]) -> Diagnostic | None:
    place, path = _place(file.origin), file.path
    if path != str(PurePosixPath(path)) or len(path) > LONGEST_PATH or not path.isprintable():
        return error("template-path", place, f"`{path!r:.80}` is no plain path", "names, with / between them")
    if path.startswith(_RESERVED):
        return error("template-path", place, f"`{path}` is written by codebegen itself", "choose another name")
    if path in files:
        said = f"`{path}` is made by {_place(files[path].origin)} too, or twice by this file"
        return error("template-path", place, said, "put something that differs into its name, or leave one of them out")
    return None


def _hidden(files: Mapping[str, GeneratedFile]) -> Iterator[Diagnostic]:
    """Files where others need a folder."""
    for path, file in files.items():
        for folder in PurePosixPath(path).parents:
            if str(folder) in files:
                yield error(
                    "template-path", _place(file.origin), f"`{folder}` is a file, and `{path}` needs a folder there"
                )


def _broken(files: Mapping[str, GeneratedFile]) -> Iterator[Diagnostic]:
    """Python that is none."""
    for path, file in files.items():
        if path.endswith((".py", ".pyi")):
            try:
                ast.parse(file.content)
            except (SyntaxError, ValueError, RecursionError) as problem:
                line = getattr(problem, "lineno", None)
                said = f"what it makes is not Python: {path}{f', line {line}' if line else ''}: {problem}"
                yield error("template-python", _place(file.origin), said)
