"""Which template makes a project: the one that was asked for, if it is for the stack that the description asks for."""

from codebegen.blueprint import Blueprint
from codebegen.compiler import Custom, usual
from codebegen.compiler.template import built_in
from codebegen.diagnostics import DiagnosticError, error


def chosen(blueprint: Blueprint, wanted: str | Custom | None) -> str | Custom:
    """The template; raises `DiagnosticError` where the one that is wanted knows nothing of the blueprint's stack."""
    if wanted is None:
        return usual(blueprint.stack)
    name, stacks = _stacks(wanted)
    if stacks and blueprint.stack not in stacks:
        said = f"the template {name} is for {', '.join(stacks)}, and the description asks for {blueprint.stack}"
        hint = f"choose another template, or say --stack {stacks[0]}"
        raise DiagnosticError([error("template-stack", "--template", said, hint)])
    return wanted


def _stacks(wanted: str | Custom) -> tuple[str, tuple[str, ...]]:
    """The name of a template, and the stacks that it is for: of a user's own, those of the one below unless it says."""
    layer = wanted.layer if isinstance(wanted, Custom) else built_in(wanted).layers[-1]
    if layer.stacks or isinstance(wanted, str):
        return layer.name, layer.stacks
    return layer.name, built_in(wanted.stands_on).layers[-1].stacks if wanted.stands_on else ()
