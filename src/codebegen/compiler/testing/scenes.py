"""The rows among which a test lets an action or a move happen: enough for one, and in states in which they change."""

from dataclasses import dataclass
from decimal import Decimal

from codebegen import naming
from codebegen.blueprint.behaviour import Transition
from codebegen.blueprint.expressions import Expression, FieldRef
from codebegen.blueprint.model import Entity
from codebegen.blueprint.steps import AdjustStep, CreateStep, ForEachStep, MoveStep, RequireStep, SetStep, Step
from codebegen.compiler.testing.amounts import room_for
from codebegen.compiler.testing.conditions import worth
from codebegen.compiler.testing.factories import arguments
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.values import spell
from codebegen.compiler.testing.written import State, led, state_for
from codebegen.compiler.views.names import variable

Import = tuple[str, str]


@dataclass(frozen=True, slots=True)
class TargetView:
    """A row that rows of the scene point to, and a number of it that the action changes, so that it is `after`.

    `make` gives it just enough for one; `scant` too little (or too much) for one, `twice` enough for two. `further` are
    moves to where it stays, whatever the action does.
    """

    name: str
    words: str
    path: str
    make: str
    field: str | None = None
    after: str = ""
    scant: str | None = None
    twice: str | None = None
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsView:
    """The row that the action finds by its key: how it is made, what is made of it, whether it is gone afterwards.

    `field` of it is written, and is `after`; `further` as with targets.
    """

    name: str
    words: str
    path: str
    make: str
    keys: tuple[tuple[str, str], ...]
    clear: bool
    made: tuple["MadeView", ...]
    field: str | None
    after: str
    further: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MadeView:
    """Rows that are made of a row: their collection, the key to what was made first, and members by what they show."""

    path: str
    words: str
    key: str | None
    shown: tuple[tuple[str, str], ...]


