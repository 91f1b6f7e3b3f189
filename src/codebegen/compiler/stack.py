"""Which layers a project is made of, and the view that their texts get."""

from collections.abc import Mapping
from typing import Any

from codebegen import naming
from codebegen.blueprint import Blueprint
from codebegen.blueprint.model import Stack
from codebegen.compiler.custom.values import values_of
from codebegen.compiler.features import added_features, layers_of
from codebegen.compiler.project import packages_view, project_view
from codebegen.compiler.template import Template, built_in

DEFAULT = "fastapi_sqlalchemy"


def usual(stack: Stack) -> str:
    """The template of a stack where nobody asks for another."""
    return "fastapi_mongo" if stack == "fastapi_mongo" else DEFAULT


def stacked(blueprint: Blueprint, name: str) -> Template:
    """A built-in template with all that the blueprint's features add."""
    below = layer_names(name)
    return built_in(name).with_layers(layers_of(added_features(blueprint, below), below))


def layer_names(name: str) -> tuple[str, ...]:
    """What a built-in template is called, and all that it stands on."""
    return tuple(layer.name for layer in built_in(name).layers)


def whole_view(blueprint: Blueprint, template: Template, settings: Mapping[str, str]) -> dict[str, Any]:
    """Finished values, flags and pins, with the variables of the template; raises `DiagnosticError`."""
    view = view_with(blueprint, template, settings)
    return view | packages_view(template, view)


def view_with(blueprint: Blueprint, template: Template, settings: Mapping[str, str]) -> dict[str, Any]:
    """The same without the pins."""
    features = added_features(blueprint, tuple(layer.name for layer in template.layers))
    with naming.taking(naming.DOCUMENT_ATTRIBUTES if blueprint.stack == "fastapi_mongo" else frozenset()):
        view = project_view(blueprint)
    view |= {"features": tuple(spec.key for spec in features)}
    view |= {"acting": view["auth"] and (view["histories"] or "audit_log" in view["features"])}
    return view | values_of(template.layers, blueprint, settings, view)
