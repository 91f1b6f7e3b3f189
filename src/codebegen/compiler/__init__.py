"""The compiler: a checked, complete blueprint becomes a file tree, deterministically."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from codebegen.blueprint import Blueprint, dump
from codebegen.compiler.custom import Custom, RenderCustom
from codebegen.compiler.stack import DEFAULT, stacked, whole_view
from codebegen.compiler.support import Unimplemented, unimplemented
from codebegen.filetree import FileTree, GeneratedFile

Formatter = Callable[[FileTree], FileTree]
"""A port: sorts imports, removes those that are not used, formats; changes no meaning."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """The project, and what the blueprint asks for that is not in it."""

    tree: FileTree
    unimplemented: tuple[Unimplemented, ...]


def compile_blueprint(blueprint: Blueprint, format_tree: Formatter, template: str = DEFAULT) -> Compiled:
    """Compile a blueprint that passed its checks; the same blueprint gives the same bytes."""
    layers = stacked(blueprint, template)
    files = layers.render(whole_view(blueprint, layers, {}))
    return _compiled(blueprint, format_tree, files, template)


def compile_custom(blueprint: Blueprint, format_tree: Formatter, custom: Custom, render: RenderCustom) -> Compiled:
    """The same with a template of a user's own; raises `DiagnosticError` where that is wrong."""
    return _compiled(blueprint, format_tree, render(blueprint, custom), custom.stands_on or custom.layer.name)


def _compiled(blueprint: Blueprint, format_tree: Formatter, files: Iterable[GeneratedFile], template: str) -> Compiled:
    whole = FileTree((*files, GeneratedFile("codebegen.yaml", dump(blueprint), "blueprint")))
    return Compiled(format_tree(whole), unimplemented(blueprint, template))


__all__ = [
    "DEFAULT",
    "Compiled",
    "Custom",
    "Formatter",
    "RenderCustom",
    "Unimplemented",
    "compile_blueprint",
    "compile_custom",
]
