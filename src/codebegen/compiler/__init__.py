"""The compiler: a checked, complete blueprint becomes a file tree, deterministically."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from codebegen.blueprint import Blueprint, dump
from codebegen.compiler.custom import Custom, RenderCustom
from codebegen.compiler.features import added_features
from codebegen.compiler.stack import DEFAULT, layer_names, stacked, usual, whole_view
from codebegen.compiler.support import Unimplemented, feasible, unimplemented, unkept
from codebegen.features import FeatureSpec
from codebegen.filetree import FileTree, GeneratedFile

Formatter = Callable[[FileTree], FileTree]
"""A port: sorts imports, removes those that are not used, formats; changes no meaning."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """The project, what the blueprint asks for that is not in it, and the features that it has beyond its template.

    `blueprint` is the one that the project keeps in full.
    """

    tree: FileTree
    blueprint: Blueprint
    unimplemented: tuple[Unimplemented, ...]
    features: tuple[FeatureSpec, ...]


def compile_blueprint(blueprint: Blueprint, format_tree: Formatter, template: str | None = None) -> Compiled:
    """Compile a blueprint that passed its checks; the same blueprint gives the same bytes."""
    template = template or usual(blueprint.stack)
    layers = stacked(blueprint, template)
    files = layers.render(whole_view(feasible(blueprint), layers, {}))
    return _compiled(blueprint, format_tree, files, layer_names(template))


def compile_custom(blueprint: Blueprint, format_tree: Formatter, custom: Custom, render: RenderCustom) -> Compiled:
    """The same with a template of a user's own; raises `DiagnosticError` where that is wrong."""
    below = layer_names(custom.stands_on) if custom.stands_on else ()
    return _compiled(blueprint, format_tree, render(feasible(blueprint), custom), below)


def _compiled(
    blueprint: Blueprint, format_tree: Formatter, files: Iterable[GeneratedFile], below: tuple[str, ...]
) -> Compiled:
    whole = FileTree((*files, GeneratedFile("codebegen.yaml", dump(blueprint), "blueprint")))
    made = feasible(blueprint)
    return Compiled(format_tree(whole), made, unimplemented(blueprint, below), added_features(made, below))


__all__ = [
    "DEFAULT",
    "Compiled",
    "Custom",
    "Formatter",
    "RenderCustom",
    "Unimplemented",
    "compile_blueprint",
    "compile_custom",
    "unkept",
    "usual",
]
