"""The compiler: a checked, complete blueprint becomes a file tree, deterministically."""

from collections.abc import Callable
from dataclasses import dataclass

from codebegen.blueprint import Blueprint, dump
from codebegen.compiler.project import packages_view, project_view
from codebegen.compiler.support import Unimplemented, unimplemented
from codebegen.compiler.template import built_in
from codebegen.filetree import FileTree, GeneratedFile

Formatter = Callable[[FileTree], FileTree]
"""A port: sorts imports, removes those that are not used, formats; changes no meaning."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """The project, and what the blueprint asks for that is not in it."""

    tree: FileTree
    unimplemented: tuple[Unimplemented, ...]


def compile_blueprint(blueprint: Blueprint, format_tree: Formatter, template: str = "fastapi_sqlalchemy") -> Compiled:
    """Compile a blueprint that passed its checks; the same blueprint gives the same bytes."""
    layers = built_in(template)
    view = project_view(blueprint)
    view |= packages_view(layers, view)
    files = [*layers.render(view), GeneratedFile("codebegen.yaml", dump(blueprint), "blueprint")]
    return Compiled(format_tree(FileTree(files)), unimplemented(blueprint, template))


__all__ = ["Compiled", "Formatter", "Unimplemented", "compile_blueprint"]
