"""State machines, computed values and actions: states, fields and entities that exist."""

from collections import Counter
from collections.abc import Iterator

from codebegen.blueprint.behaviour import Computed, StateMachine, Transition
from codebegen.blueprint.checks.expressions import Place, check_condition, check_number, check_value
from codebegen.blueprint.checks.steps import Steps, adds
from codebegen.blueprint.fields import FIELD_TYPES, MOMENT_TYPES, NUMBER_TYPES
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.diagnostics import Diagnostic, error

_ORDERED = NUMBER_TYPES | MOMENT_TYPES | {"string"}
_AGGREGATED: dict[str, frozenset[str]] = {
    "count": frozenset(FIELD_TYPES),
    "sum": NUMBER_TYPES,
    "average": NUMBER_TYPES,
    "min": _ORDERED,
    "max": _ORDERED,
}


def check_behaviour(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every machine, computed value and action of every entity."""
    for entity in blueprint.entities:
        place = f"entities.{entity.name}"
        for machine in entity.state_machines:
            yield from _machine(blueprint, entity, machine, f"{place}.state_machines.{machine.field}")
        for computed in entity.computed:
            yield from _computed(blueprint, entity, computed, f"{place}.computed.{computed.name}")
        machines = [machine.field for machine in entity.state_machines]
        yield from _twice(machines, f"{place}.state_machines", "machines of")
        moves = [t.name for machine in entity.state_machines for t in machine.transitions]
        toggles = [action.name for action in entity.actions if action.kind == "toggle"]
        yield from _twice([*moves, *(action.name for action in entity.acts)], place, "moves or actions are called")
        if toggles and not blueprint.has_accounts:
            yield error("no-accounts", f"{place}.actions", "nobody can be told apart", "add the feature auth")
        for action in entity.actions:
            if action.kind == "association" and action.entity not in blueprint.entities_by_name:
                where = f"{place}.actions.{action.name}"
                yield error("unknown-entity", where, f"there is no entity {action.entity}", "name one that exists")


def _twice(names: list[str], place: str, what: str) -> Iterator[Diagnostic]:
    for name, count in Counter(names).items():
        if count > 1:
            hint = "rename all but one, or join their `from` states"
            yield error("duplicate-name", place, f"{count} {what} {name}", hint)


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
        yield from _transition(Place(blueprint, entity, f"{place}.{transition.name}"), machine, transition)


def _transition(place: Place, machine: StateMachine, move: Transition) -> Iterator[Diagnostic]:
    if not move.from_:
        yield error("no-source", place.name, f"{move.name} starts nowhere", "list the states in `from`")
    if move.name == "restore" and place.entity.soft_delete:
        yield error("duplicate-name", place.name, "restore brings deleted rows back already", "rename the move")
    if move.guard is not None:
        yield from check_condition(place, move.guard)
    written = [machine.field]
    for effect in move.effects:
        field = place.entity.fields_by_name.get(effect.field)
        if field is None:
            yield error("unknown-field", place.name, f"there is no field {effect.field}", "add it")
            continue
        if effect.field in written:
            yield error("duplicate-name", place.name, f"{effect.field} is written twice", "remove one effect")
        written.append(effect.field)
        yield from check_value(place, effect.value, field)
    yield from Steps(place, moving=True).check(move.steps)
    if place.entity.tallies and any(adds(step) for step in move.steps):
        message = f"{place.entity.name} adds to numbers of other rows by itself"
        yield error("unknown-step", place.name, message, "say all of it with tallies, or all of it with steps")


def _computed(blueprint: Blueprint, entity: Entity, computed: Computed, place: str) -> Iterator[Diagnostic]:
    if computed.function == "expression":
        if computed.expression is None:
            yield error("no-expression", place, "an expression is missing", "set `expression`")
            return
        yield from check_number(Place(blueprint, entity, place), computed.expression)
        return
    source = blueprint.entities_by_name.get(computed.entity or "")
    if source is None:
        yield error("unknown-entity", place, f"there is no entity {computed.entity}", "name the entity to aggregate")
        return
    relation = source.relations_by_name.get(computed.relation or "")
    if relation is None or relation.target != entity.name or relation.kind == "many_to_many":
        message = f"{source.name} has no relation {computed.relation} to {entity.name}"
        yield error("unknown-relation", place, message, "name the key that points here")
    if computed.field is not None or (computed.function != "count" and computed.expression is None):
        field = source.fields_by_name.get(computed.field or "")
        if field is None or field.type not in _AGGREGATED[computed.function]:
            message = f"{source.name} has no field {computed.field} that has a {computed.function}"
            yield error("unknown-field", place, message, "name a number field")
    if computed.expression is not None:
        yield from check_number(Place(blueprint, source, place), computed.expression)
    if computed.condition is not None:
        yield from check_condition(Place(blueprint, source, place), computed.condition)
