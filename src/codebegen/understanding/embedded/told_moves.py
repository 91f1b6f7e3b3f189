"""State machines told as a path: `todo -> in progress (start) -> done`, `is opened, then assessed and either …`."""

import itertools
from collections.abc import Iterator

from codebegen.understanding.embedded.facts import Fact, Move
from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.read_states import MOVING, alternatives
from codebegen.understanding.embedded.text import Token, Tokens

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
    body = max((i for i, t in enumerate(tokens[:first]) if t.text == ":"), default=cut) + 1
    named = tuple(t for t in tokens[:cut] if t.tag in ("N", "J") and t.low not in _NOT_NAMES)
    return Phrase(named, named[0].start, named[-1].end) if named else topic, tokens[body:]


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
        if len(group.inside) == 1 and conjugation.forms().get(group.inside[0].low, ("", ""))[1] == "base":
            return group.inside[0].low
    return ""
