"""Paths inside lists of fields: `fee, status out > returned, out > lost, place`: the moves as a bracket of one."""

from codebegen.understanding.embedded.state_lists import STATE_NOUNS
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import WRAPPED

_ENDS = frozenset((",", ";", "."))
_LONGEST = 14  # words and arrows of one path


def wrap_paths(tokens: Tokens) -> Tokens:
    """The tokens with every path that follows a field of states among other fields in a bracket of its own."""
    out: list[Token] = []
    at = 0
    while at < len(tokens):
        out.append(tokens[at])
        at += 1
        if tokens[at - 1].low not in STATE_NOUNS or at < 2 or tokens[at - 2].text not in _ENDS:
            continue
        end = _paths_end(tokens, at)
        if end > at:
            inside = tokens[at:end]
            out.append(Token(WRAPPED, WRAPPED, inside[0].start, inside[-1].end, "group", "GROUP", "", inside))
            at = end
    return tuple(out)


def _paths_end(tokens: Tokens, begin: int) -> int:
    """Where the paths end that begin at a place; `begin` if none does."""
    end, at = begin, begin
    while at < len(tokens):
        stop = next((i for i in range(at, len(tokens)) if tokens[i].text in _ENDS), len(tokens))
        piece = tokens[at:stop]
        arrows = [i for i, t in enumerate(piece) if t.kind == "arrow"]
        plain = all(t.kind in ("word", "arrow", "state") or t.text in ("/", "|", "-") for t in piece)
        said = any(t.tag in ("V", "M", "B") for t in piece[: arrows[0]]) if arrows else True
        if said or not plain or 0 in arrows or arrows[-1] == len(piece) - 1 or len(piece) > _LONGEST:
            break
        end, at = stop, stop + 1
        if stop < len(tokens) and tokens[stop].text == ".":
            break
    return end
