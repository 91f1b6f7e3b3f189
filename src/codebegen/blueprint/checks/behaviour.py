"""State machines, computed values and actions: states, fields and entities that exist."""

from collections import Counter
from collections.abc import Iterator

from codebegen.blueprint.behaviour import Computed, StateMachine
from codebegen.blueprint.expressions import references
from codebegen.blueprint.lookup import follow
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.diagnostics import Diagnostic, error


def check_behaviour(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every machine, computed value and action of every entity."""
    for entity in blueprint.entities:
        place = f"entities.{entity.name}"
        for machine in entity.state_machines:
            yield from _machine(blueprint, entity, machine, f"{place}.state_machines.{machine.field}")
        for computed in entity.computed:
            yield from _computed(blueprint, entity, computed, f"{place}.computed.{computed.name}")
        moves = [t.name for machine in entity.state_machines for t in machine.transitions]
        for name, count in Counter([*moves, *(a.name for a in entity.actions if a.kind == "toggle")]).items():
            if count > 1:
                message = f"{count} moves or actions are called {name}"
                yield error("duplicate-name", place, message, "rename all but one, or join their `from` states")
        for action in entity.actions:
            if action.kind == "association" and action.entity not in blueprint.entities_by_name:
                where = f"{place}.actions.{action.name}"
                yield error("unknown-entity", where, f"there is no entity {action.entity}", "name one that exists")


def _machine(blueprint: Blueprint, entity: Entity, machine: StateMachine, place: str) -> Iterator[Diagnostic]:
    field = entity.fields_by_name.get(machine.field)
    if field is None or field.type != "enum":
        yield error("not-a-state", place, f"{machine.field} is not an enum field", "add it with its values")
        return
    states = [machine.initial, *(s for t in machine.transitions for s in (*t.from_, t.to))]
    for state in dict.fromkeys(states):
        if state not in field.values:
            hint = f"known: {', '.join(field.values)}"
            yield error("unknown-state", place, f"{state} is not a value of {machine.field}", hint)
    for transition in machine.transitions:
        paths = references(transition.guard) if transition.guard is not None else ()
        for path in paths:
            if follow(blueprint, entity, path) is None:
                yield error("unknown-path", f"{place}.{transition.name}", f"{path} leads nowhere", "name a field")
        for effect in transition.effects:
            if effect.field not in entity.fields_by_name:
                where = f"{place}.{transition.name}"
                yield error("unknown-field", where, f"there is no field {effect.field}", "add it")


def _computed(blueprint: Blueprint, entity: Entity, computed: Computed, place: str) -> Iterator[Diagnostic]:
    if computed.function == "expression":
        if computed.expression is None:
            yield error("no-expression", place, "an expression is missing", "set `expression`")
            return
        for path in references(computed.expression):
            if follow(blueprint, entity, path) is None:
                yield error("unknown-path", place, f"{path} leads nowhere", "name fields that exist")
        return
    source = blueprint.entities_by_name.get(computed.entity or "")
    if source is None:
        yield error("unknown-entity", place, f"there is no entity {computed.entity}", "name the entity to aggregate")
        return
    relation = source.relations_by_name.get(computed.relation or "")
    if relation is None or relation.target != entity.name:
        message = f"{source.name} has no relation {computed.relation} to {entity.name}"
        yield error("unknown-relation", place, message, "name the key that points here")
    if computed.function != "count" and computed.expression is None:
        field = source.fields_by_name.get(computed.field or "")
        if field is None:
            yield error("unknown-field", place, f"{source.name} has no field {computed.field}", "name a number field")
