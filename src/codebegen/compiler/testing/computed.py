"""The view of the tests of one computed value: what it is after everything that changes it."""

from dataclasses import dataclass
from decimal import Decimal

from codebegen import naming
from codebegen.blueprint.behaviour import Computed
from codebegen.blueprint.expressions import FieldRef, references
from codebegen.blueprint.fields import NUMBER_TYPES
from codebegen.compiler.testing.conditions import compares_null, holds, worth
from codebegen.compiler.testing.factories import arguments
from codebegen.compiler.testing.keys import Key
from codebegen.compiler.testing.laws import lawful, written_fields
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.references import sees_target, target_call
from codebegen.compiler.testing.values import plain, spell
from codebegen.compiler.testing.variants import Variant, where


@dataclass(frozen=True, slots=True)
class ComputedView:
    """One value over the rows that point here."""

    name: str
    test: str
    words: str
    row: str
    path: str
    first: str
    second: str
    change: str | None
    key: str | None
    expected: tuple[str, str, str, str]
    moves: tuple[str, ...] = ()
    uncounted: str | None = None
    uncounted_moves: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OwnView:
    """One value made of the row itself: what it is for a new row, and after a change."""

    name: str
    test: str
    words: str
    value: str
    change: str | None
    changed: str


def own_view(plan: Plan, computed: Computed) -> OwnView | None:
    """A value made of fields of the row, as far as they are known."""
    if computed.function != "expression" or computed.expression is None or plan.entity.kind == "user":
        return None
    fields = [plan.entity.fields_by_name.get(path) for path in references(computed.expression)]
    if any(field is None or field.type == "float" for field in fields):
        return None
    value = worth(plan.entity, computed.expression, plan.facts)
    written = {field.name for field in written_fields(plan.entity) if not field.immutable and not field.unique}
    for path in dict.fromkeys(path for path in references(computed.expression) if path in written):
        for one in plain(plan.entity.fields_by_name[path]):
            row = {**plan.facts, path: one}
            after = worth(plan.entity, computed.expression, row)
            if lawful(plan.entity, plan.facts, {path: one}) == {path: one} and after is not None and after != value:
                changes = f'{{"{path}": {spell(one)}}}'
                return _own(plan, computed, value, changes, after)
    return _own(plan, computed, value, None, value)


def _own(plan: Plan, computed: Computed, value: Decimal | None, change: str | None, after: Decimal | None) -> OwnView:
    return OwnView(
        name=computed.name,
        test=f"computes_{naming.snake(computed.name)}",
        words=" ".join(naming.words(computed.name)),
        value=_rounded(plan, computed, value),
        change=change,
        changed=_rounded(plan, computed, after),
    )


def _rounded(plan: Plan, computed: Computed, value: Decimal | None) -> str:
    """A value as it is shown."""
    if value is None or computed.expression is None:
        return "None"
    fields = (plan.entity.fields_by_name[path] for path in references(computed.expression))
    scales = [field.places for field in fields if field.places is not None]
    scale = computed.scale if computed.scale is not None else max(scales, default=None)
    return repr(float(round(value, scale) if scales and scale is not None else value))


