"""Rules and unique combinations: names that exist, and values that can be compared."""

from collections.abc import Iterator

from codebegen.blueprint.checks.expressions import Place, check_condition
from codebegen.blueprint.fields import MOMENT_TYPES, Field
from codebegen.blueprint.lookup import ROW_FIELDS, follow
from codebegen.blueprint.model import Blueprint, Entity
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
    asks_caller,
)
from codebegen.diagnostics import Diagnostic, error

_OPERATIONS = ("create", "list", "read", "update", "delete")


def check_rules(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every rule of every entity, and every unique combination."""
    for entity in blueprint.entities:
        place = f"entities.{entity.name}"
        yield from _unique(entity, f"{place}.unique_together")
        names: set[str] = set()
        for rule in entity.rules:
            where = f"{place}.rules.{rule.name}"
            if rule.name in names:
                yield error("duplicate-name", where, "two rules have this name", "rename one")
            names.add(rule.name)
            yield from _rule(blueprint, entity, rule, where)
            if not blueprint.has_accounts and any(asks_caller(rule, operation) for operation in _OPERATIONS):
                yield error("no-accounts", where, "the rule asks who is calling", "add the feature auth")


def _unique(entity: Entity, place: str) -> Iterator[Diagnostic]:
    """Combinations of columns that have an order."""
    seen: set[frozenset[str]] = set()
    for unique in entity.unique_together:
        for name in unique.fields:
            field, relation = entity.fields_by_name.get(name), entity.relations_by_name.get(name)
            if field is None and (relation is None or relation.kind == "many_to_many"):
                yield error("unknown-field", place, f"there is no {name}", "name fields or keys of the entity")
            if field is not None and field.type in ("json", "geo", "list", "password"):
                yield error("unique-type", place, f"a {field.type} can't be unique", "leave it out")
        if len(set(unique.fields)) < len(unique.fields) or frozenset(unique.fields) in seen:
            yield error("duplicate-name", place, f"{', '.join(unique.fields)} stand twice", "remove one")
        seen.add(frozenset(unique.fields))


def _rule(blueprint: Blueprint, entity: Entity, rule: Rule, place: str) -> Iterator[Diagnostic]:
    where = Place(blueprint, entity, place)
    match rule:
        case CheckRule(condition=condition):
            yield from check_condition(where, condition)
        case RequiredIfRule(field=name, condition=condition):
            yield from _known(where, name)
            yield from check_condition(where, condition)
        case CapacityRule():
            yield from _capacity(where, rule)
        case NoOverlapRule():
            yield from _overlap(where, rule)
        case QuotaRule():
            yield from _quota(where, rule)
        case TimeLimitRule():
            yield from _time_limit(where, rule)
        case RequiresRule():
            yield from _requires(where, rule)
        case CustomRule():
            return


def _known(place: Place, path: str) -> Iterator[Diagnostic]:
    if place.target(path) is None:
        yield place.problem("unknown-path", f"{path} leads nowhere")


def _moment(place: Place, path: str, kinds: frozenset[str]) -> Iterator[Diagnostic]:
    """A path has to end in a moment."""
    target = place.target(path)
    if target is None:
        yield place.problem("unknown-path", f"{path} leads nowhere")
    elif target.field is None or target.field.type not in kinds:
        yield error("not-a-moment", place.name, f"{path} is no moment", f"name a field of type {' or '.join(kinds)}")


def _positive(place: Place, value: int | None, what: str) -> Iterator[Diagnostic]:
    if value is not None and value < 1:
        yield error("not-positive", place.name, f"{value} is no {what}", "use a number from 1")


def _capacity(place: Place, rule: CapacityRule) -> Iterator[Diagnostic]:
    target = place.target(rule.relation)
    if target is None or target.field is not None:
        yield place.problem("unknown-path", f"{rule.relation} is no relation to a row")
    elif isinstance(rule.limit, str):
        field = target.entity.fields_by_name.get(rule.limit)
        if field is None or field.type not in ("integer", "duration"):
            message = f"{rule.relation}.{rule.limit} leads nowhere, or is no whole number"
            yield error("unknown-field", place.name, message, "add the field, or use a number")
    if isinstance(rule.limit, int):
        yield from _positive(place, rule.limit, "capacity")
    if rule.condition is not None:
        yield from check_condition(place, rule.condition)


def _overlap(place: Place, rule: NoOverlapRule) -> Iterator[Diagnostic]:
    for name in rule.scope:
        yield from _known(place, name)
    kinds = frozenset({"datetime"}) if rule.minutes is not None else MOMENT_TYPES
    ends = [name for name in (rule.start, rule.end) if name is not None]
    for name in ends:
        yield from _moment(place, name, kinds)
    fields = [place.entity.fields_by_name.get(name) for name in ends]
    if len({field.type for field in fields if field is not None}) > 1:
        yield place.problem("not-comparable", "the start and the end have different types")
    if (rule.end is None) == (rule.minutes is None):
        yield error("overlap-end", place.name, "an interval needs an end or a length", "set either `end` or `minutes`")
    yield from _positive(place, rule.minutes, "length")
    if rule.condition is not None:
        yield from check_condition(place, rule.condition)


def _quota(place: Place, rule: QuotaRule) -> Iterator[Diagnostic]:
    for name in rule.scope:
        yield from _known(place, name)
    yield from _positive(place, rule.limit, "quota")
    yield from _positive(place, rule.minutes, "length of time")


def _time_limit(place: Place, rule: TimeLimitRule) -> Iterator[Diagnostic]:
    yield from _moment(place, rule.field, frozenset({"date", "datetime"}))
    entity = place.entity
    moves = {f"transition:{t.name}" for machine in entity.state_machines for t in machine.transitions}
    known = {*_OPERATIONS, *moves, *(f"action:{action.name}" for action in entity.actions)}
    for operation in rule.operations:
        if operation not in known:
            hint = f"known: {', '.join(sorted(known))}"
            yield error("unknown-operation", place.name, f"{entity.name} has no {operation}", hint)
    if "create" in rule.operations and rule.field in ROW_FIELDS:
        hint = "leave create out of its operations"
        yield error("too-early", place.name, f"a new row has no {rule.field} before it is created", hint)
    for role in rule.exempt:
        if role not in place.blueprint.role_names:
            hint = f"known roles: {', '.join(place.blueprint.role_names)}"
            yield error("unknown-role", place.name, f"there is no role {role}", hint)


def _requires(place: Place, rule: RequiresRule) -> Iterator[Diagnostic]:
    other = place.blueprint.entities_by_name.get(rule.entity)
    if other is None:
        yield error("unknown-entity", place.name, f"there is no entity {rule.entity}", "name one that exists")
        return
    if not rule.match:
        yield error("nothing-said", place.name, "nothing says which row is needed", "set `match`")
    there = Place(place.blueprint, other, place.name)
    for left, right in rule.match:
        yield from _pair(place, there, left, right)


def _pair(place: Place, there: Place, left: str, right: str) -> Iterator[Diagnostic]:
    """A path in the other row that equals one of this row, or leads to the caller."""
    theirs = there.target(left)
    if theirs is None:
        yield error("unknown-path", place.name, f"{there.entity.name} has no {left}", "name its fields and relations")
        return
    if right == "caller":
        if theirs.field is not None or theirs.entity.kind != "user":
            hint = "name the relations that lead to User, joined by dots"
            yield error("not-an-account", place.name, f"{left} does not lead to an account", hint)
        return
    ours = follow(place.blueprint, place.entity, right.removeprefix("this."))
    if ours is None:
        yield place.problem("unknown-path", f"{right} leads nowhere")
    elif _column(theirs.field) != _column(ours.field):
        yield place.problem("not-comparable", f"{left} and {right} have different types")


def _column(field: Field | None) -> str:
    """What kind of column the end of a path is; keys hold the ids of rows."""
    return "row" if field is None or field.name == "id" else field.type
