"""Owners: whose data a noun usually names.

`data_owners.txt` is judged by hand, word by word, without any description at hand: a line has the noun, the kinds of
things that have it (letters of `noun_uses`, the usual ones first), and some of these things.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from codebegen.understanding.embedded.lexicon.noun_uses import KINDS


@dataclass(frozen=True, slots=True)
class Owners:
    """The kinds of things that have something, the usual ones first, and examples."""

    kinds: tuple[str, ...]
    things: frozenset[str]


@cache
def _table() -> dict[str, Owners]:
    lines = Path(__file__).with_name("data_owners.txt").read_text(encoding="utf-8").splitlines()
    told = (line.split() for line in lines)
    return {noun: Owners(tuple(KINDS[kind] for kind in kinds), frozenset(things)) for noun, kinds, *things in told}


def affinity(noun: str, owner: str, kind: str) -> str:
    """How usual it is that a thing of this name and kind has such data."""
    known = _table().get(noun)
    if known is None:
        return "unknown"
    if owner in known.things:
        return "named"
    return str(min(_LAST, known.kinds.index(kind))) if kind in known.kinds else "other"


_LAST = 2
