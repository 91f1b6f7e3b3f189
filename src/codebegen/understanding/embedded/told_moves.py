"""State machines told as a path: `todo -> in progress (start) -> done`, `a ↔ b`, `open and sent may be → void`."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from codebegen.understanding.embedded.facts import Fact, Mention, Move
from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.read_states import MOVING, alternatives
from codebegen.understanding.embedded.state_words import KIND, THEN
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.units import as_unit

_NOT_NAMES = frozenset("status state workflow flow lifecycle states transitions life cycle path".split())
_LONGEST_STEP = 8
_BOTH_WAYS = frozenset(("↔", "⇄", "⟷", "<->", "<-->", "<=>"))
_CONDITIONS = frozenset("when if once after before by unless until because as automatically with at".split())


@dataclass(frozen=True)
class _Step:
    """The states between two arrows; in brackets behind them, what the move into them is called and who makes it.

    `back`: the arrow before them points both ways.
    """

    states: list[str]
    verb: str = ""
    who: Phrase | None = None
    back: bool = False


def arrow_moves(tokens: Tokens, topic: Phrase | None) -> Iterator[Fact]:
    """`todo -> in progress -> done, or cancelled`, `Match status goes scheduled → live`, `open -> closed (close)`."""
    if not any(t.kind == "arrow" for t in tokens):
        return
    what, body = _what(tokens, topic)
    place = (tokens[0].start, tokens[-1].end)
    known: list[str] = []
    for chain in _chains(body):
        steps = [_step(piece, sign, last=i == len(chain) - 1) for i, (sign, piece) in enumerate(chain)]
        if not all(step.states for step in steps) or any(len(piece) > _LONGEST_STEP for _, piece in chain[:-1]):
            return
        if len(steps) == 1:
            # `…, or cancelled`: a way out of everything that is not the end.
            sources = tuple(known[:-1])
            yield from (Move(what, sources, target, "", *place) for target in steps[0].states if sources)
            continue
        for here, there in pairwise(steps):
            yield from _moves(what, here, there, place)
        known.extend(state for step in steps for state in step.states)


def _moves(what: Phrase | None, here: _Step, there: _Step, place: tuple[int, int]) -> Iterator[Fact]:
    if there.who is not None:
        yield Mention(there.who, 0, "actor", there.who.start, there.who.end)
    for target in there.states:
        yield Move(what, tuple(here.states), target, there.verb, *place, there.who)
    for target in here.states if there.back else ():
        yield Move(what, tuple(there.states), target, "", *place)


def _what(tokens: Tokens, topic: Phrase | None) -> tuple[Phrase | None, Tokens]:
    """What moves, and the path: `Match status goes …`, `the order: …`."""
    first = next(i for i, t in enumerate(tokens) if t.kind == "arrow")
    state = next((i for i, t in enumerate(tokens[: first + 1]) if t.kind in (KIND, "arrow")), first)
    cut = max(
        (i for i, t in enumerate(tokens[:first]) if _leads(t) or (0 < i == state - 1 and t.tag == "N")), default=-1
    )
    spoken = any(t.tag == "M" for t in tokens[:first]) and not any(t.text == ":" for t in tokens[:first])
    if cut < 0 or spoken:
        return topic, tokens
    body = max((i for i, t in enumerate(tokens[:first]) if t.text == ":"), default=cut) + 1
    joined = cut > 0 and tokens[cut - 1].tag == "C"  # `a loan has a date and goes requested -> …`
    begin = max((i + 1 for i in range(cut) if tokens[i].tag in ("PUNCT", "C")), default=0) if not joined else 0
    end = next(i for i in range(begin, cut + 1) if i == cut or tokens[i].tag in ("V", "B", "PUNCT"))
    named = tuple(t for t in tokens[begin:end] if t.tag in ("N", "J") and t.low not in _NOT_NAMES)
    condition = tokens[begin].low in _CONDITIONS  # `if nothing comes: announced -> expired`
    named = () if condition else named
    return Phrase(named, named[0].start, named[-1].end) if named else topic, tokens[body:]


def _leads(token: Token) -> bool:
    return (token.tag in ("V", "VP", "B") and token.lemma in MOVING | {"be", "follow"}) or token.text == ":"


Piece = tuple[str, Tokens]
"""The sign before some words, and the words."""


def _chains(tokens: Tokens) -> list[list[Piece]]:
    """Paths between commas; a last part without an arrow counts only behind `or`."""
    first = next(i for i, t in enumerate(tokens) if t.kind == "arrow")
    modal = next((i for i in range(first) if tokens[i].tag == "M"), -1)
    if modal > 0:
        # `open, paid and sent may all be → void`: what stands before the modal are all its sources.
        return [[("", tuple(_as_alternatives(tokens[:modal]))), *_pieces(tokens[first:])[1:]]]
    chains: list[list[Token]] = [[]]
    for index, token in enumerate(tokens):
        if token.text in (",", ";", ".") or _starts_again(chains[-1], tokens, index):
            chains.append([])
        elif chains[-1] or token.low not in THEN:
            chains[-1].append(token)
    out = [_pieces(tuple(chain)) for chain in chains if chain]
    return [c for i, c in enumerate(out) if len(c) > 1 or (i and c[0][1][0].low in ("or", "and") and c[0][1][1:])]


def _starts_again(chain: list[Token], tokens: Tokens, at: int) -> bool:
    """Whether `or` stands between two paths that begin alike: `planned -> announced or planned -> running`."""
    begun = len(chain) > 1 and chain[1].kind == "arrow" and tokens[at].low in ("or", "and")
    again = begun and at + 2 < len(tokens) and tokens[at + 2].kind == "arrow"
    return again and tokens[at + 1].low == chain[0].low


def _as_alternatives(tokens: Tokens) -> Iterator[Token]:
    for token in tokens:
        yield replace(token, text="/", low="/") if token.text == "," else token


def _pieces(tokens: Tokens) -> list[Piece]:
    out: list[tuple[str, list[Token]]] = [("", [])]
    for token in tokens:
        if token.kind == "arrow":
            out.append((token.text, []))
        else:
            out[-1][1].append(token)
    return [(sign, tuple(piece)) for sign, piece in out]


def _step(piece: Tokens, sign: str, *, last: bool) -> _Step:
    groups = [t for t in piece if t.kind == "group"]
    words = tuple(t for t in piece if t.kind != "group")
    if not words and len(groups) == 1:
        groups, words = [], groups[0].inside  # `[new] -> [assigned]`
    forth = [t.low for t in words[-2:]] == ["and", "back"] and len(words) > 2
    words = words[:-2] if forth else words
    words = _known(words) or words[_condition_end(words) :]
    end = next((i for i, t in enumerate(words) if i and last and t.low in _CONDITIONS), len(words))
    states = [s for s in alternatives(words[:end]) if s]
    verb = next((v for g in groups if (v := _verb_in(g.inside))), "")
    behind = _who_in(words[end + 1 :]) if end < len(words) and words[end].low == "by" else None
    who = behind or next((p for g in groups if (p := _who_in(g.inside)) is not None), None)
    return _Step(states, verb, who, sign in _BOTH_WAYS or forth)


def _known(words: Tokens) -> Tokens:
    """What is known to be a state, with those that it is joined to: `draft/sent`, `accepted | rejected`."""
    begin = next((i for i, t in enumerate(words) if t.kind == KIND), len(words))
    end = begin
    while end < len(words) and (
        words[end].kind == KIND or words[end].low in _BETWEEN or words[end - 1].low in _BETWEEN
    ):
        end += 1
    return words[begin:end]


_BETWEEN = frozenset(("or", "/", "|"))


def _condition_end(words: Tokens) -> int:
    """Where the state begins in `after 90 days stored`."""
    timed = len(words) > _TIMED and words[0].low in ("after", "within") and words[1].tag == "#"
    return _TIMED if timed else 0


_TIMED = 3


def _verb_in(inside: Tokens) -> str:
    """`(start)`: how the move into a state is called."""
    alone = len(inside) == 1 and conjugation.forms().get(inside[0].low, ("", ""))[1] == "base"
    return inside[0].low if alone else ""


def _who_in(inside: Tokens) -> Phrase | None:
    """`(by the editor)`: who makes the move."""
    begin = next((i for i, t in enumerate(inside) if t.low not in ("by", "only", "the")), len(inside))
    found = read_phrase(inside, begin)
    if found is None or (found[1] < len(inside) and inside[found[1]].low not in (",", "or", "and", "/")):
        return None
    return as_unit(found[0]) if found[0].words[0].tag == "N" else None
