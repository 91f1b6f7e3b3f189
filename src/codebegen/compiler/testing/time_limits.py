"""The view of the tests of limits in time: each operation just inside and just outside."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Entity
from codebegen.blueprint.rules import TimeLimitRule
from codebegen.compiler.literals import shortened
from codebegen.compiler.testing.conditions import Row, solve
from codebegen.compiler.testing.endpoints import changes_of
from codebegen.compiler.testing.laws import is_known, row_rules, written_fields
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.settings import operations, prepared
from codebegen.compiler.testing.timing import DAY
from codebegen.compiler.testing.values import Relative, Value, spell
from codebegen.compiler.testing.variants import Variant


@dataclass(frozen=True, slots=True)
class TimeLimitView:
    """One operation just inside and just outside of a time limit; `given` is what the row is made with."""

    rule: str
    test: str
    words: str
    method: str
    suffix: str
    body: str
    given: str
    moves: tuple[str, ...]
    table: str
    key: str
    creates: bool
    local: bool
    cases: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Limit:
    """A rule with the row that holds its moment: the row itself, or the one behind `key`."""

    rule: TimeLimitRule
    holder: Entity
    field: str
    kind: str
    key: str | None

    @property
    def words(self) -> str:
        """The rule in a sentence."""
        return shortened(" ".join(naming.words(self.rule.name)), 50)

    @property
    def edges(self) -> tuple[tuple[str, int], ...]:
        """Case and minutes from now, just inside and just outside."""
        step = 2 * DAY if self.kind == "date" else 5
        ahead, missed = (step, "too_late") if self.rule.side == "before" else (-step, "too_early")
        return (("in_time", ahead - self.rule.minutes), (missed, -ahead - self.rule.minutes))

    def test(self, operation: str) -> str:
        """The name of the test of an operation."""
        return f"keeps_{naming.snake(self.rule.name)}_{naming.snake(operation.partition(':')[2] or operation)}"


def time_limits(planner: Planner, plan: Plan, rule: TimeLimitRule) -> list[TimeLimitView]:
    """Every operation that a rule limits."""
    relation, _, field = rule.field.rpartition(".")
    reference = next((r for r in plan.references if r.key.relation.name == relation and r.plan is not None), None)
    holder = reference.key.target if reference else plan.entity
    if (relation and reference is None) or "admin" in rule.exempt:
        return []
    kind = "datetime" if field in ("created_at", "updated_at") else holder.fields_by_name[field].type
    if kind not in ("date", "datetime"):
        return []
    limit = Limit(rule, holder, field, kind, reference.key.name if reference else None)
    facts = planner.plan(holder.name).facts
    views = [_limited(plan, limit, operation, facts) for operation in rule.operations]
    return [view for view in views if view is not None]


def _limited(plan: Plan, limit: Limit, operation: str, facts: Row) -> TimeLimitView | None:
    values = [_changed(limit, minutes, facts) for _, minutes in limit.edges]
    sent = ("create", "POST", "", "None", 201)
    found = prepared(plan, operation, Variant({}, (), plan.facts)) if operation != "create" else None
    if operation != "create":
        sent = next((one for one in operations(plan) if one[0] == operation), sent)
    in_body = operation == "create" and limit.key is None
    moments = [None if value is None else spell(dict(value)) if in_body else _clock(value) for value in values]
    if None in moments or (found is None and operation != "create"):
        return None
    statuses = (sent[4], 409)
    cases = tuple(
        (case, moment or "", status) for (case, _), moment, status in zip(limit.edges, moments, statuses, strict=True)
    )
    return TimeLimitView(
        rule=limit.rule.name,
        test=limit.test(operation),
        words=limit.words,
        method=sent[1],
        suffix=sent[2],
        body=spell(_one_change(plan, limit.field)) if operation == "update" else "None",
        given=spell(dict(found.given)) if found else "{}",
        moves=found.moves if found else (),
        table=limit.holder.plural[:63],
        key=limit.key or "id",
        creates=operation == "create",
        local=limit.key is None,
        cases=cases,
    )


def _clock(values: Row) -> str | None:
    parts = []
    for name, value in values.items():
        if not isinstance(value, Relative):
            return None
        parts.append(f'"{name}": clock(minutes={value.minutes}){".date()" if value.type == "date" else ""}')
    return "{" + ", ".join(parts) + "}"


def _changed(limit: Limit, minutes: int, facts: Row) -> Row | None:
    """The moment with what the row's own rules (not its time limits) ask for besides."""
    wanted: Row = {limit.field: Relative(minutes, limit.kind)}
    row = {**facts, **wanted}
    rules = [(law, True) for _, law in row_rules(limit.holder) if is_known(law, row)]
    free = [f.name for f in written_fields(limit.holder) if f.name != limit.field]
    changes = solve(limit.holder, rules, row, free) if rules else {}
    return None if changes is None else {**wanted, **changes}


def _one_change(plan: Plan, besides: str) -> dict[str, Value]:
    """A change of one field that has nothing to do with the limit."""
    changes = changes_of(plan)
    names = [name for name in changes if name != besides and name not in plan.ruled]
    return {name: changes[name] for name in names[:1]}
