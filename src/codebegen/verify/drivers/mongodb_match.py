"""Whether a document meets a query."""

import re
from collections.abc import Callable, Mapping

from bson import Regex

from codebegen.verify.drivers.mongodb_expressions import evaluated
from codebegen.verify.drivers.mongodb_values import MISSING, Bson, UnsupportedError, candidates, kind_of, order

Query = Mapping[str, Bson]
_FLAGS = {"i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}


def matches(document: object, query: Query) -> bool:
    """Whether every part of a query holds."""
    return all(_part(document, name, condition) for name, condition in query.items())


def _part(document: object, name: str, condition: Bson) -> bool:
    match name:
        case "$and":
            return all(matches(document, part) for part in condition)
        case "$or":
            return any(matches(document, part) for part in condition)
        case "$nor":
            return not any(matches(document, part) for part in condition)
        case "$expr":
            return bool(isinstance(document, dict) and evaluated(document, condition))
        case _ if name.startswith("$"):
            raise UnsupportedError(f"the query operator {name}")
        case _:
            return _field(list(candidates(document, name)), condition)


def _field(found: list[Bson], condition: Bson) -> bool:
    """Whether the values at a path meet a value, a pattern, or all of several operators."""
    if not isinstance(condition, Mapping) or not any(key.startswith("$") for key in condition):
        return _field(found, {"$regex": condition} if isinstance(condition, Regex | re.Pattern) else {"$eq": condition})
    options = condition.get("$options", "")
    return all(_operator(found, name, wanted, options) for name, wanted in condition.items() if name != "$options")


def _operator(found: list[Bson], name: str, wanted: Bson, options: str) -> bool:
    match name:
        case "$ne":
            return not _equal(found, wanted)
        case "$in":
            return any(_field(found, item) for item in wanted)
        case "$nin":
            return not any(_field(found, item) for item in wanted)
        case "$not":
            return not _field(found, wanted)
        case "$exists":
            return bool(wanted) == any(value is not MISSING for value in found)
        case "$type":
            return any(value is not MISSING and kind_of(value)[1] == wanted for value in found)
        case "$regex":
            pattern = _pattern(wanted, options)
            return any(isinstance(value, str) and pattern.search(value) is not None for value in found)
        case "$eq":
            return _equal(found, wanted)
        case _ if name in _COMPARISONS:
            return any(
                _comparable(value, wanted) and _COMPARISONS[name](order(value), order(wanted)) for value in found
            )
        case _:
            raise UnsupportedError(f"the query operator {name}")


_COMPARISONS: dict[str, Callable[[Bson, Bson], bool]] = {
    "$gt": lambda value, wanted: value > wanted,
    "$gte": lambda value, wanted: value >= wanted,
    "$lt": lambda value, wanted: value < wanted,
    "$lte": lambda value, wanted: value <= wanted,
}


def _equal(found: list[Bson], wanted: Bson) -> bool:
    return any(order(value) == order(wanted) for value in found)


def _comparable(value: object, wanted: object) -> bool:
    """Only values of one kind are greater or less than each other."""
    return value is not MISSING and kind_of(value) == kind_of(wanted)


def _pattern(wanted: Bson, options: str) -> re.Pattern[str]:
    if isinstance(wanted, Regex):
        return re.compile(str(wanted.pattern), wanted.flags)
    return re.compile(wanted, sum(_FLAGS[letter] for letter in options))
