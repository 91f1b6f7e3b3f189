"""Compound actions: where they are reached, and that every step says something that can be done."""

import re
from collections.abc import Iterator

from codebegen.blueprint.behaviour import CompoundAction
from codebegen.blueprint.checks.expressions import Place
from codebegen.blueprint.checks.steps import Steps
from codebegen.blueprint.endpoints import PREFIX, endpoints
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.diagnostics import Diagnostic, error

_PATH = re.compile(r"(/([a-z0-9]+(-[a-z0-9]+)*|\{id\}))+")


def check_actions(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every compound action that has steps."""
    known = all(r.target in blueprint.entities_by_name for entity in blueprint.entities for r in entity.relations)
    operations = [(e.method, e.path) for e in endpoints(blueprint)] if known else []
    for entity in blueprint.entities if known else ():
        for action in entity.compounds:
            place = f"entities.{entity.name}.actions.{action.name}"
            yield from _path(entity, action, operations, place)
            yield from Steps(Place(blueprint, entity, place)).check(action.steps)


def _path(
    entity: Entity, action: CompoundAction, operations: list[tuple[str, str]], place: str
) -> Iterator[Diagnostic]:
    own = f"{entity.path}/{{id}}/"
    known = "{id}" not in action.path or (action.path.startswith(own) and action.path.count("{") == 1)
    if not _PATH.fullmatch(action.path) or not known or (entity.kind == "user" and "{" in action.path):
        message = f"{action.path} does not lead to a row of {entity.name}"
        yield error("path-shape", place, message, f"use {own}{action.name}, or a path without an id")
    if operations.count(("POST", PREFIX + action.path)) > 1:
        yield error("duplicate-name", place, f"POST {action.path} is something else already", "use another path")
