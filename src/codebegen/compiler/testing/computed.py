"""The view of the tests of one computed value: what it is after everything that changes it."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.behaviour import Computed
from codebegen.blueprint.fields import NUMBER_TYPES
from codebegen.compiler.testing.keys import Key
from codebegen.compiler.testing.laws import lawful
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.references import sees_target, target_call
from codebegen.compiler.testing.values import plain, spell


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


def computed_view(planner: Planner, computed: Computed) -> ComputedView | None:
    """Aggregates as they change with what they count; other functions are not computed yet."""
    if computed.function == "expression" or computed.condition is not None or computed.expression is not None:
        return None
    source = planner.plan(computed.entity or "")
    key = next((k for k in source.keys if k.relation.name == computed.relation), None)
    expected = _aggregated(source, computed)
    if source.is_membership:  # a new tenant has members already
        return None
    if key is None or key.source != "plain" or key.relation.unique or source.single or expected is None:
        return None
    if source.sender == "owner" and not sees_target(planner, source, key):
        return None
    makers = _makers(source, key)
    if makers is None:
        return None
    field = computed.field if computed.function != "count" else None
    given = [f'{key.name}=row["id"]', *([f"{field}={{}}"] if field else [])]
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
    )


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


def _aggregated(source: Plan, computed: Computed) -> tuple[str, str, str, str] | None:
    """The value for no rows, a low one, a low and a high one, two low ones."""
    if computed.function == "count":
        return "0", "1", "2", "2"
    field = source.entity.fields_by_name.get(computed.field or "")
    if field is None or field.type not in NUMBER_TYPES or field.unique or field.read_only or field.immutable:
        return None
    values = plain(field)
    low, high = float(str(values[0])), float(str(values[-1]))
    if any(lawful(source.entity, source.facts, {field.name: v}) != {field.name: v} for v in (values[0], values[-1])):
        return None
    answers = {
        "sum": (0.0, low, low + high, low + low),
        "average": (None, low, (low + high) / 2, low),
        "min": (None, low, low, low),
        "max": (None, low, high, low),
    }[computed.function]
    none, one, two, equal = (repr(answer) for answer in answers)
    return none, one, two, equal
