"""What a row must be like: its fields, its rules, and the least body that obeys them."""

from codebegen.blueprint.expressions import AnyOf, Expression, FieldRef, IsNull, Not, references
from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Entity
from codebegen.blueprint.rules import CheckRule, RequiredIfRule, TimeLimitRule
from codebegen.compiler.testing.conditions import Row, holds, solve
from codebegen.compiler.testing.timing import slot_length, slots, time_laws
from codebegen.compiler.testing.values import Code, Relative, Value, plain, unique

ACCOUNT_FIELDS = frozenset({"email", "password", "role", "is_active"})


def shown_fields(entity: Entity) -> tuple[Field, ...]:
    """Fields of the entity itself, without what every account has."""
    return tuple(f for f in entity.fields if entity.kind != "user" or f.name not in ACCOUNT_FIELDS)


def written_fields(entity: Entity) -> tuple[Field, ...]:
    """Fields that a body may hold."""
    states = {machine.field for machine in entity.state_machines}
    return tuple(f for f in shown_fields(entity) if not f.read_only and f.name not in states)


def row_rules(entity: Entity) -> tuple[tuple[str, Expression], ...]:
    """Name and condition of every rule over the fields of a row, and of rows that it points to."""
    found: list[tuple[str, Expression]] = []
    for rule in entity.rules:
        if isinstance(rule, CheckRule) and references(rule.condition):
            found.append((rule.name, rule.condition))
        if isinstance(rule, RequiredIfRule) and references(rule.condition):
            filled = Not(of=IsNull(of=FieldRef(path=rule.field)))
            found.append((rule.name, AnyOf(of=(Not(of=rule.condition), filled))))
    return tuple(found)


def laws_of(entity: Entity) -> tuple[Expression, ...]:
    """Every condition that a row should meet: rules, and moments at which everything is possible."""
    return (*(condition for _, condition in row_rules(entity)), *time_laws(entity))


def lawful(entity: Entity, base: Row, fixed: Row, *more: Expression) -> Row | None:
    """`fixed` with the further changes that make all laws (and `more`) hold for `base`; None where none are found."""
    row = {**base, **fixed}
    wanted = [(condition, True) for condition in (*laws_of(entity), *more) if is_known(condition, row)]
    if not wanted:
        return fixed
    free = [f.name for f in written_fields(entity) if f.name not in fixed]
    changes = solve(entity, wanted, row, free)
    return None if changes is None else {**fixed, **changes}


def is_deleted_at_will(entity: Entity) -> bool:
    """Whether a row that nothing points to can be deleted whenever somebody wants to, and is gone then."""
    return not entity.soft_delete and not _is_held(entity)


def is_restored_at_will(entity: Entity) -> bool:
    """Whether a row can be deleted whenever somebody wants to, and be brought back."""
    return entity.soft_delete and not _is_held(entity)


def _is_held(entity: Entity) -> bool:
    return any(isinstance(rule, TimeLimitRule) and "delete" in rule.operations for rule in entity.rules)


def is_known(condition: Expression, row: Row) -> bool:
    """Whether a row says something of every field in a condition."""
    return all(path in row and not isinstance(row[path], Code) for path in references(condition))


def is_local(condition: Expression) -> bool:
    """Whether an expression is about one row only, and about some field of it."""
    paths = references(condition)
    return bool(paths) and not any("." in path for path in paths)


def base_row(entity: Entity) -> dict[str, Value]:
    """Plain values of the least that a body can hold: samples, defaults, nothing."""
    states = {machine.field: machine.initial for machine in entity.state_machines}
    row: dict[str, Value] = {}
    for one in shown_fields(entity):
        if one.name in states:
            row[one.name] = states[one.name]
        elif one.default is not None:
            row[one.name] = Code("default") if one.default in ("now", "today") else one.default
        else:
            row[one.name] = plain(one)[0] if one.required else None
    return row


def sample(entity: Entity, behind: Row) -> tuple[Row, Row]:
    """The least body that is accepted, as it is spelled, and the plain values of its row.

    `behind` is what is known of the rows that it points to.
    """
    row = {**base_row(entity), **_slotted(entity, behind)}
    row |= lawful(entity, {**behind, **row}, {}) or {}
    needed = [f for f in written_fields(entity) if f.required or not _is_default(entity, f, row)]
    body = {f.name: unique(f) if f.unique and row[f.name] is not None else row[f.name] for f in needed}
    together = {name for one in entity.unique_together for name in one.fields}
    for one in written_fields(entity):
        if one.name in together and one.type not in ("boolean", "enum", "list", "json", "geo", "time"):
            body[one.name] = unique(one)
    starts = [value.minutes for name in slots(entity) if isinstance(value := row[name], Relative)]
    base = min(starts, default=0)
    body |= {name: _in_slot(row[name], base) for name in slots(entity)}
    return body, row


def _slotted(entity: Entity, behind: Row) -> dict[str, Value]:
    """Moments of the first slot, ahead of now or behind it, as the laws allow."""
    length = slot_length(entity)
    for start in (length, -length):
        row: dict[str, Value] = {
            name: Relative(start + offset, entity.fields_by_name[name].type) for name, offset in slots(entity).items()
        }
        known = {**behind, **base_row(entity), **row}
        if all(holds(entity, law, known) for law in laws_of(entity) if is_known(law, known)):
            break
    return row


def _in_slot(value: Value, base: int) -> Value:
    """A moment of the first slot, as one of the slot `slot`."""
    if not isinstance(value, Relative):
        return value
    offset = value.minutes - base
    function = "moment" if value.type == "datetime" else "day"
    return Code(f"{function}(minutes={base} * slot + {offset})", (function, "number"))


def _is_default(entity: Entity, one: Field, row: Row) -> bool:
    return one.name not in row or row[one.name] == base_row(entity)[one.name]
