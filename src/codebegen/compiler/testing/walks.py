"""The view of walks: rows are made, changed, moved and deleted at random, and what is counted of them stays right."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from codebegen.blueprint.behaviour import Computed, Tally
from codebegen.blueprint.expressions import FieldRef, references
from codebegen.blueprint.fields import NUMBER_TYPES
from codebegen.blueprint.model import Entity
from codebegen.blueprint.rules import CapacityRule
from codebegen.compiler.testing.endpoints import Import
from codebegen.compiler.testing.keys import Key
from codebegen.compiler.testing.laws import written_fields
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.present import present
from codebegen.compiler.testing.references import sees_target, target_call
from codebegen.compiler.testing.row_code import row_code
from codebegen.compiler.testing.timing import bounds
from codebegen.compiler.testing.values import Code, Value, plain, spell

LITTLE = 2
"""How many rows there is room for."""
START = 5
"""What a number that rows add to begins with, as far as its bounds allow: some rows fit, and not all of a walk."""


@dataclass(frozen=True, slots=True)
class ValueView:
    """What a target shows of the rows that point to it: an aggregate over `number` where `condition` holds."""

    name: str
    path: str
    key: str
    function: str
    number: str
    condition: str
    tolerance: str


@dataclass(frozen=True, slots=True)
class SumView:
    """A number of a target that every row adds to; it never leaves its bounds."""

    name: str
    path: str
    key: str
    number: str
    condition: str
    least: str


@dataclass(frozen=True, slots=True)
class RoomView:
    """At most so many rows point to one target; the `limit` is a number, or stands in a field of the target."""

    key: str
    path: str
    limit: int | str
    condition: str


@dataclass(frozen=True, slots=True)
class TargetsView:
    """What rows point to with one key: how two of them are made, and whether rows change from one to the other."""

    key: str
    make: str
    changeable: bool


@dataclass(frozen=True, slots=True)
class WalkView:
    """The walk of one entity; `choices` are values that fields get."""

    module: str
    plural: str
    path: str
    table: str
    poster: str
    editor: str
    body: str
    soft_delete: bool
    moves: tuple[str, ...]
    targets: tuple[TargetsView, ...]
    choices: tuple[tuple[str, str], ...]
    values: tuple[ValueView, ...]
    sums: tuple[SumView, ...]
    rooms: tuple[RoomView, ...]
    imports: tuple[Import, ...]

    @property
    def pointing(self) -> tuple[str, ...]:
        """Keys that can be changed."""
        return tuple(target.key for target in self.targets if target.changeable)


def walk_view(planner: Planner, entity: Entity) -> WalkView | None:
    """The walk of rows that something is counted of; None where other rules would stand in its way."""
    plan = planner.plan(entity.name)
    obstacles = [rule for rule in entity.rules if rule.kind not in ("capacity", "custom")]
    alone = plan.single or plan.is_membership or plan.requirements or plan.ration is not None
    if obstacles or alone or planner.blueprint.stack == "fastapi_mongo":
        return None
    values = present(_value(plan, target, one) for target in planner.blueprint.entities for one in target.computed)
    sums = present(_sum(plan, tally) for tally in entity.tallies)
    rooms = present(_room(plan, rule) for rule in entity.rules if isinstance(rule, CapacityRule))
    names = {*(one.key for one in values), *(one.key for one in sums), *(one.key for one in rooms)}
    keys = [key for key in plan.keys if key.name in names]
    if not keys or any(not _is_free(planner, plan, key) for key in keys):
        return None
    targets = tuple(TargetsView(key.name, _made(planner, plan, key), key.changeable) for key in keys)
    return WalkView(
        module=plan.module,
        plural=entity.plural.replace("_", " "),
        path=entity.path,
        table=entity.plural[:63],
        poster=plan.sender_name,
        editor=plan.editor,
        body=plan.body_call(f"people.{plan.maker.attribute}"),
        soft_delete=entity.soft_delete,
        moves=tuple(
            dict.fromkeys(m.name for machine in entity.state_machines for m in machine.transitions if not m.steps)
        ),
        targets=targets,
        choices=tuple(_choices(planner, plan)),
        values=values,
        sums=sums,
        rooms=rooms,
        imports=tuple(sorted({(plan.module, f"{plan.var}_body")}.union(*(_functions(planner, key) for key in keys)))),
    )


def _functions(planner: Planner, key: Key) -> set[Import]:
    return planner.plan(key.target.name).functions


def _is_free(planner: Planner, plan: Plan, key: Key) -> bool:
    """Whether whoever sends rows may point them to whatever a test makes."""
    foreign = plan.sender == "owner" and not sees_target(planner, plan, key)
    one_each = key.relation.unique or plan.has_one_for(key.relation.name)
    return key.source == "plain" and key.target.kind != "user" and not foreign and not one_each


def _made(planner: Planner, plan: Plan, key: Key) -> str:
    """How a target is made: with little room, and numbers that rows add to in the middle of what a walk does."""
    numbers: dict[str, Value] = {}
    for tally in plan.entity.tallies:
        field = key.target.fields_by_name.get(tally.field)
        if tally.relation == key.relation.name and field is not None:
            least, most = bounds(field)
            start = max(least, min(most, Decimal(START)))
            numbers[field.name] = f"{start:.{field.places}f}" if field.places is not None else int(start)
    for rule in plan.entity.rules:
        if isinstance(rule, CapacityRule) and rule.relation == key.relation.name and isinstance(rule.limit, str):
            least, most = bounds(key.target.fields_by_name[rule.limit])
            numbers[rule.limit] = int(max(least, min(most, Decimal(LITTLE))))
    return target_call(planner, plan, key, numbers)


def _choices(planner: Planner, plan: Plan) -> Iterator[tuple[str, str]]:
    """Values for the fields that anything is counted by."""
    entity = plan.entity
    asked = {
        path
        for tally in entity.tallies
        for part in (tally.amount, tally.condition)
        if part
        for path in references(part)
    }
    for target in planner.blueprint.entities:
        for one in target.computed:
            if one.entity == entity.name:
                parts = [part for part in (one.expression, one.condition) if part is not None]
                asked |= {path for part in parts for path in references(part)} | ({one.field} if one.field else set())
    for field in written_fields(entity):
        values = [value for value in plain(field) if not isinstance(value, Code)]
        if field.name in asked and not field.immutable and not field.unique and len(values) > 1:
            yield field.name, f"[{', '.join(spell(value) for value in values)}]"


def _condition(plan: Plan, one: Computed | Tally | CapacityRule) -> str | None:
    return "True" if one.condition is None else row_code(plan.entity, one.condition)


def _value(plan: Plan, target: Entity, computed: Computed) -> ValueView | None:
    """An aggregate of numbers; what it is of other things has tests of its own."""
    relation = plan.entity.relations_by_name.get(computed.relation or "")
    if computed.entity != plan.entity.name or relation is None or relation.target != target.name:
        return None
    number: str | None = "1"
    if computed.function != "count":
        field = plan.entity.fields_by_name.get(computed.field or "")
        plain_number = field is not None and field.type in NUMBER_TYPES and field.type != "float"
        wanted = computed.expression or (FieldRef(path=field.name) if field is not None and plain_number else None)
        number = None if wanted is None else row_code(plan.entity, wanted)
    condition = _condition(plan, computed)
    if number is None or condition is None:
        return None
    places = 2 if computed.scale is None else min(2, computed.scale)
    tolerance = repr(10.0**-places if computed.function == "average" else 1e-6)
    return ValueView(computed.name, target.path, relation.key, computed.function, number, condition, tolerance)


def _sum(plan: Plan, tally: Tally) -> SumView | None:
    relation = plan.entity.relations_by_name[tally.relation]
    key = next((key for key in plan.keys if key.relation is relation), None)
    field = key.target.fields_by_name.get(tally.field) if key is not None else None
    number, condition = row_code(plan.entity, tally.amount), _condition(plan, tally)
    others = [one for one in plan.entity.tallies if one.field == tally.field]
    if key is None or field is None or number is None or condition is None or len(others) > 1:
        return None
    least = bounds(field)[0]
    bound = str(int(least)) if least == int(least) else f'Decimal("{least}")'
    number = number.removeprefix("(").removesuffix(")") if number.startswith("(") else number
    return SumView(tally.field, key.target.path, key.name, number, condition, bound)


def _room(plan: Plan, rule: CapacityRule) -> RoomView | None:
    key = next((key for key in plan.keys if key.relation.name == rule.relation), None)
    condition = _condition(plan, rule)
    if key is None or condition is None:
        return None
    return RoomView(key.name, key.target.path, rule.limit, condition)