def computed_view(planner: Planner, computed: Computed) -> ComputedView | None:
    """Aggregates as they change with what they count."""
    if computed.function == "expression":
        return None
    source = planner.plan(computed.entity or "")
    key = next((k for k in source.keys if k.relation.name == computed.relation), None)
    field = _varied(source, computed)
    counted = _variant(source, computed, truth=True)
    expected = _aggregated(source, computed, field)
    if source.is_membership:  # a new tenant has members already
        return None
    if key is None or key.source != "plain" or key.relation.unique or source.single or expected is None:
        return None
    if source.sender == "owner" and not sees_target(planner, source, key):
        return None
    makers = _makers(source, key)
    if makers is None:
        return None
    if counted is None or (field is not None and field in counted.given):
        return None
    uncounted = _variant(source, computed, truth=False) if computed.condition is not None else None
    more = [arguments(counted.given).replace("{", "{{").replace("}", "}}")] if counted.given else []
    given = [f'{key.name}=row["id"]', *more, *([f"{field}={{}}"] if field else [])]
    low, high = _pair(source, field)
    first, second = (", ".join(given).format(value) for value in (low, high))
    return ComputedView(
        name=computed.name,
        test=f"computes_{naming.snake(computed.name)}",
        words=" ".join(naming.words(computed.name)),
        row=target_call(planner, source, key),
        path=source.entity.path,
        first=source.make_call(makers[0], first),
        second=source.make_call(makers[1], second),
        change=f'{{"{field}": {low}}}' if field else None,
        key=key.name if key.changeable else None,
        expected=expected,
        moves=counted.moves,
        uncounted=_uncounted(source, key, uncounted, makers[0]),
        uncounted_moves=uncounted.moves if uncounted is not None else (),
    )


def _uncounted(source: Plan, key: Key, row: Variant | None, maker: str | None) -> str | None:
    """A row that does not count."""
    if row is None or source.has_one_for(key.relation.name):
        return None
    more = f", {arguments(row.given)}" if row.given else ""
    return source.make_call(maker, f'{key.name}=row["id"]{more}')


def _variant(source: Plan, computed: Computed, *, truth: bool) -> Variant | None:
    """How a row is made that counts, or does not."""
    if computed.condition is None:
        return Variant({}, (), source.facts)
    held = holds(source.entity, computed.condition, source.facts)
    if held is truth and not compares_null(computed.condition, source.facts):
        return Variant({}, (), source.facts)
    found = where(source.entity, source.facts, computed.condition, truth=truth)
    return None if found is None or compares_null(computed.condition, found.facts) else found


def _varied(source: Plan, computed: Computed) -> str | None:
    """The field by whose values rows differ."""
    if computed.function == "count":
        return None
    if computed.expression is None:
        return computed.field
    asked = references(computed.condition) if computed.condition is not None else ()
    written = {field.name for field in written_fields(source.entity)}
    return next((path for path in references(computed.expression) if path in written and path not in asked), None)


def _makers(source: Plan, key: Key) -> tuple[str | None, str | None] | None:
    """Who makes the first row and who the second: two people where each of them has only one for a target."""
    if not source.owned:
        return None, None
    maker = f"people.{source.maker.attribute}"
    if not source.has_one_for(key.relation.name):
        return maker, maker
    return None if source.other is None or key.leads_to_owner else (maker, f"people.{source.other.attribute}")


def _pair(source: Plan, field: str | None) -> tuple[str, str]:
    """A low and a high value of the aggregated field."""
    if field is None:
        return "", ""
    values = plain(source.entity.fields_by_name[field])
    return spell(values[0]), spell(values[-1])


def _aggregated(source: Plan, computed: Computed, name: str | None) -> tuple[str, str, str, str] | None:
    """The value for no rows, a low one, a low and a high one, two low ones."""
    if computed.function == "count":
        return "0", "1", "2", "2"
    field = source.entity.fields_by_name.get(name or "")
    if field is None or field.type not in NUMBER_TYPES or field.unique or field.read_only or field.immutable:
        return None
    values = plain(field)
    if any(lawful(source.entity, source.facts, {field.name: v}) != {field.name: v} for v in (values[0], values[-1])):
        return None
    rows = ({**source.facts, field.name: value} for value in (values[0], values[-1]))
    expression = computed.expression or FieldRef(path=field.name)
    numbers = [worth(source.entity, expression, row) for row in rows]
    if None in numbers or numbers[0] == numbers[1]:
        return None
    low, high = (float(number) for number in numbers if number is not None)
    if low > high:
        return None
    answers = {
        "sum": (0.0, low, low + high, low + low),
        "average": (None, low, (low + high) / 2, low),
        "min": (None, low, low, low),
        "max": (None, low, high, low),
    }[computed.function]
    none, one, two, equal = (repr(answer) for answer in answers)
    return none, one, two, equal
