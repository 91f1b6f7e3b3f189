"""State machines told as a path: `todo -> in progress (start) -> done`, `is opened, then assessed and either …`."""

import itertools
from collections.abc import Iterator

from codebegen.understanding.embedded.facts import Fact, Initial, Move
from codebegen.understanding.embedded.lexicon import verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.read_states import MOVING, alternatives
from codebegen.understanding.embedded.reading import is_thing
from codebegen.understanding.embedded.regions import read_region
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import value

_NOT_NAMES = frozenset("status state workflow flow lifecycle states transitions".split())
_LONGEST_STEP = 8


def arrow_moves(tokens: Tokens, topic: Phrase | None) -> Iterator[Fact]:
    """`todo -> in progress -> done, or cancelled`, `Match status goes scheduled → live`, `open -> closed (close)`."""
    if not any(t.kind == "arrow" for t in tokens):
        return
    what, body = _what(tokens, topic)
    place = (tokens[0].start, tokens[-1].end)
    known: list[str] = []
    for chain in _chains(body):
        steps = _arrow_steps(chain)
        if not all(states for states, _ in steps) or any(len(piece) > _LONGEST_STEP for piece in chain):
            return
        if len(steps) == 1:
            # `…, or cancelled`: a way out of everything that is not the end.
            sources = tuple(known[:-1])
            yield from (Move(what, sources, target, "", *place) for target in steps[0][0] if sources)
            continue
        for (here, _), (there, verb) in itertools.pairwise(steps):
            for target in there:
                yield Move(what, tuple(here), target, verb, *place)
        known.extend(state for states, _ in steps for state in states)


def _what(tokens: Tokens, topic: Phrase | None) -> tuple[Phrase | None, Tokens]:
    """What moves, and the path: `Match status goes …`, `the order: …`."""
    first = next(i for i, t in enumerate(tokens) if t.kind == "arrow")
    cut = next(
        (
            i
            for i, t in enumerate(tokens[:first])
            if (t.tag in ("V", "VP", "B") and t.lemma in MOVING | {"be", "follow"}) or t.text == ":"
        ),
        -1,
    )
    if cut < 0:
        return topic, tokens
    named = tuple(t for t in tokens[:cut] if t.tag in ("N", "J") and t.low not in _NOT_NAMES)
    return Phrase(named, named[0].start, named[-1].end) if named else topic, tokens[cut + 1 :]


def _chains(tokens: Tokens) -> list[list[Tokens]]:
    """Paths between commas; a last part without an arrow counts only behind `or`."""
    chains: list[list[list[Token]]] = [[[]]]
    for token in tokens:
        if token.text in (",", ";", "."):
            chains.append([[]])
        elif token.kind == "arrow":
            chains[-1].append([])
        else:
            chains[-1][-1].append(token)
    out = [[tuple(piece) for piece in chain] for chain in chains if any(chain)]
    return [c for i, c in enumerate(out) if len(c) > 1 or (i and c[0][0].low in ("or", "and") and c[0][1:])]


def _arrow_steps(chain: list[Tokens]) -> list[tuple[list[str], str]]:
    """The states between the arrows, each with the verb that stands in brackets behind it."""
    out: list[tuple[list[str], str]] = []
    for piece in chain:
        states = [s for s in alternatives(tuple(t for t in piece if t.kind != "group")) if s]
        out.append((states, _verb_in([t for t in piece if t.kind == "group"])))
    return out


def _verb_in(groups: list[Token]) -> str:
    """`(start)`: how the move into a state is called."""
    for group in groups:
        if len(group.inside) == 1 and verbs.forms().get(group.inside[0].low, ("", ""))[1] == "base":
            return group.inside[0].low
    return ""


def then_moves(tokens: Tokens, topic: Phrase | None) -> Iterator[Fact]:
    """`A claim is opened, then assessed by an adjuster and either approved or denied`."""
    lows = [t.low for t in tokens]
    if "then" not in lows or not any(t.tag in ("B", "M", "V") for t in tokens):
        return
    steps = _steps(tokens)
    if len(steps) < 2:
        return
    what = _first_thing(tokens) or topic
    begin = steps[0][0]
    yield Initial(what, begin, tokens[0].start, tokens[-1].end)
    for here, there in itertools.pairwise(steps):
        for source in here[-1:] if len(here) == 1 else here:
            for target in there:
                yield Move(what, (source,), target, "", tokens[0].start, tokens[-1].end)


def _first_thing(tokens: Tokens) -> Phrase | None:
    end = next((i for i, t in enumerate(tokens) if t.tag in ("B", "M", "V")), 0)
    found = [p for p in read_region(tokens[:end])[0] if is_thing(p)]
    return found[-1] if found else None


_BEGINNING = frozenset(("start", "begin"))
_NEXT = frozenset("then finally either later afterwards eventually next".split())


def _goes_on(tokens: Tokens, index: int, piece: list[Token]) -> bool:
    """`starts as pending, can be paid`: another verb of the same subject is another step."""
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    joins = tokens[index].text == "," or tokens[index].low == "and"
    return bool(piece) and joins and following is not None and following.tag in ("M", "B")


def _steps(tokens: Tokens) -> list[list[str]]:
    """Groups of states between `then`, `finally`, `after that`, `and either`."""
    out: list[list[str]] = []
    begin = next((i for i, t in enumerate(tokens) if t.tag in ("B", "M") or t.lemma in _BEGINNING), -1)
    if begin < 0:
        return []
    piece: list[Token] = []
    for index, token in enumerate((*tokens[begin:], None), start=begin):
        if token is None or token.low in _NEXT or _goes_on(tokens, index, piece):
            states = _states_in(piece)
            if states:
                out.append(states)
            piece = []
        else:
            piece.append(token)
    return out


def _states_in(piece: list[Token]) -> list[str]:
    """Participles and places (`in transit`, `out for delivery`) of one step; `by …` is left out."""
    if len(piece) > 2 and piece[0].lemma in _BEGINNING and piece[1].low == "as":
        return [value(piece[2:5])] if len(piece) <= 5 else []
    by = next((i for i, t in enumerate(piece) if t.low == "by"), len(piece))
    tail = next((i for i in range(by, len(piece)) if piece[i].low in ("and", "or", ",")), len(piece))
    kept = [
        t
        for t in (*piece[:by], *piece[tail:])
        if t.tag not in ("B", "M", "R", "D") and t.low not in ("first", "it", "directly", "immediately", "again")
    ]
    groups: list[list[Token]] = [[]]
    for token in kept:
        if token.low in ("or", "and") or token.text == ",":
            groups.append([])
        else:
            groups[-1].append(token)
    out: list[str] = []
    for group in groups:
        if not group or len(group) > 4 or any(t.tag in ("V", "S", "W") for t in group):
            continue
        if group[0].tag in ("VP", "P", "A", "J", "N") and (
            group[0].tag in ("VP", "P") or group[0].low in ("out", "pending", "open", "active", "closed", "live")
        ):
            out.append(value(group if group[0].tag in ("P", "A") or group[0].low == "out" else group[:1]))
    return out
