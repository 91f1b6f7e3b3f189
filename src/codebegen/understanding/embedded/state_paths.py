"""Paths of states that a sentence lists: `goes new, then for rent, then rented`, `in this order`."""

from collections.abc import Sequence

from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.state_words import KIND, STATES, TARGETS, THEN, participle, state_at
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import value

LIFE = frozenset("life lifecycle life-cycle workflow flow path journey progress course cycle story career".split())
"""What has states one after the other."""
_ORDER = frozenset("order sequence".split())
_PARTS = frozenset((",", "and", "or", "/", "but"))
_LEADS = frozenset("a an as is are be to into either finally first from the in sometimes usually maybe".split())
_TAIL = frozenset("when once if after until unless by because with on before for while that which".split())
_PLAIN = frozenset(("N", "J", "VP", "VG", "V", "P", "A", "#"))
_LONGEST = 3
_SHORTEST_PATH = 3


def path_at(tokens: Tokens, at: int) -> tuple[list[list[str]], int]:
    """Steps from a place on, of alternatives each, whatever words they are made of; and where they end."""
    steps: list[list[str]] = []
    end, joined, then = at, "", False
    while at < len(tokens):
        while at < len(tokens) and tokens[at].low in _PARTS | THEN:
            joined = tokens[at].low if tokens[at].low not in THEN else joined
            then = then or tokens[at].low in THEN
            at += 1
        found = _element(tokens, at)
        if found is None or (steps and not joined and not then):
            break
        state, at = found
        if steps and joined in ("or", "/") and not then:
            steps[-1].append(state)
        else:
            steps.append([state])
        end, joined, then = at, "", False
        at = _behind_tail(tokens, at)
    return steps, end


def _element(tokens: Tokens, at: int) -> tuple[str, int] | None:
    """One state: up to three plain words with nothing but a sign or a tail behind them."""
    start = at
    while at < len(tokens) and tokens[at].low in _LEADS and state_at(tokens, at) is None:
        at += 1
    at = at + 1 if at == start and at < len(tokens) and tokens[at].low in ("a", "an") else at
    if at < len(tokens) and tokens[at].kind == KIND:
        return (tokens[at].low, at + 1) if _closes(tokens, at + 1) else None
    begin = at
    while at < len(tokens) and at - begin < _LONGEST and not _closes(tokens, at) and tokens[at].tag in _PLAIN:
        at += 1
    placed = (
        at - begin == 0
        and at + 1 < len(tokens)
        and tokens[at].low in ("for", "on", "in")
        and _plain_one(tokens, at + 1)
    )
    at = at + 2 if placed else at
    words = tokens[begin:at]
    if words and words[0].tag == "V" and len(words) > 1:
        return None  # `and ends as paid`
    if not words or not _closes(tokens, at) or words[0].tag == "#" or (words[-1].tag in ("P", "A") and len(words) == 1):
        return None
    return value(words), at


def _plain_one(tokens: Tokens, at: int) -> bool:
    return tokens[at].tag in _PLAIN and _closes(tokens, at + 1)


def _closes(tokens: Tokens, at: int) -> bool:
    if at >= len(tokens) or tokens[at].low in _PARTS | THEN:
        return True
    behind_first = tokens[at].low in _TAIL
    return tokens[at].tag == "PUNCT" or behind_first


def _behind_tail(tokens: Tokens, at: int) -> int:
    """Behind `by the tutor`, `when everybody has agreed`: the next sign, or `then`."""
    if at < len(tokens) and tokens[at].low in _TAIL:
        while at < len(tokens) and tokens[at].text not in (",", ";") and tokens[at].low not in THEN:
            at += 1
    return at


def names_states(tokens: Sequence[Token]) -> int:
    """How many elements of a list are known to say how something is."""
    return sum(bool(t.low in STATES or t.kind == KIND or (t.tag == "VP" and participle(t))) for t in tokens)


def told_in_order(tokens: Tokens) -> tuple[list[list[str]], int, int] | None:
    """`requested, approved, returned — that's the sequence`, `are open, taken or closed, in this order`.

    The steps, and the places where their list begins and ends.
    """
    sign = next((i for i, t in enumerate(tokens) if t.low in _ORDER), -1)
    if sign < 2 or not any(
        t.low in ("this", "that", "the", "exactly") or t.low.startswith("that'") for t in tokens[sign - 3 : sign]
    ):
        return None
    verb = next((i for i, t in enumerate(tokens[:sign]) if t.tag == "B"), -1)
    begin = verb + 1 if 0 < verb < sign - 4 else 0
    steps, end = path_at(tokens, begin)
    flat = [[state] for step in steps for state in step]
    return (flat, begin, sign + 1) if len(flat) >= _SHORTEST_PATH and end < sign else None


def listed_path(tokens: Tokens, at: int) -> tuple[list[list[str]], int] | None:
    """`is waiting, cut, in work, finished, picked up`: at least four, of which two say how something is."""
    steps, end = path_at(tokens, at)
    alone = end >= len(tokens) or tokens[end].tag in ("PUNCT", "C")
    things = any(t.low in nouns.THINGS for t in tokens[at:end])
    known = any(t.low in STATES | TARGETS or t.kind == KIND for t in tokens[at:end])
    told = known and names_states(tokens[at:end]) >= _SHORTEST_PATH - 1
    long = len(steps) > _SHORTEST_PATH and all(len(step) == 1 for step in steps)
    return (steps, end) if long and told and alone and not things else None
