"""What an aggregation makes of documents: one function a stage."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy
from decimal import Decimal

from bson import Decimal128

from codebegen.verify.drivers.mongodb_match import matches
from codebegen.verify.drivers.mongodb_values import (
    MISSING,
    Bson,
    Document,
    UnsupportedError,
    at,
    drop,
    kind_of,
    order,
    put,
)

Documents = list[Document]
Collections = Callable[[str], Iterable[Document]]
"""The documents of a collection, by its name."""


def aggregated(documents: Iterable[Document], pipeline: Sequence[Mapping[str, Bson]], all_of: Collections) -> Documents:
    """The documents after all stages."""
    rows = [deepcopy(document) for document in documents]
    for stage in pipeline:
        ((name, argument),) = stage.items()
        run = _STAGES.get(name)
        if run is None:
            raise UnsupportedError(f"the stage {name}")
        rows = run(rows, argument, all_of)
    return rows


def ordered(rows: Documents, by: Mapping[str, int]) -> Documents:
    """Documents in an order by several paths."""
    for path, direction in reversed([*by.items()]):
        rows = sorted(rows, key=lambda row: order(at(row, path)), reverse=direction < 0)
    return rows


def projected(row: Document, fields: Mapping[str, Bson]) -> Document:
    """A document with some of its fields, or without some."""
    kept = [path for path, wanted in fields.items() if wanted and path != "_id"]
    if not kept:
        return _without(row, [path for path, wanted in fields.items() if not wanted])
    made: Document = {"_id": row["_id"]} if fields.get("_id", 1) and "_id" in row else {}
    for path in kept:
        wanted = fields[path]
        value = at(row, path) if wanted in (1, True) else evaluated(row, wanted)
        if value is not MISSING:
            put(made, path, value)
    return made


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
    if name in _TOTALS:
        value = evaluated(row, argument)
        return _TOTALS[name](value if isinstance(value, list) else [value])
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


_TOTALS: dict[str, Callable[[Iterable[Bson]], Bson]] = {
    "$sum": _sum,
    "$avg": _average,
    "$min": _least,
    "$max": _greatest,
}


def _without(row: Document, paths: Iterable[str]) -> Document:
    for path in paths:
        drop(row, path)
    return row


def _set(rows: Documents, fields: Mapping[str, Bson], _all_of: Collections) -> Documents:
    for row in rows:
        for path, value in [(path, evaluated(row, expression)) for path, expression in fields.items()]:
            if value is not MISSING:
                put(row, path, value)
    return rows


def _lookup(rows: Documents, argument: Mapping[str, Bson], all_of: Collections) -> Documents:
    """Put the rows of another collection that a row points to, or that point to it, into it."""
    others = [*all_of(argument["from"])]
    by_key: dict[Bson, Documents] = {}
    for other in others:
        by_key.setdefault(order(at(other, argument["foreignField"])), []).append(other)
    for row in rows:
        local = at(row, argument["localField"])
        keys = local if isinstance(local, list) else [local]
        found = [other for key in keys for other in by_key.get(order(key), [])]
        put(row, argument["as"], aggregated(found, argument.get("pipeline", ()), all_of))
    return rows


def _group(rows: Documents, argument: Mapping[str, Bson], _all_of: Collections) -> Documents:
    """One row for each value of an expression, with totals over those that have it."""
    groups: dict[Bson, Documents] = {}
    for row in rows:
        groups.setdefault(order(evaluated(row, argument["_id"])), []).append(row)
    return [
        {"_id": evaluated(group[0], argument["_id"])}
        | {name: _total(group, total) for name, total in argument.items() if name != "_id"}
        for group in groups.values()
    ]


def _total(rows: Documents, total: Mapping[str, Bson]) -> Bson:
    ((name, expression),) = total.items()
    if name not in _TOTALS:
        raise UnsupportedError(f"the accumulator {name}")
    return _TOTALS[name](evaluated(row, expression) for row in rows)


def _facet(rows: Documents, facets: Mapping[str, Bson], all_of: Collections) -> Documents:
    return [{name: aggregated(rows, pipeline, all_of) for name, pipeline in facets.items()}]


def _count(rows: Documents, name: str, _all_of: Collections) -> Documents:
    return [{name: len(rows)}] if rows else []


_STAGES: dict[str, Callable[[Documents, Bson, Collections], Documents]] = {
    "$match": lambda rows, query, _: [row for row in rows if matches(row, query)],
    "$sort": lambda rows, by, _: ordered(rows, by),
    "$skip": lambda rows, number, _: rows[number:],
    "$limit": lambda rows, number, _: rows[:number],
    "$project": lambda rows, fields, _: [projected(row, fields) for row in rows],
    "$unset": lambda rows, paths, _: [_without(row, [paths] if isinstance(paths, str) else paths) for row in rows],
    "$set": _set,
    "$addFields": _set,
    "$lookup": _lookup,
    "$group": _group,
    "$facet": _facet,
    "$count": _count,
}
