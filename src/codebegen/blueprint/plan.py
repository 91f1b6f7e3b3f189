"""The blueprint as `codebegen plan --format json` prints it; the keys are part of the interface and always present."""

from typing import Any

from codebegen.blueprint.behaviour import Transition
from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation


def plan(blueprint: Blueprint) -> dict[str, Any]:
    """Plain JSON data of the whole blueprint and its report."""
    return {
        "name": blueprint.name,
        "title": blueprint.title,
        "domain": blueprint.domain,
        "stack": blueprint.stack,
        "features": [{"key": f.key, "origin": f.origin} for f in blueprint.features],
        "roles": [{"name": role.name, "origin": role.origin} for role in blueprint.roles],
        "entities": [_entity(entity) for entity in blueprint.entities],
        "report": blueprint.report.model_dump(mode="json"),
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "name": entity.name,
        "plural": entity.plural,
        "path": entity.path,
        "kind": entity.kind,
        "origin": entity.origin,
        "owner": entity.owner,
        "soft_delete": entity.soft_delete,
        "fields": [_field(field) for field in entity.fields],
        "relations": [_relation(relation) for relation in entity.relations],
        "unique_together": [list(unique.fields) for unique in entity.unique_together],
        "state_machines": [
            {
                "field": machine.field,
                "initial": machine.initial,
                "transitions": [_move(move) for move in machine.transitions],
            }
            for machine in entity.state_machines
        ],
        "permissions": _plain(entity.permissions),
        "rules": [
            *_plain(entity.rules),
            *({"kind": "tally"} | tally for tally in _plain(entity.tallies)),
            *({"kind": "history"} | history for history in _plain(entity.histories)),
            *({"kind": "notice"} | notice for notice in _plain(entity.notices)),
        ],
        "actions": _plain(entity.actions),
        "computed": _plain(entity.computed),
    }


def _move(move: Transition) -> dict[str, Any]:
    """A move; `steps` are there where it changes other rows."""
    steps = [step.model_dump(mode="json", exclude_none=True) for step in move.steps]
    return {"name": move.name, "from": list(move.from_), "to": move.to} | ({"steps": steps} if steps else {})


def _field(field: Field) -> dict[str, Any]:
    keys = "name type required unique default min max min_length max_length pattern origin".split()
    return {key: getattr(field, key) for key in keys} | {"values": list(field.values)}


def _relation(relation: Relation) -> dict[str, Any]:
    return {key: getattr(relation, key) for key in "name kind target required unique origin".split()}


def _plain(elements: tuple[Any, ...]) -> list[dict[str, Any]]:
    """Elements with `origin` in the place of the whole provenance."""
    return [
        element.model_dump(mode="json", exclude={"provenance"}, exclude_none=True) | {"origin": element.origin}
        for element in elements
    ]
