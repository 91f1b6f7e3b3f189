"""Texts that match a regular expression: a few, the same ones every time.

Only what patterns of fields are made of is understood (literals, classes, repetition, groups, alternatives); for
anything else there is no sample.
"""

import re
from collections.abc import Iterator
from itertools import islice, product
from typing import Any

MOST = 40
Tree = Any
"""A node of the parser of `re`, which has no types."""
_PREFERRED = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_ .,@#+/"


def matching(pattern: str, text: str) -> bool:
    """Whether a pattern, as a JSON Schema means it, accepts a text."""
    return re.search(pattern, text) is not None


def samples(pattern: str) -> tuple[str, ...]:
    """Different texts that match, shortest first by construction; none where the pattern is beyond this module."""
    try:
        parsed: Any = vars(re)["_parser"].parse(pattern)  # the library's own parser
        found = list(dict.fromkeys(islice(_sequence(list(parsed)), MOST * 4)))
    except (NotImplementedError, re.error):
        return ()
    return tuple(text for text in found if matching(pattern, text))[:MOST]


def _sequence(parts: list[Any]) -> Iterator[str]:
    """Texts of parts that follow each other; the last parts vary first."""
    choices = [list(islice(_part(str(op), argument), MOST)) for op, argument in parts]
    for combination in product(*choices):
        yield "".join(combination)


def _part(op: str, argument: Tree) -> Iterator[str]:
    match op:
        case "LITERAL":
            yield chr(argument)
        case "AT":
            yield ""
        case "ANY":
            yield from "abcdef"
        case "IN":
            yield from _members(argument)
        case "NOT_LITERAL":
            yield from (char for char in _PREFERRED if ord(char) != argument)
        case "MAX_REPEAT" | "MIN_REPEAT":
            yield from _repeated(*argument)
        case "SUBPATTERN":
            yield from _sequence(list(argument[-1]))
        case "BRANCH":
            for branch in argument[1]:
                yield from _sequence(list(branch))
        case _:
            raise NotImplementedError(op)


def _repeated(low: int, high: object, parts: Tree) -> Iterator[str]:
    """The least number of repetitions, but one rather than none; then one more."""
    one = list(islice(_sequence(list(parts)), MOST))
    most = low + 2 if str(high) == "MAXREPEAT" else int(str(high))
    for times in dict.fromkeys((min(max(low, 1), most), min(low + 1, most))):
        head = one[:1] * max(times - 2, 0)
        tail = product(*[one] * min(times, 2))
        for last in islice(tail, MOST):
            yield "".join([*head, *last])


def _members(argument: Tree) -> Iterator[str]:
    negated = bool(argument) and str(argument[0][0]) == "NEGATE"
    allowed = [char for char in _PREFERRED if any(_in(char, str(op), value) for op, value in argument)]
    if negated:
        yield from (char for char in _PREFERRED if char not in allowed)
        return
    extra = [chr(value) for op, value in argument if str(op) == "LITERAL"]
    yield from dict.fromkeys([*allowed, *extra])


def _in(char: str, op: str, value: Tree) -> bool:
    match op:
        case "LITERAL":
            return bool(ord(char) == value)
        case "RANGE":
            return bool(value[0] <= ord(char) <= value[1])
        case "CATEGORY":
            kind = str(value)
            tests = {"DIGIT": char.isdigit(), "WORD": char.isalnum() or char == "_", "SPACE": char == " "}
            name = kind.removeprefix("CATEGORY_").removeprefix("NOT_")
            return tests.get(name, False) != kind.startswith("CATEGORY_NOT_")
        case _:
            return False