class Scene:
    """What a test of steps needs besides the row that they start from; `before` are moves that this has made."""

    def __init__(
        self, planner: Planner, entity: Entity, steps: tuple[Step, ...], before: tuple[Transition, ...]
    ) -> None:
        self.planner, self.before = planner, before
        self.plan = planner.plan(entity.name)
        self.targets: dict[str, TargetView] = {}
        self.imports: set[Import] = set()
        self.made = [step.entity for step in steps if isinstance(step, CreateStep)]

    def make(self, plan: Plan, given: str = "") -> str:
        """A row of `owner`, or of whoever makes such rows."""
        self.imports |= plan.functions
        return plan.make_call("owner" if plan.owned and self.same_maker(plan) else None, given)

    def same_maker(self, plan: Plan) -> bool:
        """Whether whoever makes the first row can make rows of this kind, too."""
        return self.plan.owned and self.planner.ownable(plan.entity, self.plan.maker.role)

    def rows(self, step: ForEachStep) -> RowsView | None:
        """The row that is found by its key; None where too little is known of it."""
        plan = self.planner.plan(step.entity)
        own = self.own(step.steps, plan, step.relation)
        key = next((key for key in plan.keys if key.relation.name == step.relation), None)
        if own is None or key is None or key.source != "plain" or any(isinstance(s, RequireStep) for s in step.steps):
            return None
        written = [one for one in step.steps if isinstance(one, SetStep | MoveStep) and one.relation is None]
        state = state_for(plan.entity, written[0]) if written else State()
        if state is None or len(written) > 1:
            return None
        keys = ((key.name, "subject"), *own)
        given = [f'{name}=scene["{target}"]["id"]' for name, target in keys]
        given += [arguments(dict(state.given))] if state.given else []
        return RowsView(
            name=plan.var,
            words=plan.words,
            path=plan.entity.path,
            make=led(self.make(plan, ", ".join(given)), plan, state.moves),
            keys=keys,
            clear=step.clear,
            made=tuple(self._made_of(one, plan) for one in step.steps if isinstance(one, CreateStep)),
            field=state.field,
            after=state.after,
            further=state.further,
        )

    def own(self, steps: tuple[Step, ...], plan: Plan, back: str) -> tuple[tuple[str, str], ...] | None:
        """Keys with the rows that they point to, which steps write, change a number of, or read."""
        changing = [step for step in steps if isinstance(step, AdjustStep | SetStep | MoveStep) and step.relation]
        adjusted = {step.relation or "": step for step in changing}
        if len(adjusted) < len(changing):
            return None
        values = [value.value for step in steps if isinstance(step, CreateStep) for value in step.values]
        paths = [value.path for value in values if isinstance(value, FieldRef)]
        read = {path.partition(".")[0] for path in paths if "." in path or path in adjusted} - {back}
        found = []
        for name in dict.fromkeys((*adjusted, *sorted(read))):
            key = next((key for key in plan.keys if key.relation.name == name), None)
            if key is None or key.source != "plain" or key.target.kind == "user":
                return None
            target = self._target(plan, name, key.target, adjusted.get(name))
            if target is None:
                return None
            self.targets[target.name] = target
            found.append((key.name, target.name))
        return tuple(found)

    def _target(
        self, plan: Plan, name: str, entity: Entity, step: AdjustStep | SetStep | MoveStep | None
    ) -> TargetView | None:
        other = self.planner.plan(entity.name)
        called = variable(f"{name}_of_{plan.var}")
        if isinstance(step, AdjustStep):
            return self._counted(plan, called, other, step)
        state = state_for(entity, step) if step is not None else State()
        if state is None:
            return None
        make = led(self.make(other, arguments(dict(state.given))), other, state.moves)
        return TargetView(called, other.words, entity.path, make, state.field, state.after, further=state.further)

    def _counted(self, plan: Plan, called: str, other: Plan, step: AdjustStep) -> TargetView | None:
        """A row with a number that a step adds to, after what moves before it have added."""
        number = other.entity.fields_by_name[step.field]
        amount = worth(plan.entity, step.amount, plan.facts)
        earlier = [self._earlier(plan, move, step) for move in self.before] if plan is self.plan else []
        if not amount or None in earlier:
            return None
        room = room_for(number, amount, sum(one for one in earlier if one))
        if room is None:
            return None
        makes = [
            None if one is None else self.make(other, arguments({step.field: one}))
            for one in (room.enough, room.scant, room.twice)
        ]
        return TargetView(
            name=called,
            words=other.words,
            path=other.entity.path,
            make=makes[0] or "",
            field=step.field,
            after=spell(room.after),
            scant=makes[1],
            twice=makes[2],
        )

    def _earlier(self, plan: Plan, move: Transition, step: AdjustStep) -> Decimal | None:
        """What a move before has added to the same number."""
        steps = (one for one in move.steps if isinstance(one, AdjustStep))
        same = [one for one in steps if (one.relation, one.field) == (step.relation, step.field)]
        found = [worth(plan.entity, one.amount, plan.facts) for one in same]
        return None if None in found else sum((one for one in found if one), Decimal(0))

    def _made_of(self, step: CreateStep, plan: Plan) -> MadeView:
        """Rows made of one row, by what they show of it and of what it points to."""
        target = self.planner.blueprint.entities_by_name[step.entity]
        key = next((r.key for r in target.relations if r.target in self.made), None)
        shown = []
        for value in step.values:
            relation = target.relations_by_name.get(value.name)
            name = relation.key if relation is not None else value.name
            spelled = self._shown(value.value, plan, is_key=relation is not None)
            if spelled is not None:
                shown.append((name, spelled))
        return MadeView(target.path, " ".join(naming.words(target.name)), key, tuple(shown))

    def _shown(self, value: Expression, plan: Plan, *, is_key: bool) -> str | None:
        """What a copied value is, by the rows of the scene."""
        if not isinstance(value, FieldRef) or value.path == "id":
            return None
        first, _, rest = value.path.partition(".")
        if rest:
            name = variable(f"{first}_of_{plan.var}")
            return f'scene["{name}"]["{rest}"]' if name in self.targets else None
        return f'row["{first}_id"]' if is_key else f'row["{first}"]'
