"""Rules about how many other rows there are: capacity, overlaps, quotas, and what must be there first."""

from codebegen import naming
from codebegen.blueprint.expressions import Expression, Not, mentions_caller
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.rules import CapacityRule, NoOverlapRule, QuotaRule, RequiresRule
from codebegen.compiler.dialect import dialect_of
from codebegen.compiler.expressions import model_of, over_row
from codebegen.compiler.literals import shortened
from codebegen.compiler.views.names import EntityNames, names_of
from codebegen.compiler.views.rule import FetchView, LockView, RuleView, invalid, refusal


def capacity(blueprint: Blueprint, entity: Entity, rule: CapacityRule) -> RuleView | None:
    """So many rows of one target, and no more."""
    relation = entity.relations_by_name.get(rule.relation)
    if relation is None:
        return None
    target = blueprint.entities_by_name[relation.target]
    names, other = names_of(entity), names_of(target)
    key = f"{names.var}.{naming.attribute(relation.key)}"
    limit = str(rule.limit)
    fetches: tuple[FetchView, ...] = ()
    if isinstance(rule.limit, str):
        fetches = (FetchView(f"its_{relation.name}", model_of(target), key),)
        limit = f"its_{relation.name}.{naming.attribute(rule.limit)}"
    full = f"This {other.words} is full."
    return RuleView(
        name=rule.name,
        kind="count",
        says=shortened(f"At most so many {names.plural_words} of one {other.words}", 80),
        when=("create", "update", "transition", "restore"),
        refusal=refusal("Conflict", rule.message or full),
        skipped=_skipped(blueprint, entity, [relation], rule.condition),
        fetches=fetches,
        lock=LockView(other, _repository(entity, other), model_of(target), key),
        rows=(
            dialect_of(blueprint).compared(entity, relation.key, "==", key),
            *_conditions(blueprint, entity, rule.condition),
        ),
        limit=limit,
        optional_limit=_may_be_null(target, rule.limit),
        needs_actor=rule.condition is not None and mentions_caller(rule.condition),
    )


def no_overlap(blueprint: Blueprint, entity: Entity, rule: NoOverlapRule) -> RuleView | None:
    """No two rows of one target at the same time."""
    relations = [entity.relations_by_name[name] for name in rule.scope if name in entity.relations_by_name]
    starts, ends = entity.fields_by_name.get(rule.start), entity.fields_by_name.get(rule.end or "")
    if not relations or starts is None or (ends is None and rule.end is not None):
        return None
    names, dialect = names_of(entity), dialect_of(blueprint)
    start, beyond = naming.attribute(rule.start), ""
    if rule.end is not None:
        end = naming.attribute(rule.end)
        overlap = (
            dialect.compared(entity, rule.start, "<", f"{names.var}.{end}"),
            dialect.compared(entity, rule.end, ">", f"{names.var}.{start}"),
        )
        if ends is not None and ends.nullable:  # what has no end yet goes on
            begun = dialect.is_filled(entity, rule.start) if starts.nullable else dialect.always
            overlap = (
                f"{begun} if {names.var}.{end} is None else {overlap[0]}",
                dialect.any_of((dialect.is_empty(entity, rule.end), overlap[1])),
            )
    else:
        length = f"timedelta(minutes={rule.minutes})"
        moment = f"{names.var}.{start}"
        overlap = (
            dialect.compared(entity, rule.start, "<", f"{moment} + {length}"),
            dialect.compared(entity, rule.start, ">", f"{moment} - {length}"),
        )
        first, last = (f"dt.datetime.{bound}.replace(tzinfo=dt.UTC)" for bound in ("min", "max"))
        beyond = f"not {first} + {length} <= {moment} <= {last} - {length}"
    timeless = (f"{names.var}.{start} is None",) if starts.nullable else ()
    target = blueprint.entities_by_name[relations[0].target]
    scope = tuple(dialect.compared(entity, r.key, "==", f"{names.var}.{naming.attribute(r.key)}") for r in relations)
    taken = f"There is another {names.words} at this time."
    return RuleView(
        name=rule.name,
        kind="count",
        says=shortened(f"No two {names.plural_words} of one {names_of(target).words} at the same time", 80),
        when=("create", "update", "transition", "restore"),
        refusal=refusal("Conflict", rule.message or taken),
        beyond=beyond,
        out_of_range=invalid(rule.start, "This time is out of range."),
        skipped=(*timeless, *_skipped(blueprint, entity, relations, rule.condition)),
        lock=LockView(
            names_of(target),
            _repository(entity, names_of(target)),
            model_of(target),
            f"{names.var}.{naming.attribute(relations[0].key)}",
        ),
        rows=(*scope, *overlap, *_conditions(blueprint, entity, rule.condition)),
        limit="1",
        needs_actor=rule.condition is not None and mentions_caller(rule.condition),
    )


