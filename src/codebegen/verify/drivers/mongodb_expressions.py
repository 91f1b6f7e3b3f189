"""Values of expressions: paths, literals and operators, as aggregations and `$expr` use them."""

import operator
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from bson import Decimal128

from codebegen.verify.drivers.mongodb_values import MISSING, Bson, Document, UnsupportedError, kind_of, order


def evaluated(row: Document, expression: Bson) -> Bson:
    """The value of an expression: a path (`$price`), a literal, or an operator."""
    if isinstance(expression, str) and expression.startswith("$"):
        return _values_at(row, expression[1:])
    if not isinstance(expression, Mapping):
        return expression
    ((name, argument),) = expression.items()
    if name == "$size":
        return len(evaluated(row, argument))
    if name == "$first":
        values = evaluated(row, argument)
        return values[0] if values else MISSING
    if name == "$ifNull":
        first, other = (evaluated(row, item) for item in argument)
        return other if first is None or first is MISSING else first
    if name in _COMPARISONS:
        one, other = (order(evaluated(row, item)) for item in argument)
        return _COMPARISONS[name](one, other)
    if name in _ARITHMETIC:
        left, right = (Decimal(str(order(evaluated(row, item))[1])) for item in argument)
        return Decimal128(_ARITHMETIC[name](left, right))
    if name in TOTALS:
        value = evaluated(row, argument)
        return TOTALS[name](value if isinstance(value, list) else [value])
    raise UnsupportedError(f"the operator {name}")


def _values_at(document: Bson, path: str) -> Bson:
    """The value at a path; of an array, what lies there in each of its elements."""
    for name in path.split("."):
        if isinstance(document, list):
            document = [item[name] for item in document if isinstance(item, Mapping) and name in item]
        else:
            document = document.get(name, MISSING) if isinstance(document, Mapping) else MISSING
    return document


def _numbers(values: Iterable[Bson]) -> list[Bson]:
    return [value for value in values if value is not MISSING and kind_of(value)[1] == "number"]


def _sum(values: Iterable[Bson]) -> Bson:
    numbers = _numbers(values)
    if any(isinstance(number, Decimal128) for number in numbers):
        return Decimal128(sum((Decimal(order(number)[1]) for number in numbers), Decimal(0)))
    return sum(numbers)


def _average(values: Iterable[Bson]) -> Bson:
    numbers = _numbers(values)
    total = _sum(numbers)
    if not numbers:
        return None
    return Decimal128(total.to_decimal() / len(numbers)) if isinstance(total, Decimal128) else total / len(numbers)


def _present(values: Iterable[Bson]) -> list[Bson]:
    return [value for value in values if value is not None and value is not MISSING]


def _least(values: Iterable[Bson]) -> Bson:
    return min(_present(values), key=order, default=None)


def _greatest(values: Iterable[Bson]) -> Bson:
    return max(_present(values), key=order, default=None)


TOTALS: dict[str, Callable[[Iterable[Bson]], Bson]] = {
    "$sum": _sum,
    "$avg": _average,
    "$min": _least,
    "$max": _greatest,
}


_COMPARISONS: dict[str, Callable[[Bson, Bson], bool]] = {
    "$eq": operator.eq,
    "$ne": operator.ne,
    "$gt": operator.gt,
    "$gte": operator.ge,
    "$lt": operator.lt,
    "$lte": operator.le,
}
_ARITHMETIC: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "$add": operator.add,
    "$subtract": operator.sub,
    "$multiply": operator.mul,
    "$divide": operator.truediv,
}
