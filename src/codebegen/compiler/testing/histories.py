"""The view of the tests of a history: rows that go through states, and what is kept of it."""

from dataclasses import dataclass
from itertools import pairwise

from codebegen import naming
from codebegen.blueprint.behaviour import StateMachine
from codebegen.blueprint.histories import SEGMENT
from codebegen.blueprint.model import Entity
from codebegen.compiler.testing.endpoints import Import
from codebegen.compiler.testing.laws import is_deleted_at_will, lawful, written_fields
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.present import present
from codebegen.compiler.testing.values import spell
from codebegen.compiler.testing.variants import in_state, path_to
from codebegen.compiler.views.ids import ids_of


@dataclass(frozen=True, slots=True)
class ChangesView:
    """One field: how a row is made, what it goes through (`moves`, or one `change`), and the `steps` that are kept."""

    field: str
    test: str
    given: str
    moves: tuple[str, ...]
    change: str | None
    steps: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class HistoryView:
    """Everything that `tests/history` says of one entity."""

    module: str
    article: str
    path: str
    segment: str
    table: str
    unknown: str
    single: bool
    editor: str
    make: str
    callers: tuple[str, ...]
    changes: tuple[ChangesView, ...]
    goes_along: bool
    imports: tuple[Import, ...]


def history_view(planner: Planner, entity: Entity) -> HistoryView | None:
    """The view of one entity; None where it keeps none, or nothing that a test could change."""
    plan = planner.plan(entity.name)
    machines = {machine.field: machine for machine in entity.state_machines}
    changes = present(
        _moved(plan, machines[one.field]) if one.field in machines else _changed(plan, one.field)
        for one in entity.histories
    )
    if not changes:
        return None
    people = (*planner.accounts, *planner.seats) if planner.blueprint.has_accounts else ()
    return HistoryView(
        module=plan.module,
        article=plan.article,
        path=entity.path,
        segment=SEGMENT,
        table=f"{entity.plural[:55]}_history",
        unknown=ids_of(entity).unknown,
        single=plan.single,
        editor=plan.editor,
        make=plan.make_call(),
        callers=("anonymous", *(person.attribute for person in people)) if people else (plan.editor,),
        changes=changes,
        goes_along=is_deleted_at_will(entity),
        imports=tuple(sorted(plan.functions)),
    )


def _moved(plan: Plan, machine: StateMachine) -> ChangesView | None:
    """The longest of the shortest ways from the initial state, of those that a row can go."""
    ways = [way for state in plan.entity.fields_by_name[machine.field].values if (way := path_to(machine, state))]
    for way in sorted(ways, key=len, reverse=True):
        found = in_state(plan.entity, plan.facts, machine, way[-1].to)
        if found is not None:
            states = [machine.initial, *(move.to for move in way)]
            steps = tuple(pairwise(states))
            return _view(machine.field, spell(dict(found.given)), found.moves, None, steps)
    return None


def _changed(plan: Plan, name: str) -> ChangesView | None:
    """A field that is written: from its first value to another that all rules allow."""
    field = plan.entity.fields_by_name[name]
    if field.immutable or field not in written_fields(plan.entity):
        return None
    allowed = [(value, given) for value in field.values if (given := lawful(plan.entity, plan.facts, {name: value}))]
    if len(allowed) < 2:
        return None
    (first, given), (second, change) = allowed[:2]
    return _view(name, spell(dict(given)), (), spell(dict(change)), ((first, second),))


def _view(
    name: str, given: str, moves: tuple[str, ...], change: str | None, steps: tuple[tuple[str, str], ...]
) -> ChangesView:
    return ChangesView(name, f"{naming.snake(name)}_changes_are_kept", given, moves, change, steps)
