"""Rules of one entity as the service checks them: one method a rule, and when each is asked."""

from dataclasses import dataclass
from typing import Literal

from codebegen import naming
from codebegen.blueprint.expressions import Expression, references
from codebegen.blueprint.lookup import follow
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.rules import (
    CapacityRule,
    CheckRule,
    NoOverlapRule,
    QuotaRule,
    RequiredIfRule,
    RequiresRule,
    Rule,
    TimeLimitRule,
)
from codebegen.compiler.expressions import model_of, over_row, owned_by, sql, sql_path
from codebegen.compiler.literals import prose
from codebegen.compiler.views.names import EntityNames, names_of


@dataclass(frozen=True, slots=True)
class FetchView:
    """A row behind a key, loaded before a condition can be asked: `event = … models.Event, ticket.event_id`."""

    variable: str
    model: str
    key: str


@dataclass(frozen=True, slots=True)
class LockView:
    """The row that others must not count on at the same time."""

    repository: str
    model: str
    key: str


@dataclass(frozen=True, slots=True)
class RuleView:
    """One rule. `refusal` is how it is refused where `condition` does not hold (or, with `rows`, where too many exist).

    `when` says on which operations it is asked; `applies` is a condition on the row itself, if it is not asked always.
    """

    name: str
    kind: Literal["row", "count"]
    says: str
    when: tuple[str, ...]
    refusal: str
    condition: str = ""
    applies: str | None = None
    fetches: tuple[FetchView, ...] = ()
    lock: LockView | None = None
    rows: tuple[str, ...] = ()
    limit: str = "0"
    exists: str | None = None
    needs_actor: bool = False

    @property
    def constant(self) -> str | None:
        """The name of a limit that is a plain number."""
        return f"{self.name.upper()}_LIMIT" if self.limit.isdecimal() and int(self.limit) > 1 else None

    def needs_row(self, variable: str) -> bool:
        """Whether the check looks at the row itself."""
        spelled = [self.condition, self.applies or "", *self.rows, self.lock.key if self.lock else ""]
        spelled += [fetch.key for fetch in self.fetches]
        return (self.again and self.kind == "count") or any(f"{variable}." in text for text in spelled)

    @property
    def again(self) -> bool:
        """Whether it is asked of rows that are there already, which must not count themselves."""
        return self.when != ("create",)


def rules_of(blueprint: Blueprint, entity: Entity) -> tuple[RuleView, ...]:
    """Every rule that the compiler can spell."""
    views = (rule_of(blueprint, entity, rule) for rule in entity.rules)
    return tuple(view for view in views if view is not None)


def rule_of(blueprint: Blueprint, entity: Entity, rule: Rule) -> RuleView | None:
    """One rule, None where it can't be spelled."""
    match rule:
        case CheckRule() | RequiredIfRule():
            return _check(blueprint, entity, rule)
        case TimeLimitRule():
            return _time_limit(blueprint, entity, rule)
        case CapacityRule():
            return _capacity(blueprint, entity, rule)
        case NoOverlapRule():
            return _no_overlap(blueprint, entity, rule)
        case QuotaRule():
            return _quota(blueprint, entity, rule)
        case RequiresRule():
            return _requires(blueprint, entity, rule)
        case _:
            return None


def _python(text: str) -> str:
    return '"' + prose(text) + '"'


def _check(blueprint: Blueprint, entity: Entity, rule: CheckRule | RequiredIfRule) -> RuleView | None:
    fetches = _fetches(blueprint, entity, rule.condition)
    paths = references(rule.condition)
    if fetches is None or not paths:
        return None
    row = names_of(entity).var
    condition = over_row(blueprint, entity, row).render(rule.condition)
    field = next((path for path in paths if "." not in path), paths[0].split(".")[0])
    says = rule.message or f"This must hold: {naming.title(rule.name).lower()}."
    if isinstance(rule, RequiredIfRule):
        field, says = rule.field, rule.message or f"{rule.field} is required here."
        condition = f"not ({condition}) or {row}.{naming.attribute(rule.field)} is not None"
    return RuleView(
        name=rule.name,
        kind="row",
        says=prose(naming.title(rule.name)),
        when=("create", "update"),
        refusal=f'Invalid("body", {_python(_json_name(entity, field))}, message={_python(says)}, kind="rule")',
        condition=condition,
        fetches=fetches,
    )


