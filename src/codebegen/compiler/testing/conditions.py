"""Expressions on sample rows: whether they hold, and which values make them hold.

This is a reading of the blueprint of its own, so that tests don't repeat what the compiler spelled wrongly.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import islice, product
from typing import Any

from codebegen.blueprint.expressions import (
    All,
    AnyOf,
    Arithmetic,
    Caller,
    Compare,
    Expression,
    FieldRef,
    IsNull,
    Not,
    Now,
    references,
)
from codebegen.blueprint.expressions import (
    Value as Constant,
)
from codebegen.blueprint.fields import MOMENT_TYPES, NUMBER_TYPES, Field
from codebegen.blueprint.lookup import ROW_FIELDS
from codebegen.blueprint.model import Entity
from codebegen.compiler.testing.values import Code, Relative, Value, plain

PIVOT = datetime(2030, 1, 1, 12, tzinfo=UTC)
"""What is taken for now: plain moments of samples are before it, and `Relative` ones count from it."""

TRIES = 20_000
YEAR = 525_600
FAR = 1e12
Row = Mapping[str, Value]


class Unknown(Exception):  # noqa: N818 - not an error: the sample row does not say it
    """The outcome depends on what a sample row does not hold."""


def holds(entity: Entity, condition: Expression, row: Row) -> bool | None:
    """Whether a condition holds for a row of plain values; None where the row does not say."""
    try:
        return _truth(entity, condition, row)
    except (Unknown, ValueError, TypeError, ArithmeticError):
        return None


def worth(entity: Entity, number: Expression, row: Row) -> Decimal | None:
    """The number that an expression makes of a row of plain values; None where the row does not say."""
    try:
        found = _value(entity, number, row, None)
    except Unknown:
        return None
    return None if found is None else Decimal(str(found))


def compares_null(condition: Expression, row: Row) -> bool:
    """Whether a comparison meets a value that is not there: SQL and Python disagree about those."""
    compared = (path for node in _nodes(condition) if isinstance(node, Compare) for path in references(node))
    return any(path in row and row[path] is None for path in compared)


def solve(
    entity: Entity,
    wanted: Iterable[tuple[Expression, bool]],
    base: Row,
    free: Iterable[str],
    edge: Expression | None = None,
) -> Row | None:
    """Changes of `base`, of `free` fields only, under which every condition has the wanted truth.

    As few as possible; with `edge`, first of all those that are nearest to where it changes its truth.
    """
    conditions = tuple(wanted)
    mentioned = {path for condition, _ in conditions for path in references(condition)}
    names = [name for name in free if name in mentioned]
    choices = [_choices(entity.fields_by_name[name], conditions, base.get(name)) for name in names]
    found: list[tuple[float, int, Row]] = []
    for values in islice(product(*choices), TRIES):
        row = {**base, **dict(zip(names, values, strict=True))}
        if all(holds(entity, condition, row) is truth for condition, truth in conditions):
            changes = {name: value for name, value in row.items() if name not in base or not same(value, base[name])}
            distance = _distance(entity, edge, row) if edge is not None else 0.0
            found.append((distance, len(changes), changes))
            if edge is None and len(changes) <= 1:
                break
    return min(found, key=lambda one: one[:2])[2] if found else None


def _distance(entity: Entity, condition: Expression, row: Row) -> float:
    """How far the sides of the comparisons are apart; far where one of them is missing."""
    total = 0.0
    for node in _nodes(condition):
        if not isinstance(node, Compare):
            continue
        try:
            left, right = _value(entity, node.left, row, node.right), _value(entity, node.right, row, node.left)
            apart: Any = left - right  # type: ignore[operator]
            total += abs(apart.total_seconds() if isinstance(apart, timedelta) else float(apart))
        except (Unknown, TypeError, ValueError, ArithmeticError):
            total += FAR
    return total


def same(left: Value, right: Value) -> bool:
    """Whether two values are the same in JSON; `1` is not `true`."""
    return type(left) is type(right) and left == right


def _choices(field: Field, conditions: tuple[tuple[Expression, bool], ...], base: Value) -> list[Value]:
    """Values worth trying for a field: what it has, samples, constants of the conditions and their neighbours."""
    tried: list[Value] = [base, *plain(field)]
    for condition, _ in conditions:
        tried += _near(field, condition)
    if field.nullable:
        tried.append(None)
    return [value for place, value in enumerate(tried) if not any(same(value, other) for other in tried[:place])]


def _near(field: Field, condition: Expression) -> Iterator[Value]:
    """Values around the constants of a condition, of the type of the field and within its bounds."""
    for node in _nodes(condition):
        match node:
            case Constant(value=value) if value is not None and _fits(field, value):
                yield from (v for v in _neighbours(field, value) if _within(field, v))
            case Now(minutes=minutes) if field.type in MOMENT_TYPES:
                for offset in (0, 1, -1):
                    yield Relative(minutes + offset * (3 * 1440 if field.type == "date" else 60), field.type)
                yield Relative(minutes - YEAR, field.type)
                yield Relative(minutes + YEAR, field.type)


def _fits(field: Field, value: str | int | float | bool) -> bool:
    """Whether a constant is one for the field at all."""
    if field.type not in NUMBER_TYPES:
        return isinstance(value, bool) == (field.type == "boolean")
    try:
        return not isinstance(value, bool) and Decimal(str(value)).is_finite()
    except ArithmeticError:
        return False


def _neighbours(field: Field, value: str | int | float | bool) -> Iterator[Value]:
    if field.type in ("integer", "duration") and not isinstance(value, bool):
        yield from (int(float(value)) + step for step in (0, -1, 1))
    elif field.type in ("decimal", "money"):
        unit = Decimal(1).scaleb(-(field.places or 0))
        yield from (f"{(Decimal(str(value)) + step).quantize(unit)}" for step in (Decimal(0), -unit, unit))
    elif field.type == "float":
        yield from (float(value) + step for step in (0.0, -0.5, 0.5))
    elif field.type not in NUMBER_TYPES:
        yield value


def _within(field: Field, value: Value) -> bool:
    if field.type == "enum":
        return value in field.values
    if field.type not in NUMBER_TYPES:
        return True
    number = Decimal(str(value))
    low = field.min is None or number >= Decimal(str(field.min))
    high = field.max is None or number <= Decimal(str(field.max))
    return low and high


def _nodes(expression: Expression) -> Iterator[Expression]:
    yield expression
    match expression:
        case Compare(left=left, right=right) | Arithmetic(left=left, right=right):
            yield from _nodes(left)
            yield from _nodes(right)
        case All(of=parts) | AnyOf(of=parts):
            for part in parts:
                yield from _nodes(part)
        case Not(of=part):
            yield from _nodes(part)
        case _:
            return


def _truth(entity: Entity, condition: Expression, row: Row) -> bool:
    match condition:
        case Compare(operator=operator, left=left, right=right):
            return _compared(operator, _value(entity, left, row, right), _value(entity, right, row, left))
        case All(of=parts):
            return all(_truth(entity, part, row) for part in parts)
        case AnyOf(of=parts):
            return any(_truth(entity, part, row) for part in parts)
        case Not(of=part):
            return not _truth(entity, part, row)
        case IsNull(of=field):
            if field.path not in row:
                raise Unknown
            return row[field.path] is None
        case FieldRef() | Constant():
            return bool(_value(entity, condition, row, None))
        case _:
            raise Unknown


def _compared(operator: str, left: object, right: object) -> bool:
    if left is None or right is None:
        return True
    if operator in ("==", "!="):
        return bool(left == right) == (operator == "==")
    order = {"<": left < right, "<=": left <= right, ">": left > right, ">=": left >= right}  # type: ignore[operator]
    return bool(order[operator])


def _value(entity: Entity, side: Expression, row: Row, other: Expression | None) -> object:
    match side:
        case Constant(value=value):
            return _typed(value, _field(entity, other))
        case FieldRef(path=path):
            return _typed(_raw(row, path), _field(entity, side))
        case Now(minutes=minutes):
            moment = PIVOT + timedelta(minutes=minutes)
            field = _field(entity, other)
            return moment.date() if field is not None and field.type == "date" else moment
        case Arithmetic(operator=operator, left=left, right=right):
            return _calculated(operator, _value(entity, left, row, other), _value(entity, right, row, other))
        case Caller():
            raise Unknown
        case _:
            return _truth(entity, side, row)


def _calculated(operator: str, left: object, right: object) -> object:
    if left is None or right is None:
        return None
    one, two = Decimal(str(left)), Decimal(str(right))
    match operator:
        case "+":
            return one + two
        case "-":
            return one - two
        case "*":
            return one * two
        case _:
            return one / two


def _raw(row: Row, path: str) -> Value:
    if path not in row:
        raise Unknown
    value = row[path]
    if isinstance(value, Code):
        raise Unknown
    return value


def _field(entity: Entity, side: Expression | None) -> Field | None:
    if not isinstance(side, FieldRef):
        return None
    return entity.fields_by_name.get(side.path) or ROW_FIELDS.get(side.path)


def comparable(entity: Entity, name: str, value: Value) -> object:
    """A JSON value of a field as something that compares with others of it."""
    return _typed(value, entity.fields_by_name[name])


def _typed(value: Value, field: Field | None) -> object:
    """A JSON value as something that compares with others of the field's type."""
    if value is None:
        return None
    if isinstance(value, Relative):
        moment = PIVOT + timedelta(minutes=value.minutes)
        return {"datetime": moment, "date": moment.date(), "time": moment.time()}[value.type]
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return Decimal(str(value))
    if field is None or not isinstance(value, str):
        return value
    match field.type:
        case "date":
            return date.fromisoformat(value)
        case "datetime":
            moment = datetime.fromisoformat(value)
            return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        case "time":
            return time.fromisoformat(value)
        case "decimal" | "money" | "integer" | "float" | "duration":
            return Decimal(value)
        case _:
            return value
