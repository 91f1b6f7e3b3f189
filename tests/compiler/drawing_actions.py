"""Compound actions: steps over rows that point here, and over what those point to."""

from typing import Any

from hypothesis import strategies as st

from codebegen.blueprint import Action, Blueprint, Entity, Field, Relation, StateMachine, Tally
from codebegen.blueprint.behaviour import CompoundAction
from codebegen.blueprint.checks.writing import bound_by
from codebegen.blueprint.expressions import Arithmetic, Expression, FieldRef, Value
from codebegen.blueprint.passes.edit import changed
from codebegen.blueprint.steps import AdjustStep, CreateStep, ForEachStep, RequireStep, RowStep, SetStep, Step
from tests.compiler.drawing_conditions import conditions
from tests.compiler.drawing_names import prose

_EXACT = ("integer", "duration", "decimal", "money")


@st.composite
def compounds(draw: Any, entity: Entity, entities: dict[str, Entity]) -> list[CompoundAction]:
    """At most one, with whatever steps the entity has rows for."""
    if not draw(st.booleans()):
        return []
    steps: list[Step] = []
    if entity.name != "User" and len(entity.fields) > 1 and draw(st.booleans()):
        steps.append(RequireStep(condition=draw(conditions(entity, 1)), message=draw(prose())))
    steps += draw(_adjusting(entity, entities))
    others = [one.name for one in entities.values() if one.kind == "normal" and one.name != "User"]
    makes = [CreateStep(entity=draw(st.sampled_from(others)))] if others and draw(st.booleans()) else []
    steps += makes
    for child in entities.values():
        keys = [r for r in child.relations if r.target == entity.name and r.kind != "many_to_many"]
        if keys and child.name not in (entity.name, "User") and draw(st.booleans()):
            inner: list[RowStep] = list(draw(_adjusting(child, entities, keys[0].name)))
            inner += [CreateStep(entity=draw(st.sampled_from(others)))] if others and draw(st.booleans()) else []
            clear = draw(st.booleans())
            steps.append(ForEachStep(entity=child.name, relation=keys[0].name, steps=tuple(inner), clear=clear))
    for field in entity.fields:
        if field.type == "integer" and not field.required and draw(st.booleans()):
            steps.append(SetStep(field=field.name, value=Value(value=None)))
    path = draw(st.sampled_from(["", "", f"/{entity.name.lower()}-checkout"]))
    return [CompoundAction(name="checkout", path=path, steps=tuple(steps), text=draw(prose()))]


@st.composite
def following(draw: Any, machine: StateMachine, entity: Entity, entities: dict[str, Entity]) -> StateMachine:
    """The machine with moves that change numbers of other rows, where no tally does so already."""
    moves = []
    for move in machine.transitions if not entity.tallies else ():
        steps: list[Step] = list(draw(_adjusting(entity, entities))) if draw(st.booleans()) else []
        for child in entities.values():
            keys = [r for r in child.relations if r.target == entity.name and r.kind != "many_to_many"]
            if keys and child.name not in (entity.name, "User") and draw(st.booleans()):
                inner = tuple(draw(_adjusting(child, entities, keys[0].name)))
                steps.append(ForEachStep(entity=child.name, relation=keys[0].name, steps=inner))
        moves.append(changed(move, steps=tuple(steps)))
    return changed(machine, transitions=tuple(moves or machine.transitions))


def free_of_rules(entity: Entity, action: Action) -> Action:
    """The action without steps that could break a rule."""
    if action.kind != "compound":
        return action
    fields = entity.fields_by_name
    kept = (step for step in action.steps if not isinstance(step, SetStep) or _is_free(entity, fields[step.field]))
    return changed(action, steps=tuple(kept))


def _is_free(entity: Entity, field: Field) -> bool:
    return bound_by(Blueprint(name="one", entities=(entity,)), entity, field) is None


@st.composite
def tallies(draw: Any, entity: Entity, entities: dict[str, Entity]) -> list[Tally]:
    """At most one, with or without a condition; keys that would take its rows along stay as they are."""
    found = [(r, f) for r in entity.relations if r.kind != "many_to_many" for f in entities[r.target].fields]
    fitting = [(r, f) for r, f in found if f.type in _EXACT and not (f.unique or f.immutable)]
    if not fitting or any(r.on_delete == "cascade" for r in entity.relations) or not draw(st.booleans()):
        return []
    relation, number = draw(st.sampled_from(fitting))
    condition = draw(st.none() | conditions(entity, 1)) if len(entity.fields) > 1 else None
    amount = draw(_amounts(entity))
    return [Tally(name="taken", relation=relation.name, field=number.name, amount=amount, condition=condition)]


@st.composite
def _adjusting(draw: Any, row: Entity, entities: dict[str, Entity], back: str = "") -> list[AdjustStep]:
    """A number of what a row points to, by an amount of the row or a constant."""
    found = [(r, f) for r in row.relations if _leads_on(r, row, back) for f in entities[r.target].fields]
    fitting = [(r, f) for r, f in found if f.type in _EXACT and not (f.unique or f.immutable)]
    return [AdjustStep(relation=r.name, field=f.name, amount=draw(_amounts(row))) for r, f in fitting[:1]]


def _leads_on(relation: Relation, row: Entity, back: str) -> bool:
    return (
        relation.required and relation.kind != "many_to_many" and relation.name != back and relation.target != row.name
    )


@st.composite
def _amounts(draw: Any, row: Entity) -> Expression:
    whole = [f.name for f in row.fields if f.type == "integer"]
    if not whole or draw(st.booleans()):
        return Value(value=draw(st.sampled_from([-1, 1, 3])))
    return Arithmetic(operator="*", left=FieldRef(path=whole[0]), right=Value(value=-1))
