"""What an aggregation makes of documents: one function a stage."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from copy import deepcopy

from codebegen.verify.drivers.mongodb_expressions import TOTALS, evaluated
from codebegen.verify.drivers.mongodb_match import matches
from codebegen.verify.drivers.mongodb_values import (
    MISSING,
    Bson,
    Document,
    UnsupportedError,
    at,
    drop,
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
    if name not in TOTALS:
        raise UnsupportedError(f"the accumulator {name}")
    return TOTALS[name](evaluated(row, expression) for row in rows)


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
