"""Rows brought into a wanted condition: with which values they are made, and which moves they go through."""

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

from codebegen.blueprint.behaviour import StateMachine, Transition
from codebegen.blueprint.expressions import Expression
from codebegen.blueprint.expressions import Value as Constant
from codebegen.blueprint.model import Entity
from codebegen.compiler.testing.conditions import Row, holds, solve
from codebegen.compiler.testing.laws import is_known, is_local, laws_of, written_fields
from codebegen.compiler.testing.values import Code, Value


@dataclass(frozen=True, slots=True)
class Variant:
    """`given` goes into the body, `moves` follow; `facts` are what is known of the row then."""

    given: Row
    moves: tuple[str, ...]
    facts: Row


def path_to(machine: StateMachine, state: str) -> tuple[Transition, ...] | None:
    """The shortest way from the initial state to another."""
    ways: dict[str, tuple[Transition, ...]] = {machine.initial: ()}
    waiting = deque([machine.initial])
    while waiting:
        here = waiting.popleft()
        for move in machine.transitions:
            if here in move.from_ and move.to not in ways:
                ways[move.to] = (*ways[here], move)
                waiting.append(move.to)
    return ways.get(state)


def in_state(
    entity: Entity, facts: Row, machine: StateMachine, state: str, move: Transition | None = None
) -> Variant | None:
    """A row in a state, from which `move` (if given) is possible as far as its guard is concerned."""
    way = path_to(machine, state)
    return None if way is None else _moved(entity, facts, way, (), move)


def where(entity: Entity, facts: Row, condition: Expression, *, truth: bool) -> Variant | None:
    """A row for which a condition holds, or does not; with as few changes and moves as there can be."""
    for way in _ways(entity):
        found = _moved(entity, facts, way, ((condition, truth),), None)
        if found is not None and holds(entity, condition, found.facts) is truth:
            return found
    return None


def _ways(entity: Entity) -> list[tuple[Transition, ...]]:
    """Every shortest way to a state of the entity's one machine, the shortest first."""
    ways: list[tuple[Transition, ...]] = [()]
    for machine in entity.state_machines:
        states = entity.fields_by_name[machine.field].values
        ways += [way for state in states if (way := path_to(machine, state))]
    return sorted(ways, key=len)


def _moved(
    entity: Entity,
    facts: Row,
    way: tuple[Transition, ...],
    wanted: tuple[tuple[Expression, bool], ...],
    last: Transition | None,
) -> Variant | None:
    after = {**facts, **_effects(entity, way)}
    guards = [move.guard for move in (*way, *((last,) if last else ())) if move.guard is not None]
    local = [(guard, True) for guard in guards if is_local(guard)]
    rules = [(law, True) for law in laws_of(entity) if is_known(law, after)]
    free = [field.name for field in written_fields(entity)]
    given = solve(entity, (*wanted, *local, *rules), after, free)
    if given is None:
        return None
    return Variant(given, tuple(move.name for move in way), {**after, **given})


def _effects(entity: Entity, way: tuple[Transition, ...]) -> Mapping[str, Value]:
    """What moves write: the state, and constants; of other values it is known that they are there."""
    written: dict[str, Value] = {}
    machines = {move.name: machine.field for machine in entity.state_machines for move in machine.transitions}
    for move in way:
        written[machines[move.name]] = move.to
        for effect in move.effects:
            constant = effect.value.value if isinstance(effect.value, Constant) else Code("set by a move")
            written[effect.field] = constant
    return written
