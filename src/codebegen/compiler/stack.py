"""Which layers a project is made of, and the view that their texts get."""

from collections.abc import Mapping
from typing import Any

from codebegen.blueprint import Blueprint
from codebegen.compiler.custom.values import values_of
from codebegen.compiler.project import packages_view, project_view
from codebegen.compiler.template import Template, built_in

DEFAULT = "fastapi_sqlalchemy"


def stacked(_blueprint: Blueprint, name: str) -> Template:
    """A built-in template with all that the blueprint's features add."""
    return built_in(name)


def whole_view(blueprint: Blueprint, template: Template, settings: Mapping[str, str]) -> dict[str, Any]:
    """Finished values, flags and pins, with the variables of the template; raises `DiagnosticError`."""
    view = view_with(blueprint, template, settings)
    return view | packages_view(template, view)


def view_with(blueprint: Blueprint, template: Template, settings: Mapping[str, str]) -> dict[str, Any]:
    """The same without the pins."""
    view = project_view(blueprint)
    return view | values_of(template.layers, blueprint, settings, view)
