"""The view of the tests of one compound action, or of a move with steps: all or nothing, once, and for two at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from codebegen import naming
from codebegen.blueprint.behaviour import StateMachine, Transition
from codebegen.blueprint.expressions import Now
from codebegen.blueprint.model import Entity
from codebegen.blueprint.steps import CreateStep, ForEachStep, MoveStep, RequireStep, Step
from codebegen.compiler.testing.making import Planner
from codebegen.compiler.testing.rights import ANONYMOUS, Person, allowed, owner_paths, row_status
from codebegen.compiler.testing.scenes import Import, RowsView, Scene, TargetView
from codebegen.compiler.testing.variants import path_to

DONE, NOT_FOUND = 200, 404


@dataclass(frozen=True, slots=True)
class ActionTestView:
    """Everything that `tests/actions` says of one action, or of one move with steps (`moving`)."""

    module: str
    words: str
    article: str
    place: str
    right: str
    moving: bool
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
    def staying(self) -> tuple[TargetView | RowsView, ...]:
        """Rows that stay as they are, once they are led further."""
        targets = tuple(target for target in self.targets if target.further)
        return (*targets, *(row for row in self.rows if row.further))

    @property
    def leads(self) -> bool:
        """Whether rows are led anywhere before."""
        return bool(self.staying) or "_led(" in self.made_with

    @property
    def tallied(self) -> tuple[TargetView, ...]:
        """The rows whose numbers change."""
        return tuple(target for target in self.targets if target.field is not None)

    @property
    def changed_once(self) -> tuple[TargetView, ...]:
        """Those of which there is just enough for one change also where two are tried at once."""
        return tuple(target for target in self.tallied if target.twice is None or target is not self.scarce)

    @property
    def scarce(self) -> TargetView | None:
        """A row of which there can be too little."""
        return next((target for target in self.tallied if target.scant is not None), None)

    @property
    def tests(self) -> tuple[str, ...]:
        """The names of its tests."""
        found = ["does_all_of_it", "does_it_once"]
        found += ["leaves_what_is_elsewhere"] if self.staying else []
        found += ["needs_rows"] if self.rows else []
        found += ["refuses_all_of_it", "two_at_once"] if self.scarce else []
        found += ["one_twice_at_once"] if self.once else []
        found += ["rights"] if self.refused else []
        found += ["finds_ones_own"] if self.finds_own else []
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Act:
    """An action, or a move with steps: where it stands in the blueprint, how it is reached, and what it does."""

    name: str
    place: str
    operation: str
    path: str
    steps: tuple[Step, ...]
    moving: bool = False


def action_tests(planner: Planner) -> list[ActionTestView]:
    """The views of all actions, and moves with steps, of which enough is known."""
    taken = {naming.module_name(entity.name) for entity in planner.blueprint.entities}
    found = []
    for entity in planner.blueprint.entities:
        for act in _acts(entity):
            module = naming.snake(f"{entity.name}_{act.name}")
            while module in taken:
                module += "_action"
            taken.add(module)
            view = _Tests(planner, entity, act, module).view()
            found += [view] if view is not None else []
    return found


def _acts(entity: Entity) -> Iterator[_Act]:
    for action in entity.compounds:
        yield _Act(action.name, f"actions.{action.name}", f"action:{action.name}", action.path, action.steps)
    for machine in entity.state_machines:
        for move in machine.transitions:
            if move.steps and entity.kind != "user":
                steps = (*move.steps, MoveStep(transition=move.name))
                place = f"state_machines.{machine.field}.{move.name}"
                path = f"{entity.path}/{{id}}/{move.name}"
                yield _Act(move.name, place, f"transition:{move.name}", path, steps, moving=True)


class _Tests:
    def __init__(self, planner: Planner, entity: Entity, action: _Act, module: str) -> None:
        self.planner, self.entity, self.action, self.module = planner, entity, action, module
        self.plan = planner.plan(entity.name)
        self.way = self._way()
        self.scene = Scene(planner, entity, action.steps, self.way or ())

    def view(self) -> ActionTestView | None:
        """The view; None where the steps ask for rows of which too little is known."""
        if any(isinstance(step, RequireStep) for step in self.action.steps) or self.entity.kind == "user":
            return None
        loops = [step for step in self.action.steps if isinstance(step, ForEachStep)]
        rows = [self.scene.rows(step) for step in loops]
        own = self.scene.own(self.action.steps, self.plan, "subject")
        if self.way is None or own is None or any(row is None for row in rows):
            return None
        after = tuple((machine.field, move.to) for machine, move in self._moves())
        body, names = self._body()
        caller = self._caller()
        self.scene.imports |= self.plan.functions
        given = "".join(f', {key}=scene["{name}"]["id"]' for key, name in own)
        makes = self.planner.plan(self.scene.made[0]) if self.scene.made else self.plan
        return ActionTestView(
            module=self.module,
            words=" ".join(naming.words(self.action.name)),
            article=self.plan.article,
            place=f"entities.{self.entity.name}.{self.action.place}",
            right=f"entities.{self.entity.name}.permissions.{self.action.operation}",
            moving=self.action.moving,
            maker=self.plan.maker.attribute,
            other=self._other(),
            caller=caller,
            editor=self.plan.editor,
            subject=self.scene.make(self.plan, given.removeprefix(", ")),
            subject_name=self.plan.var,
            subject_path=self.entity.path,
            named=None if "{id}" in self.action.path else f"{naming.snake(self.entity.name)}_id",
            suffix=self.action.path.partition("{id}")[2],
            path=self.action.path,
            collection=makes.entity.path,
            status=201 if self.scene.made else 200,
            body=body,
            body_names=names,
            targets=tuple(self.scene.targets.values()),
            subject_targets=tuple(name for _, name in own),
            rows=tuple(row for row in rows if row is not None),
            moves=tuple(move.name for move in self.way),
            after=after,
            marks=self._marks(),
            refused=self._refused(),
            once=bool(after) or any(loop.clear for loop in loops),
            finds_own=self._finds_own(caller),
            imports=tuple(sorted(self.scene.imports)),
        )

    def _finds_own(self, caller: str) -> str | None:
        """Whether the owner's only row is found without being named; `of two` where they can have a second one."""
        named = "{id}" in self.action.path
        if named or caller != "owner" or self.plan.account_at(self.entity.owner, "owner") != "owner":
            return None
        return "of one" if self.plan.single else "of two"

    def _other(self) -> str:
        """Whose second row races with the first: another's, where there is another who could have one."""
        return self.plan.other.attribute if self.plan.owned and self.plan.other else self.plan.maker.attribute

    def _caller(self) -> str:
        """Who does it: the owner, if they may, else the administrator."""
        person = self.plan.maker
        if not self.planner.blueprint.has_accounts:
            return f"people.{self.plan.editor}"
        owns = self.plan.owns(owner_paths(self.entity), person, person.attribute if self.plan.owned else "")
        may = allowed(self.entity, self.action.operation, person, owns, self.plan.facts)
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
            status = row_status(self.entity, self.action.operation, person, owns, self.plan.facts, done=DONE)
            if status == NOT_FOUND and "{id}" not in self.action.path:
                status = 422  # a reference to nothing
            found += [(person.attribute, status)] if status is not None and status != DONE else []
        return tuple(found)

    def _moves(self) -> list[tuple[StateMachine, Transition]]:
        """The moves of the first row that are made."""
        names = [one.transition for one in self.action.steps if isinstance(one, MoveStep) and one.relation is None]
        machines = self.entity.state_machines
        return [(m, move) for name in names for m in machines for move in m.transitions if move.name == name]

    def _way(self) -> tuple[Transition, ...] | None:
        """The moves that lead to where the action's own moves start; None where conditions stand in the way."""
        found: list[Transition] = []
        for machine, move in self._moves():
            ways = [way for state in move.from_ if (way := path_to(machine, state)) is not None]
            if not ways or any(one.guard is not None for one in (move, *chain.from_iterable(ways))):
                return None
            shortest: tuple[Transition, ...] = min(ways, key=len)
            found.extend(shortest)
        return tuple(found)

    def _marks(self) -> tuple[str, ...]:
        """The moments that its moves write."""
        effects = [
            effect.field for _, move in self._moves() for effect in move.effects if isinstance(effect.value, Now)
        ]
        return tuple(name for name in effects if not self.entity.fields_by_name[name].write_only)

    def _body(self) -> tuple[str, tuple[str, ...]]:
        """What the new row needs that no step says, taken from a body of its own factory."""
        if not self.scene.made:
            return "", ()
        plan = self.planner.plan(self.scene.made[0])
        step = next(step for step in self.action.steps if isinstance(step, CreateStep))
        given = {value.name for value in step.values}
        names = [name for name in plan.body if name not in given]
        keys = [r.key for r in plan.references if r.key.relation.name not in given]
        names += [key.name for key in keys if key.target.name != self.entity.name and key.source == "plain"]
        if not names:
            return "", ()
        self.scene.imports.add((plan.module, f"{plan.var}_body"))
        owner = "owner" if self.scene.same_maker(plan) else f"people.{plan.maker.attribute}"
        return plan.body_call(owner), tuple(names)
