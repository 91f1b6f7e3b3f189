"""Which domains a description is about: by the words that tell a domain, and by the entities that were stated."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest

from codebegen import naming
from codebegen.understanding.embedded.catalogue.store import COMMON, cued, named
from codebegen.understanding.embedded.catalogue.words import phrase, words_of

_LONGEST_CUE = 4
_LONGEST_TEXT = 20_000
_CUE, _MODIFIER, _PHRASE, _NAME, _ALIAS = 2.0, 1.0, 3.0, 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """A domain, how well it fits, and the words of the description that told it (none if only entities did)."""

    domain: str
    score: float
    cues: tuple[str, ...] = ()


_Cue = tuple[str, int, int, tuple[str, ...]]
"""The words, where they start and end, and the domains that they tell of."""


def match_domains(prompt: str, entities: Iterable[str] = ()) -> tuple[Match, ...]:
    """Domains that fit, best first; of equals the one that is told of first."""
    scores: dict[str, float] = {}
    told: dict[str, list[str]] = {}
    found = list(_cues(words_of(prompt[:_LONGEST_TEXT])))
    seen: set[str] = set()
    for cue, following in zip_longest(found, found[1:]):
        text, _, _, keys = cue
        others = {key for other in found if other[0] not in text for key in other[3]} - set(keys)
        if text in seen:
            continue
        seen.add(text)
        for key in keys:
            scores[key] = scores.get(key, 0.0) + (_MODIFIER if _is_part(text, others) else _weight(cue, following))
            told.setdefault(key, []).append(text)
    for key, weight in _by_entities(entities):
        scores[key] = scores.get(key, 0.0) + weight
    order = sorted(scores, key=lambda key: -scores[key])
    return tuple(Match(key, scores[key], tuple(told.get(key, ()))) for key in order)


def _cues(words: tuple[str, ...]) -> Iterator[_Cue]:
    """Cues in reading order, the longest at each place."""
    start = 0
    while start < len(words):
        for length in range(min(_LONGEST_CUE, len(words) - start), 0, -1):
            text = " ".join(words[start : start + length])
            if keys := cued(text):
                yield text, start, start + length, keys
                start += length - 1
                break
        start += 1


def _is_part(cue: str, others: set[str]) -> bool:
    """A *booking system* for escape rooms: what it is called by is a part of another domain that is told of."""
    return any(known.domain in others and phrase(known.name) == word for word in cue.split() for known in named(word))


def _weight(cue: _Cue, following: _Cue | None) -> float:
    """A cue right before one of another domain only modifies it: a *recipe* blog is a blog."""
    _, start, end, keys = cue
    if following is not None and following[1] == end and not set(following[3]) & set(keys):
        return _MODIFIER
    return _PHRASE if end - start > 1 else _CUE


def _by_entities(entities: Iterable[str]) -> Iterator[tuple[str, float]]:
    for name in entities:
        for known in named(phrase(name)):
            if known.domain != COMMON:
                exact = naming.snake(known.name) == naming.snake(name)
                yield known.domain, _NAME if exact else _ALIAS
