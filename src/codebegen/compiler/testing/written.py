"""Rows that steps write: how they are made and led, so that something changes, and what is true of them afterwards."""

from dataclasses import dataclass, field

from codebegen.blueprint.behaviour import StateMachine
from codebegen.blueprint.expressions import Value as Constant
from codebegen.blueprint.model import Entity
from codebegen.blueprint.passes.edit import changed
from codebegen.blueprint.steps import MoveStep, SetStep
from codebegen.compiler.testing.conditions import Row
from codebegen.compiler.testing.laws import laws_of
from codebegen.compiler.testing.making import Plan
from codebegen.compiler.testing.values import plain, spell
from codebegen.compiler.testing.variants import path_to


@dataclass(frozen=True, slots=True)
class State:
    """`given` goes into the body, `moves` follow; then the step makes of `field` what `after` spells.

    `further` moves lead on from there to a state in which it stays, whatever the step does.
    """

    given: Row = field(default_factory=dict)
    moves: tuple[str, ...] = ()
    field: str | None = None
    after: str = ""
    further: tuple[str, ...] = ()


def state_for(entity: Entity, step: SetStep | MoveStep) -> State | None:
    """A row that a step changes; None where too little is known of it."""
    return _moved(entity, step) if isinstance(step, MoveStep) else _set(entity, step)


def led(make: str, plan: Plan, moves: tuple[str, ...]) -> str:
    """The Python that makes a row and leads it through moves."""
    if not moves:
        return make
    return f"await _led(people, {plan.entity.path!r}, {make}, {', '.join(map(repr, moves))})"


def _set(entity: Entity, step: SetStep) -> State:
    """A field that is something else before, where clients can say so; what is not a constant is only there."""
    one = entity.fields_by_name[step.field]
    if one.write_only or not isinstance(step.value, Constant):
        return State()
    others = [value for value in plain(one) if value != step.value.value]
    free = others and not one.read_only and not laws_of(entity)
    return State({one.name: others[0]} if free else {}, (), one.name, spell(step.value.value))


def _moved(entity: Entity, step: MoveStep) -> State | None:
    """A row in the nearest state from which the move starts."""
    machines = [m for m in entity.state_machines for move in m.transitions if move.name == step.transition]
    move = next(one for one in machines[0].transitions if one.name == step.transition)
    ways = [way for state in move.from_ if (way := path_to(machines[0], state)) is not None]
    if not ways or any(one.guard is not None or one.steps for one in min(ways, key=len)):
        return None
    way = min(ways, key=len)
    here = way[-1].to if way else machines[0].initial
    further = _elsewhere(machines[0], here, {*move.from_, move.to})
    return State({}, tuple(one.name for one in way), machines[0].field, spell(move.to), further)


def _elsewhere(machine: StateMachine, here: str, left: set[str]) -> tuple[str, ...]:
    """The shortest way on to a state that is none of these; nothing where there is none."""
    onward = changed(machine, initial=here)
    states = dict.fromkeys(move.to for move in machine.transitions if move.to not in left)
    ways = [way for state in states if (way := path_to(onward, state)) is not None]
    plainly = [way for way in ways if not any(move.guard is not None or move.steps for move in way)]
    return tuple(move.name for move in min(plainly, key=len, default=()))
