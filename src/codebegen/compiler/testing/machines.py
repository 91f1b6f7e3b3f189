"""The view of the tests of one state machine: every state with every move, what moves write, what holds them back."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.behaviour import StateMachine, Transition
from codebegen.blueprint.expressions import Value as Constant
from codebegen.compiler.testing.conditions import solve
from codebegen.compiler.testing.laws import is_local, written_fields
from codebegen.compiler.testing.making import Plan
from codebegen.compiler.testing.present import present
from codebegen.compiler.testing.values import spell
from codebegen.compiler.testing.variants import in_state


@dataclass(frozen=True, slots=True)
class MoveView:
    """One move from one state: the way there, and the state after it, or None where it is refused."""

    state: str
    name: str
    given: str
    way: tuple[str, ...]
    after: str | None


@dataclass(frozen=True, slots=True)
class EffectView:
    """What a move writes besides the state: a constant, or a moment."""

    test: str
    move: str
    field: str
    value: str | None
    given: str
    way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GuardView:
    """A row in a state from which a move starts, that its guard holds back."""

    test: str
    move: str
    given: str
    way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MachineView:
    """One state machine."""

    field: str
    test: str
    initial: str
    moves: tuple[MoveView, ...]
    effects: tuple[EffectView, ...]
    guards: tuple[GuardView, ...]


def machine_view(plan: Plan, machine: StateMachine) -> MachineView:
    """Every state with every move, and what moves do besides."""
    states = plan.entity.fields_by_name[machine.field].values
    names = {move.name: None for move in machine.transitions}
    moves = present(_move(plan, machine, state, name) for state in states for name in names)
    return MachineView(
        field=machine.field,
        test=naming.snake(machine.field),
        initial=machine.initial,
        moves=moves,
        effects=tuple(view for move in machine.transitions for view in _effects(plan, machine, move)),
        guards=present(_guard(plan, machine, move) for move in machine.transitions),
    )


def _move(plan: Plan, machine: StateMachine, state: str, name: str) -> MoveView | None:
    """One cell of state × move; None where the state is out of reach."""
    move = next((t for t in machine.transitions if t.name == name and state in t.from_), None)
    found = in_state(plan.entity, plan.facts, machine, state, move)
    if found is None:
        return None
    return MoveView(state, name, spell(dict(found.given)), found.moves, move.to if move else None)


def _effects(plan: Plan, machine: StateMachine, move: Transition) -> list[EffectView]:
    found = min(
        (f for s in move.from_ if (f := in_state(plan.entity, plan.facts, machine, s, move))),
        key=lambda variant: len(variant.moves),
        default=None,
    )
    if found is None:
        return []
    views = []
    for effect in move.effects:
        field = plan.entity.fields_by_name.get(effect.field)
        if field is not None and not field.write_only:
            value = spell(effect.value.value) if isinstance(effect.value, Constant) else None
            given = spell(dict(found.given))
            test = f"{naming.snake(move.name)}_writes_{naming.snake(effect.field)}"
            views.append(EffectView(test, move.name, effect.field, value, given, found.moves))
    return views


def _guard(plan: Plan, machine: StateMachine, move: Transition) -> GuardView | None:
    if move.guard is None or not is_local(move.guard):
        return None
    for state in move.from_:
        found = in_state(plan.entity, plan.facts, machine, state)
        if found is None:
            continue
        wanted = [(move.guard, False), *((condition, True) for _, condition in plan.rules)]
        given = solve(plan.entity, wanted, found.facts, [f.name for f in written_fields(plan.entity)])
        if given is not None:
            test = f"{naming.snake(move.name)}_is_held_back"
            return GuardView(test, move.name, spell({**found.given, **given}), found.moves)
    return None
