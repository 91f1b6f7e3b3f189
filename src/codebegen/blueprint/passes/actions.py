"""Compound actions: where they are reached, and what new rows get that nobody has said: the rows at hand know it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from codebegen import naming
from codebegen.blueprint.behaviour import CompoundAction
from codebegen.blueprint.expressions import Arithmetic, Expression, FieldRef
from codebegen.blueprint.fields import NUMBER_TYPES, Field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.steps import Assignment, CreateStep, ForEachStep, Step

_AMOUNTS = frozenset({"quantity", "qty", "amount", "count", "units"})
_TOTALS = frozenset({"total", "subtotal", "line_total", "total_price"})


def complete_actions(blueprint: Blueprint) -> Blueprint:
    """Paths of compound actions, and the values of the rows that they make."""
    return each_entity(blueprint, lambda entity: _with_actions(blueprint, entity))


def _with_actions(blueprint: Blueprint, entity: Entity) -> Entity:
    actions = (
        changed(action, path=_path(entity, action), steps=_completed(blueprint, entity, action))
        if isinstance(action, CompoundAction)
        else action
        for action in entity.actions
    )
    return changed(entity, actions=tuple(actions))


def _path(entity: Entity, action: CompoundAction) -> str:
    """Where it is reached, below `/api/v1`; whatever the text calls the id, it is the id."""
    if not action.path:
        start = "" if entity.kind == "user" else f"{entity.path}/{{id}}"
        return f"{start}/{naming.kebab(action.name)}"
    path = re.sub(r"\{[^}]*\}|:\w+|<[^>]*>", "{id}", action.path.removeprefix("/api/v1"))
    return "/" + path.strip("/")


@dataclass(frozen=True, slots=True)
class _Scene:
    """The row of the action, what was made before, and of `for_each` the row at hand with its key to the first."""

    blueprint: Blueprint
    subject: Entity
    made: frozenset[str] = frozenset()
    row: Entity | None = None
    key: str = ""


def _completed(blueprint: Blueprint, entity: Entity, action: CompoundAction) -> tuple[Step, ...]:
    scene = _Scene(blueprint, entity)
    steps: list[Step] = []
    for step in action.steps:
        if isinstance(step, CreateStep):
            steps.append(_filled(scene, step))
            scene = replace(scene, made=scene.made | {step.entity})
        elif isinstance(step, ForEachStep) and step.entity in blueprint.entities_by_name:
            inner = replace(scene, row=blueprint.entities_by_name[step.entity], key=step.relation)
            parts = (_filled(inner, one) if isinstance(one, CreateStep) else one for one in step.steps)
            steps.append(changed(step, steps=tuple(parts)))
        else:
            steps.append(step)
    return tuple(steps)


def _filled(scene: _Scene, step: CreateStep) -> CreateStep:
    target = scene.blueprint.entities_by_name.get(step.entity)
    if target is None:
        return step
    given = {value.name for value in step.values}
    found: list[tuple[str, Expression | None]] = []
    for relation in target.relations:
        free = relation.kind != "many_to_many" and relation.target not in scene.made
        found += [(relation.name, _key(scene, relation))] if free else []
    states = {machine.field for machine in target.state_machines}
    found += [(f.name, _value(scene, f)) for f in target.fields if f.name not in states and not f.unique]
    new = (Assignment(name=name, value=value) for name, value in found if value is not None and name not in given)
    return changed(step, values=(*step.values, *new))


def _key(scene: _Scene, relation: Relation) -> Expression | None:
    """The row at hand, one that it points to, the row of the action, one that this points to."""
    row = scene.row
    if row is not None:
        if relation.target == row.name:
            return FieldRef(path="id")
        if (name := _pointing(row, relation)) is not None and name != scene.key:
            return FieldRef(path=name)
    prefix = f"{scene.key}." if row is not None else ""
    if relation.target == scene.subject.name:
        return FieldRef(path=scene.key or "id")
    name = _pointing(scene.subject, relation)
    return FieldRef(path=f"{prefix}{name}") if name is not None else None


def _pointing(entity: Entity, wanted: Relation) -> str | None:
    """The key of an entity that points where another one does: of the same name, or the only one."""
    keys = [r for r in entity.relations if r.target == wanted.target and r.kind != "many_to_many"]
    keys = [r for r in keys if r.required or not wanted.required]
    named = [r.name for r in keys if r.name == wanted.name]
    return named[0] if named else keys[0].name if len(keys) == 1 else None


def _value(scene: _Scene, field: Field) -> Expression | None:
    """What the row at hand calls the same; a price also of what it points to, a total as amount times price."""
    row = scene.row
    if row is None:
        same = scene.subject.fields_by_name.get(field.name)
        return FieldRef(path=field.name) if same is not None and field.required and _copies(same, field) else None
    same = row.fields_by_name.get(field.name)
    if same is not None:
        return FieldRef(path=field.name) if _copies(same, field) else None
    if field.name in _TOTALS and field.type in NUMBER_TYPES:
        amount = next((f.name for f in row.fields if f.name in _AMOUNTS and not f.nullable), None)
        price = next(_prices(scene, row, field), None)
        if amount is None or price is None:
            return None
        return Arithmetic(operator="*", left=FieldRef(path=amount), right=price)
    return next(_prices(scene, row, field), None) if field.type in ("decimal", "money") else None


def _prices(scene: _Scene, row: Entity, field: Field) -> Iterator[FieldRef]:
    """Prices of the row at hand, then of what it points to: those of the wanted name first."""
    entities = scene.blueprint.entities_by_name
    keys = [r for r in row.relations if r.kind != "many_to_many" and r.required and r.name != scene.key]
    places = [("", row), *((f"{key.name}.", entities[key.target]) for key in keys if key.target in entities)]
    found = [(prefix, one) for prefix, entity in places for one in entity.fields if _copies(one, field)]
    named = [(prefix, one) for prefix, one in found if one.name == field.name]
    called = [(prefix, one) for prefix, one in found if one.name.endswith("price")]
    yield from (FieldRef(path=f"{prefix}{one.name}") for prefix, one in (*named, *called))


def _copies(source: Field, field: Field) -> bool:
    """Whether a value of one field is a value of the other."""
    amounts = {"decimal", "money"}
    alike = source.type == field.type or {source.type, field.type} <= amounts
    kept = source.type != "enum" or source.values == field.values
    return alike and kept and not source.write_only and (field.nullable or not source.nullable)
