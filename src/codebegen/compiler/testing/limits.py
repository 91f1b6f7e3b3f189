"""The view of the tests of rules over time and over several rows: time limits, overlaps, capacity, quotas."""

from collections.abc import Iterator
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.expressions import Expression
from codebegen.blueprint.model import Entity
from codebegen.blueprint.rules import CapacityRule, NoOverlapRule, QuotaRule, RequiresRule, Rule, TimeLimitRule
from codebegen.compiler.literals import shortened
from codebegen.compiler.testing.conditions import Row, holds
from codebegen.compiler.testing.factories import arguments
from codebegen.compiler.testing.laws import is_known, row_rules
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.references import reference_view, target_call
from codebegen.compiler.testing.time_limits import TimeLimitView, time_limits
from codebegen.compiler.testing.timing import DAY
from codebegen.compiler.testing.values import Relative, Value, plain, spell
from codebegen.compiler.testing.variants import Variant, where

MOST = 6
"""As many rows a test makes at most to fill something up."""
MOST_OF_ONE = 50
"""As many rows a test makes at most for one account: a second's work."""
FAR = 20 * DAY


@dataclass(frozen=True, slots=True)
class OverlapView:
    """Rows of one scope that must not overlap: members of bodies, and a way out of the rule where there is one."""

    rule: str
    test: str
    words: str
    first: str
    scope: tuple[str, ...]
    elsewhere: bool
    overlapping: str
    touching: str
    free: str
    leaves: tuple[str, ...]
    changeable: bool
    without_start: str
    without_end: str
    after: str
    start: str
    beyond: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CapacityView:
    """A target with room for so many rows."""

    rule: str
    test: str
    words: str
    target: str
    key: str
    limit: int
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class QuotaView:
    """As many rows as an account may make."""

    rule: str
    test: str
    words: str
    limit: int
    minutes: int | None
    table: str
    caller: str
    other: str
    theirs: str


@dataclass(frozen=True, slots=True)
class RequiresView:
    """What somebody has to have first: rows of another collection."""

    rule: str
    test: str
    words: str
    caller: str
    body: str
    collection: str


@dataclass(frozen=True, slots=True)
class LimitsView:
    """All limits of one entity."""

    times: tuple[TimeLimitView, ...] = ()
    overlaps: tuple[OverlapView, ...] = ()
    capacities: tuple[CapacityView, ...] = ()
    quotas: tuple[QuotaView, ...] = ()
    requirements: tuple[RequiresView, ...] = ()

    @property
    def tests(self) -> tuple[tuple[str, str], ...]:
        """Rules with the tests that prove them."""
        found: list[tuple[str, str]] = [(view.rule, view.test) for view in self.overlaps]
        found += [(view.rule, f"{view.test}_at_the_ends_of_time") for view in self.overlaps if view.beyond]
        found += [(view.rule, view.test) for view in self.capacities]
        found += [(view.rule, view.test) for view in self.quotas]
        found += [(view.rule, view.test) for view in self.requirements]
        return (*found, *((view.rule, f"{view.test}[{case}]") for view in self.times for case, _, _ in view.cases))


def limits_view(planner: Planner, plan: Plan) -> LimitsView:
    """The view of one entity."""
    times: list[TimeLimitView] = []
    overlaps: list[OverlapView] = []
    capacities: list[CapacityView] = []
    quotas: list[QuotaView] = []
    requirements: list[RequiresView] = []
    for rule in plan.entity.rules:
        match rule:
            case TimeLimitRule():
                times += time_limits(planner, plan, rule)
            case NoOverlapRule():
                overlaps += _overlap(planner, plan, rule)
            case CapacityRule():
                capacities += _capacity(planner, plan, rule)
            case QuotaRule():
                quotas += _quota(plan, rule)
            case RequiresRule():
                requirements += _requires(plan, rule)
            case _:
                continue
    return LimitsView(tuple(times), tuple(overlaps), tuple(capacities), tuple(quotas), tuple(requirements))


