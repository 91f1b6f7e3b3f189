"""Repair: what a format allows and a blueprint refuses is taken back, and said."""

import re
from collections.abc import Sequence
from typing import Any

from codebegen.blueprint import Blueprint, Entity, Field
from codebegen.blueprint.checks import check
from codebegen.blueprint.passes import complete
from codebegen.blueprint.passes.edit import changed
from codebegen.diagnostics import Diagnostic

_ROUNDS = 4
_PLACE = re.compile(r"entities\.(\w+)(?:\.(\w+)(?:\.([\w:]+))?)?")
_TAKEN_BACK: dict[str, dict[str, Any]] = {
    "default": {"default": None},
    "bounds": {
        "min": None,
        "max": None,
        "exclusive_min": False,
        "exclusive_max": False,
        "min_length": None,
        "max_length": None,
    },
    "pattern": {"pattern": None},
    "unique": {"unique": False},
    "scale": {"scale": None},
    "list": {"item_type": "string"},
}

Notes = list[tuple[str, str]]


def repair(blueprint: Blueprint) -> tuple[Blueprint, Notes]:
    """A blueprint that passes the checks as far as its elements can be mended; and what was changed, with its place."""
    notes: Notes = []
    for _ in range(_ROUNDS):
        problems = [p for p in check(complete(blueprint)) if p.severity == "error"]
        if not problems:
            break
        entities = tuple(_mended(entity, problems, notes) for entity in blueprint.entities)
        blueprint = blueprint.model_copy(update={"entities": entities})
    return blueprint, notes


def _mended(entity: Entity, problems: Sequence[Diagnostic], notes: Notes) -> Entity:
    for problem in problems:
        match = _PLACE.match(problem.place)
        if match is None or match[1] != entity.name:
            continue
        mended = _without(entity, match[2] or "", match[3] or "", problem)
        if mended is not entity:
            notes.append((problem.place, f"{problem.message}: it is left out"))
            entity = mended
    return entity


def _without(entity: Entity, kind: str, name: str, problem: Diagnostic) -> Entity:
    match kind:
        case "fields" if name in entity.fields_by_name:
            fields = tuple(_plain(f, problem) if f.name == name else f for f in entity.fields)
            return changed(entity, fields=fields)
        case "owner":
            return changed(entity, owner=None)
        case "permissions":
            return _less(entity, "permissions", "operation", name)
        case "rules" | "computed" | "actions":
            return _less(entity, kind, "name", name)
        case "state_machines":
            return _less(entity, kind, "field", name)
        case "unique_together":
            return changed(entity, unique_together=())
        case "relations" if problem.code == "duplicate-inverse":
            relations = tuple(
                r.model_copy(update={"inverse": f"{r.name}_{entity.name.lower()}_rows"[:60]}) if r.name == name else r
                for r in entity.relations
            )
            return changed(entity, relations=relations)
        case _:
            return entity


def _less(entity: Entity, group: str, key: str, name: str) -> Entity:
    """The entity without one element of a group."""
    elements = getattr(entity, group)
    kept = tuple(one for one in elements if getattr(one, key) != name)
    return changed(entity, **{group: kept}) if len(kept) < len(elements) else entity


def _plain(field: Field, problem: Diagnostic) -> Field:
    """A field without what the problem is about."""
    if problem.code == "enum-values":
        return field.model_copy(update={"type": "string", "values": (), "default": None})
    head = problem.code.removeprefix("enum-").partition("-")[0]
    return field.model_copy(update=_TAKEN_BACK.get(head, {"default": None}))
