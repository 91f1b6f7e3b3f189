"""The view of the tests of one compound action: all of it or nothing, alone, again, and for two at once."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.behaviour import CompoundAction
from codebegen.blueprint.expressions import Expression, FieldRef, Now
from codebegen.blueprint.model import Entity
from codebegen.blueprint.steps import AdjustStep, CreateStep, ForEachStep, MoveStep, RequireStep, Step
from codebegen.compiler.testing.amounts import room_for
from codebegen.compiler.testing.conditions import worth
from codebegen.compiler.testing.factories import arguments
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.rights import ANONYMOUS, Person, allowed, owner_paths, row_status
from codebegen.compiler.testing.values import spell
from codebegen.compiler.testing.variants import path_to
from codebegen.compiler.views.names import variable

Import = tuple[str, str]
DONE, NOT_FOUND = 200, 404


@dataclass(frozen=True, slots=True)
class TargetView:
    """A row that rows of the scene point to, and a number of it that the action changes, so that it is `after`.

    `make` gives it just enough for one; `scant` too little (or too much) for one, `twice` enough for two.
    """

    name: str
    words: str
    path: str
    make: str
    field: str | None = None
    after: str = ""
    scant: str | None = None
    twice: str | None = None


@dataclass(frozen=True, slots=True)
class RowsView:
    """The row that the action finds by its key: how it is made, what is made of it, whether it is gone afterwards."""

    name: str
    words: str
    path: str
    make: str
    keys: tuple[tuple[str, str], ...]
    clear: bool
    made: tuple["MadeView", ...]


@dataclass(frozen=True, slots=True)
class MadeView:
    """Rows that are made of a row: their collection, the key to what was made first, and members by what they show."""

    path: str
    words: str
    key: str | None
    shown: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ActionTestView:
    """Everything that `tests/actions` says of one action."""

    module: str
    words: str
    entity_name: str
    article: str
    action: str
    maker: str
    other: str
    caller: str
    editor: str
    subject: str
    subject_name: str
    subject_path: str
    named: str | None
    suffix: str
    path: str
    collection: str
    status: int
    body: str
    body_names: tuple[str, ...]
    targets: tuple[TargetView, ...]
    subject_targets: tuple[str, ...]
    rows: tuple[RowsView, ...]
    moves: tuple[str, ...]
    after: tuple[tuple[str, str], ...]
    marks: tuple[str, ...]
    refused: tuple[tuple[str, int], ...]
    once: bool
    finds_own: str | None
    imports: tuple[Import, ...]

    @property
    def made_with(self) -> str:
        """Everything that is made besides, as Python."""
        return " ".join([*(target.make for target in self.targets), *(rows.make for rows in self.rows)])

    @property
    def tallied(self) -> tuple[TargetView, ...]:
        """The rows whose numbers change."""
        return tuple(target for target in self.targets if target.field is not None)

    @property
    def scarce(self) -> TargetView | None:
        """A row of which there can be too little."""
        return next((target for target in self.tallied if target.scant is not None), None)

    @property
    def tests(self) -> tuple[str, ...]:
        """The names of its tests."""
        found = ["does_all_of_it", "does_it_once"]
        found += ["needs_rows"] if self.rows else []
        found += ["refuses_all_of_it", "two_at_once"] if self.scarce else []
        found += ["one_twice_at_once"] if self.once else []
        found += ["rights"] if self.refused else []
        found += ["finds_ones_own"] if self.finds_own else []
        return tuple(found)


def action_tests(planner: Planner) -> list[ActionTestView]:
    """The views of all actions of which enough is known."""
    taken = {naming.module_name(entity.name) for entity in planner.blueprint.entities}
    found = []
    for entity in planner.blueprint.entities:
        for action in entity.compounds:
            module = naming.snake(f"{entity.name}_{action.name}")
            while module in taken:
                module += "_action"
            taken.add(module)
            view = _Tests(planner, entity, action, module).view()
            found += [view] if view is not None else []
    return found


class _Tests:
    def __init__(self, planner: Planner, entity: Entity, action: CompoundAction, module: str) -> None:
        self.planner, self.entity, self.action, self.module = planner, entity, action, module
        self.plan = planner.plan(entity.name)
        self.targets: dict[str, TargetView] = {}
        self.imports: set[Import] = set()
        self.made = [step.entity for step in action.steps if isinstance(step, CreateStep)]

    def view(self) -> ActionTestView | None:
        """The view; None where the steps ask for rows of which too little is known."""
        if any(isinstance(step, RequireStep) for step in self.action.steps) or self.entity.kind == "user":
            return None
        ready = self._ready()
        rows = [self._rows(step) for step in self.action.steps if isinstance(step, ForEachStep)]
        own = self._own(self.action.steps, self.plan, "subject")
        if ready is None or own is None or any(row is None for row in rows):
            return None
        moves, after = ready
        body, names = self._body()
        caller = self._caller()
        loops = [step for step in self.action.steps if isinstance(step, ForEachStep)]
        self.imports |= self.plan.functions
        given = "".join(f', {key}=scene["{name}"]["id"]' for key, name in own)
        makes = self.planner.plan(self.made[0]) if self.made else self.plan
        return ActionTestView(
            module=self.module,
            words=" ".join(naming.words(self.action.name)),
            entity_name=self.entity.name,
            article=self.plan.article,
            action=self.action.name,
            maker=self.plan.maker.attribute,
            other=self._other(),
            caller=caller,
            editor=self.plan.editor,
            subject=self._make(self.plan, given.removeprefix(", ")),
            subject_name=self.plan.var,
            subject_path=self.entity.path,
            named=None if "{id}" in self.action.path else f"{naming.snake(self.entity.name)}_id",
            suffix=self.action.path.partition("{id}")[2],
            path=self.action.path,
            collection=makes.entity.path,
            status=201 if self.made else 200,
            body=body,
            body_names=names,
            targets=tuple(self.targets.values()),
            subject_targets=tuple(name for _, name in own),
            rows=tuple(row for row in rows if row is not None),
            moves=moves,
            after=after,
            marks=self._marks(),
            refused=self._refused(),
            once=bool(after) or any(loop.clear for loop in loops),
            finds_own=self._finds_own(caller),
            imports=tuple(sorted(self.imports)),
        )

    def _finds_own(self, caller: str) -> str | None:
        """Whether the owner's only row is found without being named; `of two` where they can have a second one."""
        named = "{id}" in self.action.path
        if named or caller != "owner" or self.plan.account_at(self.entity.owner, "owner") != "owner":
            return None
        return "of one" if self.plan.single else "of two"

    def _make(self, plan: Plan, given: str = "") -> str:
        """A row of `owner`, or of whoever makes such rows."""
        self.imports |= plan.functions
        return plan.make_call("owner" if plan.owned and self._same_maker(plan) else None, given)

    def _same_maker(self, plan: Plan) -> bool:
        return self.plan.owned and self.planner.ownable(plan.entity, self.plan.maker.role)

    def _other(self) -> str:
        """Whose second row races with the first: another's, where there is another who could have one."""
        return self.plan.other.attribute if self.plan.owned and self.plan.other else self.plan.maker.attribute

    def _caller(self) -> str:
        """Who does it: the owner, if they may, else the administrator."""
        person = self.plan.maker
        if not self.planner.blueprint.has_accounts:
            return f"people.{self.plan.editor}"
        owns = self.plan.owns(owner_paths(self.entity), person, person.attribute if self.plan.owned else "")
        may = allowed(self.entity, f"action:{self.action.name}", person, owns, self.plan.facts)
        return "owner" if may and self.plan.owned else "people.admin"

    def _refused(self) -> tuple[tuple[str, int], ...]:
        """Who may not, and how they are told."""
        if not self.planner.blueprint.has_accounts:
            return ()
        people: list[Person] = [ANONYMOUS, *(p for p in self.planner.accounts if p != self.plan.maker)]
        paths = owner_paths(self.entity)
        found: list[tuple[str, int]] = []
        for person in people:
            owns = self.plan.owns(paths, person, self.plan.maker.attribute if self.plan.owned else "")
            operation = f"action:{self.action.name}"
            status = row_status(self.entity, operation, person, owns, self.plan.facts, done=DONE)
            if status == NOT_FOUND and "{id}" not in self.action.path:
                status = 422  # a reference to nothing
            found += [(person.attribute, status)] if status is not None and status != DONE else []
        return tuple(found)

    def _ready(self) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]] | None:
        """The moves that lead to where the action's own moves start, and the states after them."""
        way: list[str] = []
        after = []
        for step in (step for step in self.action.steps if isinstance(step, MoveStep)):
            for machine in self.entity.state_machines:
                move = next((t for t in machine.transitions if t.name == step.transition), None)
                if move is None:
                    continue
                ways = [found for state in move.from_ if (found := path_to(machine, state)) is not None]
                if not ways or any(one.guard is not None for found in ways for one in found):
                    return None
                way += [one.name for one in min(ways, key=len)]
                after.append((machine.field, move.to))
        return tuple(way), tuple(after)

    def _marks(self) -> tuple[str, ...]:
        """The moments that its moves write."""
        names = {step.transition for step in self.action.steps if isinstance(step, MoveStep)}
        moves = [move for machine in self.entity.state_machines for move in machine.transitions if move.name in names]
        effects = [effect.field for move in moves for effect in move.effects if isinstance(effect.value, Now)]
        return tuple(name for name in effects if not self.entity.fields_by_name[name].write_only)

    def _rows(self, step: ForEachStep) -> RowsView | None:
        plan = self.planner.plan(step.entity)
        own = self._own(step.steps, plan, step.relation)
        key = next((key for key in plan.keys if key.relation.name == step.relation), None)
        if own is None or key is None or key.source != "plain" or any(isinstance(s, RequireStep) for s in step.steps):
            return None
        keys = ((key.name, "subject"), *own)
        given = ", ".join(f'{name}=scene["{target}"]["id"]' for name, target in keys)
        made = tuple(self._made_of(one, plan) for one in step.steps if isinstance(one, CreateStep))
        return RowsView(plan.var, plan.words, plan.entity.path, self._make(plan, given), keys, step.clear, made)

    def _own(self, steps: tuple[Step, ...], plan: Plan, back: str) -> tuple[tuple[str, str], ...] | None:
        """Keys with the rows that they point to, of which steps change a number or read something."""
        adjusted = {step.relation: step for step in steps if isinstance(step, AdjustStep)}
        if len(adjusted) < sum(isinstance(step, AdjustStep) for step in steps):
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

    def _target(self, plan: Plan, name: str, entity: Entity, step: AdjustStep | None) -> TargetView | None:
        other = self.planner.plan(entity.name)
        variable_ = variable(f"{name}_of_{plan.var}")
        if step is None:
            return TargetView(variable_, other.words, entity.path, self._make(other))
        number = entity.fields_by_name[step.field]
        amount = worth(plan.entity, step.amount, plan.facts)
        if not amount:
            return None
        room = room_for(number, amount)
        if room is None:
            return None
        makes = [
            None if one is None else self._make(other, arguments({step.field: one}))
            for one in (room.enough, room.scant, room.twice)
        ]
        return TargetView(
            name=variable_,
            words=other.words,
            path=entity.path,
            make=makes[0] or "",
            field=step.field,
            after=spell(room.after),
            scant=makes[1],
            twice=makes[2],
        )

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

    def _body(self) -> tuple[str, tuple[str, ...]]:
        """What the new row needs that no step says, taken from a body of its own factory."""
        if not self.made:
            return "", ()
        plan = self.planner.plan(self.made[0])
        step = next(step for step in self.action.steps if isinstance(step, CreateStep))
        given = {value.name for value in step.values}
        names = [name for name in plan.body if name not in given]
        keys = [r.key for r in plan.references if r.key.relation.name not in given]
        names += [key.name for key in keys if key.target.name != self.entity.name and key.source == "plain"]
        if not names:
            return "", ()
        self.imports.add((plan.module, f"{plan.var}_body"))
        owner = "owner" if self._same_maker(plan) else f"people.{plan.maker.attribute}"
        return plan.body_call(owner), tuple(names)
