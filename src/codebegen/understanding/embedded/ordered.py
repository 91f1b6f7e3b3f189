"""Ordered: things that stand in an order have a place in it.

`stops in order (address, time)` → `stops (position, address, time)`, `songs in a certain order` → `songs (position)`.
"""

from dataclasses import replace

from codebegen.understanding.embedded.phrases import is_plural_token
from codebegen.understanding.embedded.text import Token, Tokens

_LEADS = frozenset("a an the their its this that".split())
_KINDS = frozenset("certain fixed given right particular specific defined set correct chosen meaningful custom".split())
ORDERS = frozenset(("order", "sequence"))
# `in order to`, `in order of the date`: another thing is said.
_GOES_ON = frozenset("to of by that for".split())
_COMMA = Token(",", ",", 0, 0, "punct", "PUNCT")


def with_positions(tokens: Tokens) -> Tokens:
    """The tokens with `position` in the list of what stands in an order."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        end = _order_end(tokens, at) if out and is_plural_token(out[-1]) else at
        if end == at:
            out.append(tokens[at])
            at += 1
            continue
        at = _insert(out, tokens, at, end)
    return tuple(out)


def _order_end(tokens: Tokens, at: int) -> int:
    """Where `in (a certain) order` ends that begins here; `at` if none does."""
    if tokens[at].low != "in":
        return at
    end = at + 1
    while end < len(tokens) and tokens[end].low in _LEADS | _KINDS:
        end += 1
    if end >= len(tokens) or tokens[end].low not in ORDERS:
        return at
    goes_on = end + 1 < len(tokens) and tokens[end + 1].low in _GOES_ON
    return at if goes_on else end + 1


def _insert(out: list[Token], tokens: Tokens, at: int, end: int) -> int:
    """Puts the position before the data that follows, else in a bracket of its own; where to go on."""
    place = Token("position", "position", tokens[at].start, tokens[end - 1].end, "word", "N", "position")
    behind = tokens[end] if end < len(tokens) else None
    if behind is not None and behind.kind == "group":
        out.append(replace(behind, inside=(place, _COMMA, *behind.inside)))
        return end + 1
    led = end + 1 if behind is not None and behind.text == "," else end
    if led < len(tokens) and tokens[led].low in ("with", "having"):
        joined = any(t.text == "," or t.low == "and" for t in tokens[led + 1 :])
        sign = _COMMA if joined else replace(_COMMA, text="and", low="and", kind="word", tag="C")
        out.extend((tokens[led], place, sign))
        return led + 1
    out.append(Token("(", "(", place.start, place.end, "group", "GROUP", "", (place,)))
    return end
