"""Rules about one row, and rows behind its keys: conditions, and operations that have their time."""

from codebegen import naming
from codebegen.blueprint.expressions import All, Expression, FieldRef, IsNull, Not, mentions_caller, references
from codebegen.blueprint.lookup import follow
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.rules import CheckRule, RequiredIfRule, TimeLimitRule
from codebegen.compiler.expressions import model_of, over_row
from codebegen.compiler.literals import shortened
from codebegen.compiler.views.names import names_of
from codebegen.compiler.views.rule import FetchView, RuleView, invalid, refusal

_ENFORCED = ("create", "update", "delete")


def condition(blueprint: Blueprint, entity: Entity, rule: CheckRule | RequiredIfRule) -> RuleView | None:
    """What must hold of a row after it is made or changed."""
    fetches = _fetches(blueprint, entity, rule.condition)
    paths = references(rule.condition)
    if fetches is None or not paths:
        return None
    row = names_of(entity).var
    renderer = over_row(blueprint, entity, row)
    broken = renderer.test(Not(of=rule.condition))
    field = next((path for path in paths if "." not in path), paths[0].split(".")[0])
    says = rule.message or f"This must hold: {naming.title(rule.name).lower()}."
    if isinstance(rule, RequiredIfRule):
        field, says = rule.field, rule.message or f"{rule.field} is required here."
        missing = IsNull(of=FieldRef(path=rule.field))
        broken = renderer.test(All(of=(missing, rule.condition)))
    return RuleView(
        name=rule.name,
        kind="row",
        says=shortened(naming.title(rule.name), 80),
        when=("create", "update"),
        refusal=invalid(_json_name(entity, field), says),
        broken=broken,
        fetches=fetches,
        needs_actor=mentions_caller(rule.condition),
    )


def _json_name(entity: Entity, name: str) -> str:
    relation = entity.relations_by_name.get(name)
    return relation.key if relation else name


def time_limit(blueprint: Blueprint, entity: Entity, rule: TimeLimitRule) -> RuleView | None:
    """Operations that are possible only before or after a moment."""
    fetches = _fetch_path(blueprint, entity, rule.field)
    enforced = all(o in _ENFORCED or o.startswith("transition:") for o in rule.operations)
    if fetches is None or not enforced:
        return None
    renderer = over_row(blueprint, entity, names_of(entity).var)
    moment = renderer.field(rule.field)
    now = _back(rule.minutes, is_date=_type(blueprint, entity, rule.field) == "date")
    broken = f"{now} {'>=' if rule.side == 'before' else '<'} {moment}"
    if _optional(blueprint, entity, rule.field):
        broken = f"{moment} is not None and {broken}"
    roles = [f"models.Role.{naming.snake(role).upper()}" for role in rule.exempt]
    bound = f"actor.role is not {roles[0]}" if len(roles) == 1 else f"actor.role not in {{{', '.join(roles)}}}"
    late = "It is too late for this." if rule.side == "before" else "It is too early for this."
    return RuleView(
        name=rule.name,
        kind="row",
        says=shortened(naming.title(rule.name), 80),
        when=rule.operations,
        refusal=refusal("Conflict", rule.message or late),
        broken=f"{bound} and {broken}" if roles else broken,
        fetches=fetches,
        needs_actor=bool(roles),
    )


def _back(minutes: int, *, is_date: bool) -> str:
    """So long ago, or whole days where it is compared with a date.

    A moment of a row may be the first or the last that there is, and can't be moved; now can.
    """
    now, unit, number = ("utcnow().date()", "days", minutes // 1440) if is_date else ("utcnow()", "minutes", minutes)
    return f"{now} {'-' if number > 0 else '+'} timedelta({unit}={abs(number)})" if number else now


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
