"""Steps of actions and of moves: every one says something that can be done, and breaks nothing that rows keep."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from codebegen.blueprint.checks.expressions import Place, check_condition, check_number, check_value, number_kind
from codebegen.blueprint.checks.tallies import check_addition, fits_number
from codebegen.blueprint.checks.writing import bound_by, move_bound_by
from codebegen.blueprint.expressions import Arithmetic, Caller, Expression, FieldRef, references
from codebegen.blueprint.fields import Field
from codebegen.blueprint.lookup import follow
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.steps import (
    AdjustStep,
    CreateStep,
    ForEachStep,
    MoveStep,
    RequireStep,
    RowStep,
    SetStep,
    Step,
)
from codebegen.diagnostics import Diagnostic, error


@dataclass(frozen=True, slots=True)
class Steps:
    """The row at hand, and what was made before; of `for_each` the key that leads to the row of the action.

    Steps of a move (`moving`) make no rows, and leave the row itself to the effects of the move.
    """

    place: Place
    made: frozenset[str] = field(default_factory=frozenset)
    key: str = ""
    moving: bool = False

    def check(self, steps: tuple[Step, ...]) -> Iterator[Diagnostic]:
        """All steps, in their order."""
        here = self
        for step in steps:
            match step:
                case ForEachStep():
                    yield from here._for_each(step)
                case _:
                    yield from here.row_step(step)
            if isinstance(step, CreateStep):
                here = replace(here, made=here.made | {step.entity})

    def _unknown(self, message: str) -> Diagnostic:
        return error("unknown-step", self.place.name, message, "name what exists")

    def _for_each(self, step: ForEachStep) -> Iterator[Diagnostic]:
        blueprint, subject = self.place.blueprint, self.place.entity
        entity = blueprint.entities_by_name.get(step.entity)
        relation = entity.relations_by_name.get(step.relation) if entity is not None else None
        pointing = relation is not None and relation.kind != "many_to_many" and relation.target == subject.name
        if entity is None or not pointing or entity is subject:
            yield self._unknown(f"{step.entity} has no key {step.relation} to {subject.name}")
            return
        if step.clear and entity.tallies:
            yield self._apart(f"{entity.name} adds to numbers of other rows, which would have to be taken back")
        inner = replace(self, place=replace(self.place, entity=entity), key=step.relation)
        for one in step.steps:
            yield from inner.row_step(one)

    def row_step(self, step: RowStep) -> Iterator[Diagnostic]:
        """One step over the row at hand."""
        match step:
            case RequireStep(condition=condition):
                yield from self._reach(condition)
                yield from check_condition(self.place, condition)
            case AdjustStep():
                yield from self._adjust(step)
            case CreateStep():
                yield from self._create(step)
            case SetStep():
                yield from self._set(step)
            case MoveStep():
                yield from self._move(step)

    def _reach(self, value: Expression) -> Iterator[Diagnostic]:
        """Paths lead to the row at hand, or to one that it has to point to."""
        for path in dict.fromkeys(references(value)):
            target = self.place.target(path)
            hops = target.relations[: len(path.split(".")) - 1] if target is not None else ()
            if len(hops) > (2 if path.startswith(f"{self.key}.") else 1) or any(not hop.required for hop in hops):
                yield self._unknown(f"{path} may lead nowhere, or leads too far")

    def _adjust(self, step: AdjustStep) -> Iterator[Diagnostic]:
        relation = self.place.entity.relations_by_name.get(step.relation)
        if relation is None or relation.kind == "many_to_many" or step.relation == self.key:
            yield self._unknown(f"{self.place.entity.name} has no key {step.relation} to another row")
        else:
            yield from check_addition(self.place, relation, step.field, step.amount)

    def _create(self, step: CreateStep) -> Iterator[Diagnostic]:
        target = self.place.blueprint.entities_by_name.get(step.entity)
        if target is None or self.moving or target.kind in ("user", "profile"):
            yield self._unknown(f"no step makes a {step.entity}")
            return
        names = [value.name for value in step.values]
        states = {machine.field for machine in target.state_machines}
        if len(set(names)) < len(names) or states & set(names):
            yield self._unknown("a value is given twice, or is a state, which a new row has already")
        for value in step.values:
            one, relation = target.fields_by_name.get(value.name), target.relations_by_name.get(value.name)
            yield from self._reach(value.value)
            if one is not None:
                yield from self._assigned(value.value, one)
            elif relation is None or relation.kind == "many_to_many" or not self._points(value.value, relation):
                yield self._unknown(f"{step.entity} has no {value.name} that this is a value of")
        given = frozenset(names) | states
        for name in self._missing(target, given) if self.key else _people(self.place.blueprint, target, given):
            yield error("missing-value", self.place.name, f"nothing says {target.name}.{name}", "give it a value")
        for rule in target.rules:
            if rule.kind != "custom":
                yield self._apart(f"{target.name} has the rule {rule.name}, which rows that a step makes could break")
        if target.tallies:
            yield self._apart(f"{target.name} adds to numbers of other rows, which a step has to say itself")

    def _apart(self, message: str) -> Diagnostic:
        return error("unknown-step", self.place.name, message, "use requests of their own for these rows")

    def _missing(self, target: Entity, given: frozenset[str]) -> list[str]:
        """What rows that are made for others need: they have no body of their own that could say more."""
        made = {r.name for r in target.relations if r.target in self.made} | {target.owner}
        fields = [f.name for f in target.fields if f.required]
        return [
            name for name in (*fields, *(r.name for r in target.relations if r.required)) if name not in given | made
        ]

    def _assigned(self, value: Expression, one: Field) -> Iterator[Diagnostic]:
        match value:
            case FieldRef(path=path):
                found = follow(self.place.blueprint, self.place.entity, path)
                source = found.field if found is not None else None
                alike = source is not None and (source.type == one.type or {source.type, one.type} <= _EXACT)
                if source is None or not alike or (source.type == "enum" and source.values != one.values):
                    yield self.place.problem("not-comparable", f"this is no value of {one.name}")
                elif source.nullable and not one.nullable:
                    yield self.place.problem("not-comparable", f"{path} may be empty, and {one.name} may not")
            case Arithmetic():
                problems = list(check_number(self.place, value))
                yield from problems
                if not problems and not fits_number(number_kind(self.place, value), one):
                    yield self.place.problem("not-comparable", f"this is no value of {one.name}")
            case _:
                yield from check_value(self.place, value, one)

    def _points(self, value: Expression, relation: Relation) -> bool:
        if isinstance(value, Caller):
            return relation.target == "User" and self.place.blueprint.has_accounts
        if not isinstance(value, FieldRef):
            return False
        if value.path == "id":
            return relation.target == self.place.entity.name
        found = follow(self.place.blueprint, self.place.entity, value.path)
        if found is None or found.field is not None or found.entity.name != relation.target:
            return False
        return found.relations[-1].required or not relation.required

    def _set(self, step: SetStep) -> Iterator[Diagnostic]:
        target = self._written(step)
        one = target.fields_by_name.get(step.field) if target is not None else None
        if target is None or one is None or step.field in {machine.field for machine in target.state_machines}:
            yield self._unknown(f"there is no field {step.field} to be set")
            return
        yield from check_value(replace(self.place, entity=target), step.value, one)
        if (why := bound_by(self.place.blueprint, target, one)) is not None:
            yield self._apart(why)

    def _move(self, step: MoveStep) -> Iterator[Diagnostic]:
        target = self._written(step)
        machines = target.state_machines if target is not None else ()
        move = next((t for machine in machines for t in machine.transitions if t.name == step.transition), None)
        if target is None or move is None:
            yield self._unknown(f"there is no move {step.transition}")
        elif (why := move_bound_by(self.place.blueprint, target, move)) is not None:
            yield self._apart(why)

    def _written(self, step: SetStep | MoveStep) -> Entity | None:
        """The entity of the row that a step writes; None where nothing leads to one, or it is the row that moves."""
        entity = self.place.entity
        if step.relation is None:
            return None if self.moving and not self.key else entity
        relation = entity.relations_by_name.get(step.relation)
        unfit = relation is None or relation.kind == "many_to_many" or step.relation == self.key
        if relation is None or unfit or (self.key and not relation.required):
            return None
        return self.place.blueprint.entities_by_name.get(relation.target)


def adds(step: Step) -> bool:
    """Whether a step adds to a number of another row."""
    return isinstance(step, AdjustStep) or (isinstance(step, ForEachStep) and any(map(adds, step.steps)))


def _people(blueprint: Blueprint, target: Entity, given: frozenset[str]) -> list[str]:
    """Keys to the person whose a row is: no body says them."""
    keys = [r for r in target.relations if r.required and r.name not in given]
    first = (target.owner or "").partition(".")[0]
    return [r.name for r in keys if r.name == first and blueprint.entities_by_name[r.target].kind == "profile"]


_EXACT = frozenset({"decimal", "money"})
