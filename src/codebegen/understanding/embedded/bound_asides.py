"""Bounds beside what they bound: `a share from 0 to 100 percent`, `the cost, which is zero or more`.

They are put into a bracket behind the noun, so that whoever reads the noun reads them, whatever the verb before it.
"""

from collections.abc import Sequence
from dataclasses import replace

from codebegen.understanding.embedded.bounds import behind_rule, bound_rule, range_rule
from codebegen.understanding.embedded.comparisons import comparison_rule, or_more_rule
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.phrases import number_of
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token, Tokens

BOUNDS = "{..}"
_RULES = (or_more_rule, behind_rule, range_rule, bound_rule, comparison_rule)
_COUNTED = frozenset("counted numbered graded rated measured given ranging ranged going running lying scored".split())
_SOMEWHERE = frozenset("somewhere anywhere always usually".split())
_RELATIVES = frozenset(("which", "that"))
_BEING = frozenset("is are being must may can should be lies lie goes go".split())
_CLOSING = frozenset((",", ".", ";", ")", "–", "—", "and", "or", "but"))
_TIMES = frozenset("hour time date day month year window period interval open".split())
_FURTHER = frozenset((",", "and"))
_MARKING = frozenset("rate score review grade mark judge evaluate".split())
_NEAR = 5
_NEITHER = frozenset(("each", "apiece"))


def wrap_bounds(tokens: Tokens) -> Tokens:
    """The tokens with every bound that stands beside its noun in a bracket of its own."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        named = bool(out) and _can_be_bounded(out[-1])
        begin = _begin(tokens, at) if named else at
        end = _end(tokens, begin) if named and (begin > at or _opens(tokens[at])) else begin
        if end > begin and _fits(out, tokens, at, begin, end):
            inside = _spelt_out(tokens[begin:end])
            if out[-1].tag == "V":
                out[-1] = out[-1].tagged("N", out[-1].lemma)
            out.append(Token(BOUNDS, BOUNDS, inside[0].start, inside[-1].end, "group", "GROUP", "", inside))
            at = end
        else:
            out.append(tokens[at])
            at += 1
    return tuple(out)


_SHORT = {"m": "metres", "s": "seconds", "h": "hours", "g": "grams", "min": "minutes"}


def _spelt_out(inside: Tokens) -> Tokens:
    """`400 m`: a letter behind a number is a unit."""
    unit = _SHORT.get(inside[-1].low)
    return inside if unit is None else (*inside[:-1], replace(inside[-1], text=unit, low=unit, lemma=unit, tag="N"))


def _can_be_bounded(token: Token) -> bool:
    """A noun that no hour or day is meant with, or a verb that may be one: `a traffic share from 0`."""
    return (token.tag == "N" or (token.tag == "V" and token.lemma == token.low)) and token.lemma not in _TIMES


def _opens(token: Token) -> bool:
    return token.low in ("from", "between", "above", "over", "below")


def _begin(tokens: Tokens, at: int) -> int:
    """Behind the words that lead to a bound: `of`, `counted`, `, which is`, `, somewhere`; `at` without any."""
    begin = at + (tokens[at].text == ",")
    if begin < len(tokens) and tokens[begin].low in _RELATIVES:
        told = begin + 1
        while told < len(tokens) and tokens[told].low in _BEING:
            told += 1
        return told if told > begin + 1 else at
    if begin < len(tokens) and (tokens[begin].low in _COUNTED | _SOMEWHERE or tokens[begin].low == "being"):
        return begin + 1
    if begin == at and tokens[at].low == "of":
        return at + 1
    return at


def _end(tokens: Tokens, begin: int) -> int:
    """Where one or two bounds end that begin here; `begin` where none does."""
    end = _bound(tokens, begin)
    further = _bound(tokens, end + 1) if end > begin and end < len(tokens) and tokens[end].low in _FURTHER else 0
    return further if further > end + 1 else end


def _bound(tokens: Tokens, at: int) -> int:
    if at >= len(tokens):
        return at
    hit = next((found for rule in _RULES if (found := rule(tokens, at, Spec())) is not None), None)
    if hit is None:
        return at
    end = at + hit[0]
    lows = [t.low for t in tokens[end : end + 2]]
    if lows[:1] in (["square"], ["cubic"]) and lows[1:] and lows[1] in words.UNITS:
        return end + 2
    return end + 1 if lows[:1] and lows[0] in words.UNITS else end


def _fits(before: Sequence[Token], tokens: Tokens, at: int, begin: int, end: int) -> bool:
    """Whether it is the noun that is bounded, and not something that is counted behind it."""
    closed = end >= len(tokens) or tokens[end].low in _CLOSING or tokens[end].tag in ("P", "PUNCT", "S")
    noun = before[-1]
    if not closed or (tokens[at].text == "," and tokens[end - 1].low in _NEITHER):
        return False
    if noun.tag == "V":
        return len(before) > 1 and before[-2].tag in ("N", "J") and any(t.tag == "D" for t in before[-4:-1])
    measured = tokens[end - 1].low in words.UNITS.keys() | words.LENGTH_WORDS
    if any(t.lemma in _MARKING for t in before[-_NEAR:]) and noun.lemma not in nouns.ATTRIBUTES:
        return False  # `users rate films from 1 to 10`: so many points, and not so many films
    rows = noun.lemma in nouns.THINGS | nouns.PERSONS and noun.lemma not in nouns.ATTRIBUTES
    if rows or tokens[at].low == "of":
        return measured and (not rows or tokens[end - 1].low in words.LENGTH_WORDS)
    return any(number_of(t) is not None for t in tokens[begin:end])
