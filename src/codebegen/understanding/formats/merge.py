"""Merging: what prose says about entities that are known exactly is laid over them; the exact form stays as it is."""

from collections.abc import Iterable
from typing import Any, TypeVar

from codebegen import naming
from codebegen.blueprint import Blueprint, Conflict, Entity, Feature, Field, Relation, inferred
from codebegen.blueprint.behaviour import StateMachine, Transition
from codebegen.blueprint.node import Node
from codebegen.understanding.formats.build import Built

T = TypeVar("T")


def merge(told: Blueprint, built: Built) -> Blueprint:
    """The blueprint of the prose, with every exact entity as it was written and what the prose adds to it."""
    by_name = told.entities_by_name
    conflicts: list[Conflict] = []
    exact = tuple(_merged(entity, by_name.get(entity.name), conflicts) for entity in built.entities)
    names = {entity.name for entity in exact}
    pairs = {frozenset((e.name, r.target)) for e in exact for r in e.relations}
    rest = tuple(_rest(e, names, pairs) for e in told.entities if e.name not in names)
    report = told.report.model_copy(
        update={
            "assumptions": (*_others(told, names), *built.assumptions),
            "residue": tuple(sorted((*told.report.residue, *built.residue), key=lambda one: one.start)),
            "conflicts": (*told.report.conflicts, *built.conflicts, *conflicts),
        }
    )
    features = told.features
    if built.accounts and not told.has("auth"):
        features = (*features, Feature(key="auth", provenance=inferred("it is written that people log in")))
    entities = (*exact, *rest)
    return told.model_copy(update={"entities": entities, "features": features, "report": report})


def _others(told: Blueprint, names: set[str]) -> Iterable[object]:
    """Assumptions of the prose that are not about what is known."""
    return (a for a in told.report.assumptions if a.element.removeprefix("entities.").partition(".")[0] not in names)


def _rest(entity: Entity, exact: set[str], pairs: set[frozenset[str]]) -> Entity:
    """An entity that only the prose has, without keys that an exact one has the other way round."""
    kept = tuple(
        r for r in entity.relations if r.target not in exact or frozenset((entity.name, r.target)) not in pairs
    )
    return entity.model_copy(update={"relations": kept})


def _merged(exact: Entity, told: Entity | None, conflicts: list[Conflict]) -> Entity:
    if told is None:
        return exact
    told = _renamed(told, dict(_same(exact, told)))
    computed = {one.name for one in told.computed}
    fields = tuple(f for f in exact.fields if f.name not in computed)
    known = {f.name for f in fields} | {r.name for r in exact.relations} | {r.key for r in exact.relations} | computed
    more = tuple(f for f in told.fields if f.name not in known and not _doubles(f, exact))
    rules = [r for r in told.rules if r.name not in {own.name for own in exact.rules}]
    return exact.model_copy(
        update={
            "fields": (*fields, *more),
            "relations": (*exact.relations, *_relations(exact, told, conflicts)),
            "rules": (*exact.rules, *rules),
            "unique_together": exact.unique_together
            + tuple(
                u for u in told.unique_together if set(u.fields) not in [set(x.fields) for x in exact.unique_together]
            ),
            "state_machines": tuple(_machines(exact, told, conflicts)),
            "permissions": told.permissions,
            "computed": told.computed,
            "actions": told.actions,
            "owner": told.owner,
            "soft_delete": exact.soft_delete or told.soft_delete,
        }
    )


def _same(exact: Entity, told: Entity) -> Iterable[tuple[str, str]]:
    """Relations that the prose calls otherwise: an `author` is the only `user` that a row leads to."""
    for relation in told.relations:
        found = [r.name for r in exact.relations if r.target == relation.target and r.kind != "many_to_many"]
        if relation.name not in exact.relations_by_name and found and relation.kind != "many_to_many":
            yield relation.name, found[0]


def _renamed(node: T, names: dict[str, str]) -> T:
    """The same node, its paths beginning with the names that hold."""
    if not names or not isinstance(node, Node):
        return node
    changes: dict[str, Any] = {}
    for member in type(node).model_fields:
        value = getattr(node, member)
        if member in ("path", "owner", "relation") and isinstance(value, str):
            head, dot, rest = value.partition(".")
            changes[member] = f"{names.get(head, head)}{dot}{rest}"
        elif isinstance(value, Node):
            changes[member] = _renamed(value, names)
        elif isinstance(value, tuple) and value and isinstance(value[0], Node):
            changes[member] = tuple(_renamed(item, names) for item in value)
    return node.model_copy(update=changes)


def _doubles(field: Field, exact: Entity) -> bool:
    """A word of prose for something that the exact form calls a little differently: `description` and `desc`."""
    return any(field.name == f"{naming.snake(exact.name)}_{f.name}" for f in exact.fields)


def _relations(exact: Entity, told: Entity, conflicts: list[Conflict]) -> Iterable[Relation]:
    """Relations that the prose adds; where there is one to the same target already, that one stays."""
    targets = {relation.target: relation for relation in exact.relations}
    names = {relation.name for relation in exact.relations} | {field.name for field in exact.fields}
    for relation in told.relations:
        known = exact.relations_by_name.get(relation.name) or targets.get(relation.target)
        if known is None and relation.name not in names:
            yield relation
        elif known is not None and (relation.kind == "many_to_many") != (known.kind == "many_to_many"):
            message = f"the description says that {exact.name} and {relation.target} are {relation.kind}"
            conflicts.append(Conflict(message=message, chosen=f"{known.kind}, as it is written exactly"))


def _machines(exact: Entity, told: Entity, conflicts: list[Conflict]) -> Iterable[StateMachine]:
    """State machines in the values of the exact enum."""
    for machine in told.state_machines:
        field = exact.fields_by_name.get(machine.field)
        if field is None or field.type != "enum":
            if field is None:
                yield machine
            else:
                message = f"{exact.name}.{field.name} moves between states, but is a {field.type}"
                conflicts.append(Conflict(message=message, chosen="no moves"))
            continue
        values = {naming.snake(value): value for value in field.values}
        kept = tuple(move for t in machine.transitions if (move := _move(t, values)) is not None)
        lost = [t.name for t in machine.transitions if _move(t, values) is None]
        if lost:
            message = f"{', '.join(lost)} of {exact.name} leads to states that {field.name} does not have"
            conflicts.append(Conflict(message=message, chosen=f"the values {', '.join(field.values)}"))
        initial = values.get(naming.snake(machine.initial), field.values[0])
        if kept:
            yield machine.model_copy(update={"initial": initial, "transitions": kept})


def _move(move: Transition, values: dict[str, str]) -> Transition | None:
    sources = tuple(values[naming.snake(state)] for state in move.from_ if naming.snake(state) in values)
    target = values.get(naming.snake(move.to))
    if target is None or not sources:
        return None
    return move.model_copy(update={"from_": sources, "to": target})
