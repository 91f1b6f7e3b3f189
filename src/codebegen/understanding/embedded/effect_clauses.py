"""What a move does to other rows, in words: `when a loan is returned, the copy becomes available`.

A sentence gives the move (a thing, and the verb that moves it) and one or more effects, each a stretch of its own.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SENTENCE = re.compile(r"[^.;!?\n]+")
_LEAD = r"\s*(?:[-*•]\s*)?(?:(?:and|also|then|but)\s+)*"
_WHEN = r"(?:when(?:ever)?|once|after|as soon as|if|every time|each time)"
_A = r"(?:(?:an?|the|any|each|every)\s+)?"
_THING = r"(?P<thing>[a-z][a-z-]*(?:\s[a-z][a-z-]*){0,2}?)"
_MOVED = rf"{_WHEN}\s+{_A}{_THING}\s+(?:is|are|gets?|has been|have been|was)\s+(?P<verb>[a-z]+)"
_BY = r"(?:\s+by\s+(?:(?!the\s+(?:copy|stock))[a-z]+\s?){1,3})?"
_FIRST = re.compile(
    rf"{_LEAD}{_MOVED}{_BY}?,?\s+(?:then\s+)?(?P<effect>(?:the|its|their|all|an?|one|every|each|it|we)\s.+)"
)
_LAST = re.compile(rf"{_LEAD}(?P<effect>(?:the|its|their|all|every|each)\s.+?),?\s+{_MOVED}{_BY}\s*")
_DOING = re.compile(
    rf"{_LEAD}(?P<verb>[a-z]+ing)\s+{_A}{_THING}\s+(?:(?:also|automatically|always)\s+)*(?P<effect>"
    r"(?:puts?|returns?|restores?|gives?|adds?|releases?|increases?|credits?|raises?|replenish(?:es)?|refunds?|takes?|"
    r"deducts?|subtracts?|reduces?|decreases?|removes?|charges?|consumes?|lowers?|debits?|makes?|marks?|sets?|frees?|"
    r"cancels?|closes?|completes?|archives?|opens?|reopens?|voids?|stops?)\s.+)"
)
_ANOTHER = re.compile(
    r",?\s+and\s+(?=(?:(?:the|its|their|all|every|each)\s+(?:[a-z'-]+\s+){1,4}(?:is|are|becomes?|gets?|goes)\s)"
    r"|(?:puts|returns|restores|gives|adds|releases|makes|marks|sets|takes|deducts|frees|cancels|closes)\s)"
)


_MORE = re.compile(r"%|\b(?:percent|per|if|unless|except|only|half|twice|double|until|within)\b")
"""Words after which an effect is more than what it says else."""


@dataclass(frozen=True, slots=True)
class Effect:
    """One effect of a move: `start` to `end` is what accounts for it; with the first also the words of the move."""

    thing: str
    verb: str
    words: str
    start: int
    end: int


def effects(text: str) -> Iterator[Effect]:
    """Every effect that a text may tell of, in its order."""
    lowered = text.lower().replace("’", "'")
    for sentence in _SENTENCE.finditer(lowered):
        forms = (_FIRST, _DOING, _LAST)
        found = next((m for form in forms if (m := form.fullmatch(lowered, *sentence.span()))), None)
        if found is not None and not _MORE.search(found["effect"]):
            yield from _each(lowered, found)


def _each(lowered: str, found: re.Match[str]) -> Iterator[Effect]:
    borders = [found.start("effect")]
    for another in _ANOTHER.finditer(lowered, *found.span("effect")):
        borders += [another.start(), another.end()]
    borders.append(found.end("effect"))
    places = list(zip(borders[::2], borders[1::2], strict=True))
    for number, (start, end) in enumerate(places):
        words = " ".join(lowered[start:end].split())
        first = found.start() if number == 0 and start != found.start() else start
        last = found.end() if number == len(places) - 1 else end
        yield Effect(" ".join(found["thing"].split()), found["verb"], words, first, last)
