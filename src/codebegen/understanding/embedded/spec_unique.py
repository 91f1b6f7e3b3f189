"""Uniqueness beside a field: `a barcode that no other bag has`, `a number which never comes twice`."""

from collections.abc import Sequence
from dataclasses import replace

from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.spec_model import Spec, lows_at
from codebegen.understanding.embedded.text import Token

_NOBODY = frozenset("nobody no-one no none".split())
_HAS = frozenset("has have had shares share uses use carries carry owns own bears bear".split())
_AGAIN = frozenset("twice again repeats repeat repeated".split())
_ONCE = frozenset("once one".split())
_LONGEST = 8
_WHOLE = frozenset("as throughout".split())
_EVERYWHERE = frozenset("the in of all over whole entire world worldwide globally everywhere system list".split())
"""`Unique the world over` is unique."""


def alone_rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """A relative clause that says that no second one is like it."""
    begin = at + 1 if tokens[at].low in ("that", "which") else at
    if begin >= len(tokens):
        return None
    rest = [t.low for t in tokens[begin + 1 :]]
    if tokens[begin].low == "unique" and rest and (rest[0] in _WHOLE or _EVERYWHERE.issuperset(rest)):
        return len(tokens) - at, replace(spec, unique=True)
    if tokens[begin].low in _NOBODY:
        # `that no other bag has`, `nobody else has`
        end = next((i for i in range(begin + 1, min(begin + 5, len(tokens))) if tokens[i].low in _HAS), -1)
        return (end + 1 - at, replace(spec, unique=True)) if end > 0 else None
    if lows_at(tokens, at, 2) == ("by", "which") and any(t.low == "identified" for t in tokens[at : at + _LONGEST]):
        return len(tokens) - at, replace(spec, unique=True)
    lows = [t.low for t in tokens[begin : begin + _LONGEST]]
    denied = bool(lows) and (begin > at or lows[0] == "never") and bool(words.NEGATIONS & set(lows[:3]))
    end = next((i for i, low in enumerate(lows) if low in _AGAIN or lows[i : i + 2] == ["two", "times"]), -1)
    if denied and end >= 0:
        step = 2 if lows[end] == "two" else 1
        return begin + end + step - at, replace(spec, unique=True)
    only = next((i for i in range(len(lows) - 1) if lows[i] == "only" and lows[i + 1] in _ONCE), -1)
    if (begin > at or (only == 0 and "per" not in lows)) and only >= 0:
        return begin + only + 2 - at, replace(spec, unique=True)
    return None


_BEING = (("is",), ("are",), ("must", "be"), ("should", "be"), ("has", "to", "be"))
_WITHIN = frozenset("per within inside in for".split())


def scoped_rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`unique per warehouse`, `that is unique within its project`."""
    begin = at + 1 if tokens[at].low in ("that", "which") else at
    begin += next((len(being) for being in _BEING if lows_at(tokens, begin, len(being)) == being), 0)
    unique, *within = lows_at(tokens, begin, 2) or ("",)
    if unique != "unique" or not _WITHIN.intersection(within):
        return None
    begin += 2
    while begin < len(tokens) and (tokens[begin].tag in ("D", "Q") or tokens[begin].low in ("each", "every", "its")):
        begin += 1
    taken: list[Token] = []
    while begin < len(tokens) and tokens[begin].tag in ("N", "J") and len(taken) < 3:
        taken.append(tokens[begin])
        begin += 1
    return (begin - at, replace(spec, unique_scope=tuple(taken))) if taken else None
