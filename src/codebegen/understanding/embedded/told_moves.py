"""State machines told as a path: `todo -> in progress (start) -> done`, `is opened, then assessed and either …`."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass

from codebegen.understanding.embedded.facts import Fact, Mention, Move
from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.read_states import MOVING, alternatives
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.units import as_unit

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
        if not all(step.states for step in steps) or any(len(piece) > _LONGEST_STEP for piece in chain):
            return
        if len(steps) == 1:
            # `…, or cancelled`: a way out of everything that is not the end.
            sources = tuple(known[:-1])
            yield from (Move(what, sources, target, "", *place) for target in steps[0].states if sources)
            continue
        for here, there in itertools.pairwise(steps):
            if there.who is not None:
                yield Mention(there.who, 0, "actor", there.who.start, there.who.end)
            for target in there.states:
                yield Move(what, tuple(here.states), target, there.verb, *place, there.who)
        known.extend(state for step in steps for state in step.states)


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


@dataclass(frozen=True)
class _Step:
    """The states between two arrows; in brackets behind them, what the move into them is called and who makes it."""

    states: list[str]
    verb: str = ""
    who: Phrase | None = None


def _arrow_steps(chain: list[Tokens]) -> list[_Step]:
    out: list[_Step] = []
    for piece in chain:
        groups = [t for t in piece if t.kind == "group"]
        states = [s for s in alternatives(tuple(t for t in piece if t.kind != "group")) if s]
        verb = next((v for g in groups if (v := _verb_in(g.inside))), "")
        who = next((p for g in groups if (p := _who_in(g.inside)) is not None), None)
        out.append(_Step(states, verb, who))
    return out


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
