"""Small helpers that make a changed copy of a blueprint."""

from collections.abc import Callable
from typing import TypeVar, cast

from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.node import Node
from codebegen.blueprint.report import Assumption

N = TypeVar("N", bound=Node)


def changed(node: N, **values: object) -> N:
    """A copy with some values replaced, and nothing cached taken along."""
    kept = {name: getattr(node, name) for name in type(node).model_fields}
    return cast(N, type(node).model_construct(**{**kept, **values}))


def each_entity(blueprint: Blueprint, change: Callable[[Entity], Entity]) -> Blueprint:
    """A copy with every entity changed."""
    return changed(blueprint, entities=tuple(change(entity) for entity in blueprint.entities))


def assume(blueprint: Blueprint, element: str, message: str) -> Blueprint:
    """A copy whose report tells one more assumption, once."""
    assumption = Assumption(element=element, message=message)
    if assumption in blueprint.report.assumptions:
        return blueprint
    report = changed(blueprint.report, assumptions=(*blueprint.report.assumptions, assumption))
    return changed(blueprint, report=report)
