"""Uses of nouns: how often descriptions that speak of something keep rows of it, or have it as data of something else.

`noun_uses.txt` is judged by hand, word by word, without any description at hand: a line has what the words name
(`KINDS`), in how many of ten descriptions each has rows of its own, in how many it is data, and the words.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

KINDS = {
    "p": "person",
    "o": "organisation",
    "e": "event",
    "l": "place",
    "t": "thing",
    "a": "living",
    "f": "substance",
    "i": "information",
    "w": "work",
    "m": "money",
    "q": "measure",
    "n": "name",
    "s": "state",
    "d": "time",
    "x": "abstract",
}


@dataclass(frozen=True, slots=True)
class Use:
    """What a noun names, and in how many of ten descriptions it has rows, and is data."""

    kind: str
    rows: int
    data: int


UNKNOWN = Use("unknown", 0, 0)


@cache
def _uses() -> dict[str, Use]:
    found: dict[str, Use] = {}
    for line in Path(__file__).with_name("noun_uses.txt").read_text(encoding="utf-8").splitlines():
        kind, rows, data, *nouns = line.split()
        found.update(dict.fromkeys(nouns, Use(KINDS[kind], int(rows), int(data))))
    return found


def use_of(noun: str) -> Use:
    """How a noun is used; of a compound, how its last word is."""
    known = _uses()
    return known.get(noun) or known.get(noun.rpartition("-")[2]) or UNKNOWN
