"""What rows go through: moves, rights, rules, computed values."""

from typing import Any

from hypothesis import strategies as st

from codebegen.blueprint import Computed, Entity, Grant, History, Permission, StateMachine, Transition, stated
from codebegen.blueprint.behaviour import SetField
from codebegen.blueprint.expressions import Arithmetic, FieldRef, Now, Value
from codebegen.blueprint.rules import (
    CapacityRule,
    CheckRule,
    CustomRule,
    NoOverlapRule,
    QuotaRule,
    RequiredIfRule,
    RequiresRule,
    Rule,
    TimeLimitRule,
)
from tests.compiler.drawing_conditions import NUMBERS, conditions
from tests.compiler.drawing_names import VERBS, names, prose


@st.composite
def machines(draw: Any, entity: Entity, taken: set[str]) -> list[StateMachine]:
    """At most one machine for each enum field, with sources that moves share."""
    made = []
    for field in [f for f in entity.fields if f.type == "enum" and len(f.values) > 1][:2]:
        if not draw(st.booleans()):
            continue
        moves = []
        for name in draw(names([v for v in VERBS if v not in taken], 1, 3)):
            taken.add(name)
            sources = tuple(draw(st.lists(st.sampled_from(field.values), min_size=1, max_size=3, unique=True)))
            guard = draw(st.none() | conditions(entity, 1)) if len(entity.fields) > 1 else None
            stamps = [f.name for f in entity.fields if f.type == "datetime"][:1]
            effects = tuple(SetField(field=name, value=Now()) for name in stamps)
            target = draw(st.sampled_from(field.values))
            moves.append(Transition(name=name, from_=sources, to=target, guard=guard, effects=effects))
        made.append(StateMachine(field=field.name, initial=field.values[0], transitions=tuple(moves)))
    return made


@st.composite
def histories(draw: Any, entity: Entity) -> list[History]:
    """Of any enum field, with moves and without."""
    states = [field.name for field in entity.fields if field.type == "enum"]
    return [History(field=name) for name in states if draw(st.booleans())]


@st.composite
def permissions(draw: Any, entity: Entity, roles: list[str], owner: str | None) -> list[Permission]:
    """Rights of every kind, with conditions."""
    moves = [f"transition:{t.name}" for m in entity.state_machines for t in m.transitions]
    toggles = [f"action:{a.name}" for a in entity.actions if a.kind == "toggle"]
    made = []
    for operation in ("create", "list", "read", "update", "delete", *moves, *toggles):
        if not draw(st.booleans()):
            continue
        grants = []
        for kind in draw(st.lists(st.sampled_from(["public", "authenticated", "owner", "role", "role"]), max_size=3)):
            if kind == "owner" and owner is None:
                continue
            narrow = operation != "create" and draw(st.booleans())
            when = draw(conditions(entity, 1, caller=kind != "public")) if narrow else None
            role = draw(st.sampled_from([*roles, "admin"])) if kind == "role" else None
            grants.append(Grant(kind=kind, role=role, when=when))
        made.append(Permission(operation=operation, allow=tuple(grants), provenance=stated("so")))
    return made


@st.composite
def rules(draw: Any, entity: Entity, entities: dict[str, Entity], owner: str | None) -> list[Rule]:
    """Rules of every kind that the entity has fields for."""
    by_type: dict[str, list[str]] = {}
    for field in entity.fields:
        by_type.setdefault(field.type, []).append(field.name)
    keys = [r for r in entity.relations if r.kind != "many_to_many"]
    message = draw(prose())
    made: list[Rule] = [CustomRule(name="in_words", text=message)]
    made.append(
        CheckRule(
            name=draw(st.sampled_from(["sound", "author", "class"])),
            condition=draw(conditions(entity)),
            message=message,
        )
    )
    if entity.fields:
        field = draw(st.sampled_from(entity.fields)).name
        made.append(RequiredIfRule(name="needed", field=field, condition=draw(conditions(entity, 1))))
    condition = draw(st.none() | conditions(entity, 1))
    if keys:
        made.append(
            CapacityRule(name="room", relation=keys[0].name, limit=draw(st.integers(1, 9)), condition=condition)
        )
        numbers = [f.name for f in entities[keys[-1].target].fields if f.type == "integer" and not f.write_only]
        if numbers:
            made.append(CapacityRule(name="seats", relation=keys[-1].name, limit=numbers[0]))
        other = entities[keys[0].target]
        back = [r.name for r in other.relations if r.kind != "many_to_many" and r.target == "User"]
        if back and "User" in entities:
            made.append(
                RequiresRule(name="bought", entity=other.name, match=((back[0], "caller"), ("id", keys[0].name)))
            )
    moments = by_type.get("datetime", [])
    if moments and keys:
        end = {"end": moments[1]} if len(moments) > 1 else {"minutes": 30}
        made.append(NoOverlapRule(name="free", scope=(keys[0].name,), start=moments[0], condition=condition, **end))
    made += [
        TimeLimitRule(name="late", operations=("update", "delete"), field=name, minutes=-60, exempt=("admin",))
        for name in moments[:1]
    ]
    made.append(TimeLimitRule(name="early", operations=("update",), field="created_at", side="after", minutes=5))
    if owner:
        made.append(QuotaRule(name="enough", limit=3, minutes=draw(st.sampled_from([None, 60])), message=message))
    chosen: list[Rule] = draw(st.lists(st.sampled_from(made), max_size=4, unique_by=lambda rule: rule.name))
    return chosen


@st.composite
def computed(draw: Any, entity: Entity, entities: dict[str, Entity]) -> list[Computed]:
    """Aggregates over the rows that point here, and an expression."""
    made = []
    sources = [
        (other, relation)
        for other in entities.values()
        for relation in other.relations
        if relation.target == entity.name and relation.kind != "many_to_many"
    ]
    for number, (other, relation) in enumerate(sources[:2]):
        where = {"entity": other.name, "relation": relation.name}
        condition = draw(st.none() | conditions(other, 1)) if len(other.fields) > 1 else None
        made.append(Computed(name=f"how_many_{number}", function="count", condition=condition, **where))
        for field in other.fields:
            if field.type in NUMBERS:
                how = draw(st.sampled_from(["sum", "average", "min", "max"]))
                name = draw(st.sampled_from(["total", "json", "class", "x1"])) + f"_{number}"
                double = Arithmetic(operator="*", left=FieldRef(path=field.name), right=Value(value=2))
                what = draw(st.sampled_from([{"field": field.name}, {"expression": double}]))
                made.append(Computed(name=name, function=how, condition=condition, **what, **where))
                break
            if field.type in ("date", "datetime", "time", "string"):
                made.append(Computed(name=f"first_{number}", function="min", field=field.name, **where))
                break
    numbers = [f.name for f in entity.fields if f.type in ("integer", "decimal")][:1]
    for name in numbers:
        double = Arithmetic(operator="*", left=FieldRef(path=name), right=Value(value=2))
        half = Arithmetic(operator="/", left=FieldRef(path=name), right=FieldRef(path=name))
        made.append(Computed(name="twice", function="expression", expression=draw(st.sampled_from([double, half]))))
    return made if draw(st.booleans()) else []
