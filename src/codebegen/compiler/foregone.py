"""Conditions over the values of one enum field, without what is foregone.

After `order.state == OPEN and …`, whether the state is `CLOSED` is no question; type checkers refuse to ask it.
"""

from collections.abc import Callable, Mapping
from typing import TypeAlias

from codebegen.blueprint.expressions import All, AnyOf, Compare, Expression, FieldRef, IsNull, Not, Value

Values: TypeAlias = frozenset[object]
"""What a field may be; None stands for nothing, of which every comparison holds."""
Known: TypeAlias = Mapping[str, Values]
Domain: TypeAlias = Callable[[str], Values | None]
_TRUE, _FALSE = Value(value=True), Value(value=False)


def without_foregone(condition: Expression, domain: Domain) -> Expression:
    """The same condition, shorter; `domain` gives the values of an enum field, None for all other paths."""
    return _shorter(condition, {}, domain)


def _shorter(condition: Expression, known: Known, domain: Domain) -> Expression:
    match condition:
        case All(of=parts):
            return _joined(parts, known, domain, every=True)
        case AnyOf(of=parts):
            return _joined(parts, known, domain, every=False)
        case Not(of=part):
            shorter = _shorter(part, known, domain)
            return _FALSE if shorter == _TRUE else _TRUE if shorter == _FALSE else Not(of=shorter)
        case _:
            return _decided(condition, known, domain)


def _joined(parts: tuple[Expression, ...], known: Known, domain: Domain, *, every: bool) -> Expression:
    """Parts in their order: each is asked knowing that those before it hold (or, for `any`, that they do not)."""
    neutral, decisive = (_TRUE, _FALSE) if every else (_FALSE, _TRUE)
    kept: list[Expression] = []
    for part in parts:
        shorter = _shorter(part, known, domain)
        if shorter == decisive:
            return decisive
        if shorter != neutral:
            kept.append(shorter)
        known = _learned(part if every else Not(of=part), known, domain)
    if not kept:
        return neutral
    return All(of=tuple(kept)) if every else AnyOf(of=tuple(kept))


def _decided(condition: Expression, known: Known, domain: Domain) -> Expression:
    """One comparison, as far as it is still open."""
    asked = _truth(condition, domain)
    if asked is None or asked[0] not in known:
        return condition
    path, wanted = asked
    left = known[path] & wanted
    if not left:
        return _FALSE
    if left == known[path]:
        return _TRUE
    return IsNull(of=FieldRef(path=path)) if left == {None} else condition


def _learned(condition: Expression, known: Known, domain: Domain) -> Known:
    """What is known where a condition holds."""
    match condition:
        case All(of=parts):
            for part in parts:
                known = _learned(part, known, domain)
        case Not(of=AnyOf(of=parts)):
            for part in parts:
                known = _learned(Not(of=part), known, domain)
        case Not(of=Not(of=part)):
            return _learned(part, known, domain)
        case _:
            asked = _truth(condition.of if isinstance(condition, Not) else condition, domain)
            if asked is not None:
                path, wanted = asked
                before = known.get(path, domain(path) or frozenset())
                return {**known, path: before - wanted if isinstance(condition, Not) else before & wanted}
    return known


def _truth(condition: Expression, domain: Domain) -> tuple[str, Values] | None:
    """The field that a comparison is about, and the values of which it holds."""
    match condition:
        case IsNull(of=FieldRef(path=path)):
            wanted: Values = frozenset({None})
            every = domain(path)
            return None if every is None else (path, every & wanted)
        case Compare(operator="==" | "!=", left=FieldRef(path=path), right=Value(value=value)):
            pass
        case Compare(operator="==" | "!=", left=Value(value=value), right=FieldRef(path=path)):
            pass
        case _:
            return None
    every = domain(path)
    if every is None or value not in every:
        return None
    same = condition.operator == "=="
    return path, (every & {value, None}) if same else every - {value}
