"""Comparisons: `never above 2000`, `must not exceed 8`, `isn't longer than 120 characters`, `0 or more`."""

import re
from collections.abc import Sequence
from dataclasses import replace

from codebegen.understanding.embedded.bounds import after_number, bounded, number_text
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.spec_model import Spec, lows_at
from codebegen.understanding.embedded.text import Token

_MORE = frozenset("above over more greater larger bigger higher longer exceed exceeds exceeding".split())
_LESS = frozenset("below under less fewer smaller lower shorter".split())
_OR_MORE = frozenset("more above higher greater over up".split())
_AND_MORE = frozenset("up above over more".split())
_OR_LESS = frozenset("less below lower fewer under".split())
_BETWEEN = frozenset("be is are may can must shall should will to ever go goes fall falls drop get been longer".split())
_CAPS = (("limited", "to"), ("capped", "at"), ("restricted", "to"), ("out", "of"), ("at", "the", "most"))


def comparison_rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`never above 2000`, `not under 415 or over 446`: a bound, the other way round where it is denied."""
    begin, negated = _negation(tokens, at)
    taken = _compared(tokens, begin, spec, negated=negated)
    if taken is None or (not negated and begin == at and tokens[at].low not in _MORE | _LESS):
        return None
    end, spec = taken
    while negated and end < len(tokens) and tokens[end].low in ("or", "nor", "and"):
        further, again = _negation(tokens, end + 1)
        following = _compared(tokens, further, spec, negated=True)
        if following is None or (tokens[end].low == "and" and not again):
            break
        end, spec = following
    return end - at, spec


def _negation(tokens: Sequence[Token], at: int) -> tuple[int, bool]:
    """Where the comparison begins, and whether it is denied."""
    negated = False
    while at < len(tokens) and (tokens[at].low in words.NEGATIONS or (negated and tokens[at].low in _BETWEEN - _MORE)):
        negated = negated or tokens[at].low in words.NEGATIONS
        at += 1
    return at, negated


def _compared(tokens: Sequence[Token], at: int, spec: Spec, *, negated: bool) -> tuple[int, Spec] | None:
    if at >= len(tokens) or tokens[at].low not in _MORE | _LESS:
        return None
    high = tokens[at].low in _MORE
    begin = at + 2 if lows_at(tokens, at + 1, 1) == ("than",) else at + 1
    number = number_text(tokens, begin)
    if number is None:
        return None
    end, is_length, unit = after_number(tokens, number[1])
    is_length = is_length or (unit is None and tokens[at].low in ("longer", "shorter"))
    upper = high == negated
    out = bounded(spec, None if upper else number[0], number[0] if upper else None, is_length, unit)
    if not negated and not is_length:
        out = replace(out, exclusive_min=high or spec.exclusive_min, exclusive_max=not high or spec.exclusive_max)
    return end, out


def cap_rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`limited to 120 characters`, `out of ten`."""
    for lead in _CAPS:
        if tokens[at].low == lead[0] and lows_at(tokens, at, len(lead)) == lead:
            number = number_text(tokens, at + len(lead))
            if number is not None:
                end, is_length, unit = after_number(tokens, number[1])
                return end - at, bounded(spec, None, number[0], is_length, unit)
    return None


def or_more_rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`0 or more`, `18 or older`, `3 or 4 letters`."""
    number = number_text(tokens, at)
    if number is None or lows_at(tokens, number[1], 1) not in (("or",), ("and",)) or number[1] + 1 >= len(tokens):
        return None
    behind = tokens[number[1] + 1].low
    if tokens[number[1]].low == "and" and behind not in _AND_MORE:
        return None
    if behind in _OR_MORE | {"older"}:
        return number[1] + 2 - at, bounded(spec, number[0], None, False, None)
    if behind in _OR_LESS | {"younger"}:
        return number[1] + 2 - at, bounded(spec, None, number[0], False, None)
    second = number_text(tokens, number[1] + 1)
    if second is None:
        return None
    end, is_length, _ = after_number(tokens, second[1])
    return (end - at, bounded(spec, number[0], second[0], True, None)) if is_length else None


_LETTERS = re.compile(r"(\w+)-(?:letter|digit|character|char|figure)s?$")


def lettered(low: str) -> int | None:
    """How many letters a `two-letter` code has."""
    match = _LETTERS.match(low)
    if match is None:
        return None
    return int(match[1]) if match[1].isdigit() else words.NUMBERS.get(match[1])


def lettered_rule(tokens: Sequence[Token], at: int, spec: Spec) -> tuple[int, Spec] | None:
    """`(2-letter code)`."""
    count = lettered(tokens[at].low)
    if count is None:
        return None
    step = 2 if lows_at(tokens, at + 1, 1) in (("code",), ("string",), ("number",)) else 1
    return step, replace(spec, min_length=count, max_length=count)
