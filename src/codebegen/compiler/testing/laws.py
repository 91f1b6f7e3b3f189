"""What a row must be like: its fields, its rules, and the least body that obeys them."""

from codebegen.blueprint.expressions import AnyOf, Expression, FieldRef, IsNull, Not, references
from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Entity
from codebegen.blueprint.rules import CheckRule, RequiredIfRule
from codebegen.compiler.testing.conditions import Row, solve
from codebegen.compiler.testing.values import Code, Value, plain, unique

ACCOUNT_FIELDS = frozenset({"email", "password", "role", "is_active"})


def shown_fields(entity: Entity) -> tuple[Field, ...]:
    """Fields of the entity itself, without what every account has."""
    return tuple(f for f in entity.fields if entity.kind != "user" or f.name not in ACCOUNT_FIELDS)


def written_fields(entity: Entity) -> tuple[Field, ...]:
    """Fields that a body may hold."""
    states = {machine.field for machine in entity.state_machines}
    return tuple(f for f in shown_fields(entity) if not f.read_only and f.name not in states)


def row_rules(entity: Entity) -> tuple[tuple[str, str, Expression], ...]:
    """Name, named field and condition of every rule over the fields of one row."""
    found = []
    for rule in entity.rules:
        if isinstance(rule, CheckRule) and is_local(rule.condition):
            found.append((rule.name, references(rule.condition)[0], rule.condition))
        if isinstance(rule, RequiredIfRule) and is_local(rule.condition):
            filled = Not(of=IsNull(of=FieldRef(path=rule.field)))
            found.append((rule.name, rule.field, AnyOf(of=(Not(of=rule.condition), filled))))
    return tuple(found)


def is_local(condition: Expression) -> bool:
    """Whether an expression is about one row only, and about some field of it."""
    paths = references(condition)
    return bool(paths) and not any("." in path for path in paths)


def lawful(entity: Entity, base: Row, fixed: Row, *more: tuple[Expression, bool]) -> Row | None:
    """`fixed` with the further changes that make all rules (and `more`) hold for `base`; None where none are found."""
    wanted = [(condition, True) for _, _, condition in row_rules(entity)] + list(more)
    if not wanted:
        return fixed
    free = [f.name for f in written_fields(entity) if f.name not in fixed]
    changes = solve(entity, wanted, {**base, **fixed}, free)
    return None if changes is None else {**fixed, **changes}


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


def sample(entity: Entity) -> tuple[Row, Row]:
    """The least body that is accepted, as it is spelled, and the plain values of its row."""
    row = base_row(entity)
    row |= lawful(entity, row, {}) or {}
    needed = [f for f in written_fields(entity) if f.required or not _is_default(entity, f, row)]
    body = {f.name: unique(f) if f.unique and row[f.name] is not None else row[f.name] for f in needed}
    together = {name for one in entity.unique_together for name in one.fields}
    for one in written_fields(entity):
        if one.name in together and one.type not in ("boolean", "enum", "list", "json", "geo", "time"):
            body[one.name] = unique(one)
    return body, row


def _is_default(entity: Entity, one: Field, row: Row) -> bool:
    return one.name not in row or row[one.name] == base_row(entity)[one.name]