def _json_name(entity: Entity, name: str) -> str:
    relation = entity.relations_by_name.get(name)
    return relation.key if relation else name


def _time_limit(blueprint: Blueprint, entity: Entity, rule: TimeLimitRule) -> RuleView | None:
    fetches = _fetch_path(blueprint, entity, rule.field)
    if fetches is None:
        return None
    renderer = over_row(blueprint, entity, names_of(entity).var)
    moment = renderer.field(rule.field)
    limit = f"{moment} + timedelta(minutes={rule.minutes})" if rule.minutes else moment
    now = "utcnow().date()" if _type(blueprint, entity, rule.field) == "date" else "utcnow()"
    condition = f"{now} {'<' if rule.side == 'before' else '>='} {limit}"
    if _optional(blueprint, entity, rule.field):
        condition = f"{moment} is None or {condition}"
    roles = [f"models.Role.{naming.snake(role).upper()}" for role in rule.exempt]
    exempt = f"actor.role is {roles[0]}" if len(roles) == 1 else f"actor.role in {{{', '.join(roles)}}}"
    late = "It is too late for this." if rule.side == "before" else "It is too early for this."
    return RuleView(
        name=rule.name,
        kind="row",
        says=prose(naming.title(rule.name)),
        when=rule.operations,
        refusal=f"Conflict({_python(rule.message or late)})",
        condition=f"{exempt} or {condition}" if roles else condition,
        fetches=fetches,
        needs_actor=bool(roles),
    )


def _capacity(blueprint: Blueprint, entity: Entity, rule: CapacityRule) -> RuleView | None:
    relation = entity.relations_by_name.get(rule.relation)
    if relation is None:
        return None
    target = blueprint.entities_by_name[relation.target]
    names, other = names_of(entity), names_of(target)
    key = f"{names.var}.{naming.attribute(relation.key)}"
    limit = str(rule.limit)
    fetches: tuple[FetchView, ...] = ()
    if isinstance(rule.limit, str):
        fetches = (FetchView(_behind(relation.name), model_of(target), key),)
        limit = f"{_behind(relation.name)}.{naming.attribute(rule.limit)}"
    full = f"This {other.words} is full."
    return RuleView(
        name=rule.name,
        kind="count",
        says=prose(f"At most so many {names.plural_words} of one {other.words}"),
        when=("create", "update", "transition"),
        refusal=f"Conflict({_python(rule.message or full)})",
        applies=_applies(blueprint, entity, rule.condition),
        fetches=fetches,
        lock=LockView(_repository(entity, other), model_of(target), key),
        rows=(
            f"{model_of(entity)}.{naming.attribute(relation.key)} == {key}",
            *_conditions(blueprint, entity, rule.condition),
        ),
        limit=limit,
    )


def _no_overlap(blueprint: Blueprint, entity: Entity, rule: NoOverlapRule) -> RuleView | None:
    relations = [entity.relations_by_name[name] for name in rule.scope if name in entity.relations_by_name]
    fields = [entity.fields_by_name.get(name) for name in (rule.start, *([rule.end] if rule.end else []))]
    if not relations or any(field is None or field.nullable for field in fields):
        return None
    names, model = names_of(entity), model_of(entity)
    start = naming.attribute(rule.start)
    if rule.end is not None:
        end = naming.attribute(rule.end)
        overlap = (f"{model}.{start} < {names.var}.{end}", f"{model}.{end} > {names.var}.{start}")
    else:
        length = f"timedelta(minutes={rule.minutes})"
        moment = f"{names.var}.{start}"
        overlap = (f"{model}.{start} < {moment} + {length}", f"{model}.{start} > {moment} - {length}")
    target = blueprint.entities_by_name[relations[0].target]
    scope = tuple(f"{model}.{naming.attribute(r.key)} == {names.var}.{naming.attribute(r.key)}" for r in relations)
    taken = f"There is another {names.words} at this time."
    return RuleView(
        name=rule.name,
        kind="count",
        says=prose(f"No two {names.plural_words} of one {names_of(target).words} at the same time"),
        when=("create", "update", "transition"),
        refusal=f"Conflict({_python(rule.message or taken)})",
        applies=_applies(blueprint, entity, rule.condition),
        lock=LockView(
            _repository(entity, names_of(target)),
            model_of(target),
            f"{names.var}.{naming.attribute(relations[0].key)}",
        ),
        rows=(*scope, *overlap, *_conditions(blueprint, entity, rule.condition)),
        limit="1",
    )