def quota(blueprint: Blueprint, entity: Entity, rule: QuotaRule) -> RuleView | None:
    """So many rows of one account."""
    if entity.owner is None or rule.scope or not blueprint.has_accounts:
        return None
    dialect = dialect_of(blueprint)
    rows = [dialect.owned_by(blueprint, entity, entity.owner)]
    refused = refusal("Conflict", rule.message or "You have as many as you may have.")
    if rule.minutes is not None:
        since = f"utcnow() - timedelta(minutes={rule.minutes})"
        rows.append(dialect.compared(entity, "created_at", ">", since))
        slow = rule.message or "You have done this too often."
        refused = refusal("TooManyRequests", slow, f"retry_after={rule.minutes * 60}")
    return RuleView(
        name=rule.name,
        kind="count",
        says=shortened(f"At most {rule.limit} {names_of(entity).plural_words} of one account", 80),
        when=("create",),
        refusal=refused,
        lock=LockView(names_of(blueprint.entities_by_name["User"]), "users", "models.User", "actor.id"),
        rows=tuple(rows),
        limit=str(rule.limit),
        needs_actor=True,
    )


def requires(blueprint: Blueprint, entity: Entity, rule: RequiresRule) -> RuleView | None:
    """A row of another entity that must be there first."""
    other = blueprint.entities_by_name[rule.entity]
    row = names_of(entity).var
    rows = []
    for left, right in rule.match:
        if right == "caller":
            rows.append(dialect_of(blueprint).owned_by(blueprint, other, left))
            continue
        path = right.removeprefix("this.")
        if "." in path:
            return None
        key = entity.relations_by_name[path].key if path in entity.relations_by_name else path
        rows.append(dialect_of(blueprint).same(blueprint, other, left, f"{row}.{naming.attribute(key)}"))
    missing = f"This needs a {names_of(other).words} of yours first."
    return RuleView(
        name=rule.name,
        kind="count",
        says=shortened(naming.title(rule.name), 80),
        when=("create",),
        refusal=refusal("Forbidden", rule.message or missing),
        rows=tuple(rows),
        exists=model_of(other),
        needs_actor=any(right == "caller" for _, right in rule.match),
    )


def _may_be_null(target: Entity, limit: int | str) -> bool:
    field = target.fields_by_name.get(limit) if isinstance(limit, str) else None
    return field is not None and field.nullable


def _skipped(
    blueprint: Blueprint, entity: Entity, keys: list[Relation], condition: Expression | None
) -> tuple[str, ...]:
    """When a rule is not asked of a row: a key is empty, or the condition does not hold."""
    row = names_of(entity).var
    empty = tuple(f"{row}.{naming.attribute(key.key)} is None" for key in keys if not key.required)
    if condition is None:
        return empty
    return (*empty, over_row(blueprint, entity, row).test(Not(of=condition)))


def _conditions(blueprint: Blueprint, entity: Entity, condition: Expression | None) -> tuple[str, ...]:
    return () if condition is None else (dialect_of(blueprint).holds(blueprint, entity, condition),)


def _repository(entity: Entity, other: EntityNames) -> str:
    """The attribute of the service that reads the locked row; every target has one."""
    return names_of(entity).many if other.cls == naming.class_name(entity.name) else other.many