def _named(rule: Rule) -> tuple[str, str]:
    return f"keeps_{naming.snake(rule.name)}", shortened(" ".join(naming.words(rule.name)), 40)


def _overlap(planner: Planner, plan: Plan, rule: NoOverlapRule) -> list[OverlapView]:
    """Moments far from those of other rows, at the same distance from each other as hours or days of the type."""
    start = plan.entity.fields_by_name[rule.start]
    if start.type not in ("date", "datetime") or not _counted(plan, rule.condition) or plan.single:
        return []
    sign = -1 if isinstance(plan.facts[rule.start], Relative) and _minutes(plan.facts[rule.start]) < 0 else 1
    unit = DAY if start.type == "date" else 60
    length = rule.minutes if rule.minutes is not None else 2 * unit
    base = sign * FAR
    shift = (DAY if length > DAY else 0) if start.type == "date" else max(length // 2, 1)
    places = {"first": base, "overlapping": base + shift, "touching": base + length}
    step = length + unit
    places |= {"free": base + 6 * step, "without_end": base + 12 * step, "after": base + 16 * step}
    bodies = {name: _interval(plan, rule, minutes, length) for name, minutes in places.items()}
    if any(body is None for body in bodies.values()):
        return []
    keys = {key.relation.name: key for key in plan.keys}
    scope = tuple(keys[name].name for name in rule.scope if name in keys and keys[name].source == "plain")
    first = (arguments(bodies["first"] or {}), *_left_out(planner, plan, rule))
    spelled = {name: spell(dict(body or {})) for name, body in bodies.items()}
    leaves = where(plan.entity, plan.facts, rule.condition, truth=False) if rule.condition is not None else None
    moves = leaves.moves if isinstance(leaves, Variant) and not leaves.given else ()
    endless = _may_have_no_end(plan, rule) and sign > 0
    test, words = _named(rule)
    return [
        OverlapView(
            rule.name, test, words, plan.make_call(given=", ".join(first)), scope,
            elsewhere=_is_elsewhere(plan, scope), overlapping=spelled["overlapping"], touching=spelled["touching"],
            free=spelled["free"], leaves=moves, changeable=not start.immutable,
            without_start=_timeless(plan, rule),
            without_end=spell({**(bodies["without_end"] or {}), str(rule.end): None}) if endless else "",
            after=spelled["after"],
            start=rule.start, beyond=_beyond(plan, rule),
        )
    ]  # fmt: skip


def _left_out(planner: Planner, plan: Plan, rule: NoOverlapRule) -> Iterator[str]:
    """Keys of the scope that rows are made without, as arguments: what points to nothing is in nobody's way."""
    filled = {reference.key.name for reference in plan.references}
    for key in plan.keys:
        if key.relation.name in rule.scope and key.source == "plain" and key.name not in filled:
            yield f"{key.name}={reference_view(planner, plan, key).target}"


def _beyond(plan: Plan, rule: NoOverlapRule) -> tuple[str, ...]:
    """The first and the last moment there is, where lengths are counted from them and no other rule is asked first."""
    others = [one for one in plan.entity.rules if one.kind in ("check", "required_if", "time_limit")]
    start = plan.entity.fields_by_name[rule.start]
    bounded = start.min is not None or start.max is not None
    return () if rule.minutes is None or others or bounded else ("0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z")


def _timeless(plan: Plan, rule: NoOverlapRule) -> str:
    """A row that is at no time, where there can be one: it is in nobody's way."""
    names = [name for name in (rule.start, rule.end) if name is not None]
    optional = all(plan.entity.fields_by_name[name].nullable for name in names)
    asked = any(one.kind == "required_if" for one in plan.entity.rules)
    return spell(dict.fromkeys(names)) if optional and not asked else ""


def _may_have_no_end(plan: Plan, rule: NoOverlapRule) -> bool:
    """Whether rows can be made that go on, as far as no other rule asks for their end."""
    end = plan.entity.fields_by_name.get(rule.end or "")
    return end is not None and end.nullable and not any(one.kind == "required_if" for one in plan.entity.rules)


def _is_elsewhere(plan: Plan, scope: tuple[str, ...]) -> bool:
    """Whether another row of the same owner is in another scope without anybody asking for it."""
    targets = {reference.key.name: reference for reference in plan.references}
    fresh = [targets[name] for name in scope if name in targets]
    return any(
        one.plan is not None and not one.plan.single and not (one.for_owner and one.plan.entity.kind == "profile")
        for one in fresh
    )


def _minutes(value: Value) -> int:
    return value.minutes if isinstance(value, Relative) else 0


def _interval(plan: Plan, rule: NoOverlapRule, start: int, length: int) -> Row | None:
    kind = plan.entity.fields_by_name[rule.start].type
    wanted: dict[str, Value] = {rule.start: Relative(start, kind)}
    if rule.end is not None:
        wanted[rule.end] = Relative(start + length, kind)
    row = {**plan.facts, **wanted}
    laws = [law for _, law in row_rules(plan.entity) if is_known(law, row)]
    return wanted if all(holds(plan.entity, law, row) for law in laws) else None


def _counted(plan: Plan, condition: Expression | None) -> bool:
    """Whether rows as they are made count for a rule."""
    return condition is None or holds(plan.entity, condition, plan.facts) is True


def _capacity(planner: Planner, plan: Plan, rule: CapacityRule) -> list[CapacityView]:
    key = next((k for k in plan.keys if k.relation.name == rule.relation), None)
    if key is None or key.source != "plain" or key.target.kind == "user" or not _counted(plan, rule.condition):
        return []
    limit = rule.limit if isinstance(rule.limit, int) else _least_room(key.target, rule.limit)
    room: Row = {} if isinstance(rule.limit, int) else {rule.limit: limit}
    owners = [f"people.{p.attribute}" for p in (plan.maker, plan.other) if p is not None] if plan.owned else [""]
    alone = key.relation.unique or plan.single or plan.has_one_for(rule.relation)
    impossible = alone and (len(owners) < 2 or key.leads_to_owner)
    if impossible or not 1 <= limit <= (1 if alone else MOST):
        return []
    target = target_call(planner, plan, key, room)
    test, words = _named(rule)
    each = tuple(owners[place % len(owners)] if alone else owners[0] for place in range(limit + 1))
    return [CapacityView(rule.name, test, words, target, key.name, limit, each)]


def _least_room(target: Entity, name: str) -> int:
    """The smallest capacity that a target can be given; none that a test could fill is 0."""
    field = target.fields_by_name.get(name)
    if field is None or field.type != "integer":
        return 0
    return min((number for value in plain(field) if (number := int(str(value))) >= 1), default=0)


def _quota(plan: Plan, rule: QuotaRule) -> list[QuotaView]:
    if rule.scope or plan.sender != "owner" or plan.other is None or plan.single or rule.limit > MOST_OF_ONE:
        return []
    test, words = _named(rule)
    owner, other = plan.maker.attribute, plan.other.attribute
    theirs = plan.body_call(f"people.{other}")
    return [QuotaView(rule.name, test, words, rule.limit, rule.minutes, plan.entity.plural[:63], owner, other, theirs)]


def _requires(plan: Plan, rule: RequiresRule) -> list[RequiresView]:
    if rule.name not in plan.met or plan.sender != "owner" or plan.other is None:
        return []
    test, words = _named(rule)
    body = plan.body_call(f"people.{plan.maker.attribute}")
    collection = next(r.plan.entity.path for r in plan.requirements if r.rule == rule.name)
    return [RequiresView(rule.name, test, words, plan.maker.attribute, body, collection)]