def _quota(blueprint: Blueprint, entity: Entity, rule: QuotaRule) -> RuleView | None:
    if entity.owner is None or rule.scope or not blueprint.has_accounts:
        return None
    rows = [owned_by(blueprint, entity, entity.owner)]
    refusal = f"Conflict({_python(rule.message or 'You have as many as you may have.')})"
    if rule.minutes is not None:
        rows.append(f"{model_of(entity)}.created_at > utcnow() - timedelta(minutes={rule.minutes})")
        slow = _python(rule.message or "You have done this too often.")
        refusal = f"TooManyRequests({slow}, retry_after={rule.minutes * 60})"
    return RuleView(
        name=rule.name,
        kind="count",
        says=prose(f"At most {rule.limit} {names_of(entity).plural_words} of one account"),
        when=("create",),
        refusal=refusal,
        lock=LockView("users", "models.User", "actor.id"),
        rows=tuple(rows),
        limit=str(rule.limit),
        needs_actor=True,
    )


def _requires(blueprint: Blueprint, entity: Entity, rule: RequiresRule) -> RuleView | None:
    other = blueprint.entities_by_name[rule.entity]
    row = names_of(entity).var
    rows = []
    for left, right in rule.match:
        if right == "caller":
            rows.append(owned_by(blueprint, other, left))
            continue
        path = right.removeprefix("this.")
        if "." in path:
            return None
        key = entity.relations_by_name[path].key if path in entity.relations_by_name else path
        rows.append(f"{sql_path(blueprint, other, left)} == {row}.{naming.attribute(key)}")
    missing = f"This needs a {names_of(other).words} of yours first."
    return RuleView(
        name=rule.name,
        kind="count",
        says=prose(naming.title(rule.name)),
        when=("create",),
        refusal=f"Forbidden({_python(rule.message or missing)})",
        rows=tuple(rows),
        exists=model_of(other),
        needs_actor=any(right == "caller" for _, right in rule.match),
    )


def _applies(blueprint: Blueprint, entity: Entity, condition: Expression | None) -> str | None:
    if condition is None:
        return None
    return over_row(blueprint, entity, names_of(entity).var).render(condition)


def _conditions(blueprint: Blueprint, entity: Entity, condition: Expression | None) -> tuple[str, ...]:
    return () if condition is None else (sql(blueprint, entity).render(condition),)


def _repository(entity: Entity, other: EntityNames) -> str:
    """The attribute of the service that reads the locked row; every target has one."""
    return names_of(entity).many if other.cls == naming.class_name(entity.name) else other.many


def _fetches(blueprint: Blueprint, entity: Entity, condition: Expression) -> tuple[FetchView, ...] | None:
    """The rows that a condition looks into; None where one may not be there."""
    found: dict[str, FetchView] = {}
    for path in references(condition):
        more = _fetch_path(blueprint, entity, path)
        if more is None:
            return None
        found |= {fetch.variable: fetch for fetch in more}
    return tuple(found.values())


def _fetch_path(blueprint: Blueprint, entity: Entity, path: str) -> tuple[FetchView, ...] | None:
    target = follow(blueprint, entity, path)
    if target is None or any(not relation.required for relation in target.relations):
        return None
    row = names_of(entity).var
    walked: list[str] = []
    fetches = []
    holders = list(target.relations) if target.field is not None else list(target.relations[:-1])
    for relation in holders:
        holder = _behind("_".join(walked)) if walked else row
        walked.append(relation.name)
        model = model_of(blueprint.entities_by_name[relation.target])
        fetches.append(FetchView(_behind("_".join(walked)), model, f"{holder}.{naming.attribute(relation.key)}"))
    return tuple(fetches)


def _behind(relations: str) -> str:
    """The variable of a row behind keys."""
    return f"its_{relations}"


def _type(blueprint: Blueprint, entity: Entity, path: str) -> str:
    target = follow(blueprint, entity, path)
    return target.field.type if target is not None and target.field is not None else ""


def _optional(blueprint: Blueprint, entity: Entity, path: str) -> bool:
    target = follow(blueprint, entity, path)
    named = path.rpartition(".")[2] in ("created_at", "updated_at", "id")
    return target is not None and target.field is not None and target.field.nullable and not named
