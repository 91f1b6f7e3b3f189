"""Which domains a description is about: by the words that tell a domain, and by the entities that were stated."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from codebegen import naming
from codebegen.understanding.embedded.catalogue.store import COMMON, cued, named

_LONGEST_CUE = 4
_LONGEST_TEXT = 20_000
_CUE, _MODIFIER, _PHRASE, _NAME, _ALIAS = 2.0, 1.0, 3.0, 1.0, 0.5


@dataclass(frozen=True, slots=True)
class Match:
    """A domain, how well it fits, and the words of the description that told it (none if only entities did)."""

    domain: str
    score: float
    cues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Cue:
    text: str
    start: int
    end: int
    domains: tuple[str, ...]


def match_domains(prompt: str, entities: Iterable[str] = ()) -> tuple[Match, ...]:
    """Domains that fit, best first; of equals the one that is told of first."""
    scores: dict[str, float] = {}
    told: dict[str, list[str]] = {}
    found = list(_cues(words_of(prompt)))
    seen: set[str] = set()
    for place, cue in enumerate(found):
        if cue.text in seen:
            continue
        seen.add(cue.text)
        following = found[place + 1] if place + 1 < len(found) else None
        weight = _weight(cue, following)
        for key in cue.domains:
            scores[key] = scores.get(key, 0.0) + weight
            told.setdefault(key, []).append(cue.text)
    for key, weight in _by_entities(entities):
        scores[key] = scores.get(key, 0.0) + weight
    order = sorted(scores, key=lambda key: -scores[key])
    return tuple(Match(key, scores[key], tuple(told.get(key, ()))) for key in order)


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text as the indexes spell them."""
    return tuple(naming.singular(word) for word in naming.words(text[:_LONGEST_TEXT]))


def _cues(words: tuple[str, ...]) -> Iterator[_Cue]:
    """Cues in reading order, the longest at each place."""
    start = 0
    while start < len(words):
        for length in range(min(_LONGEST_CUE, len(words) - start), 0, -1):
            text = " ".join(words[start : start + length])
            if keys := cued(text):
                yield _Cue(text, start, start + length, keys)
                start += length - 1
                break
        start += 1


def _weight(cue: _Cue, following: _Cue | None) -> float:
    """A cue right before one of another domain only modifies it: a *recipe* blog is a blog."""
    if following is not None and following.start == cue.end and not set(following.domains) & set(cue.domains):
        return _MODIFIER
    return _PHRASE if cue.end - cue.start > 1 else _CUE


def _by_entities(entities: Iterable[str]) -> Iterator[tuple[str, float]]:
    for name in entities:
        words = " ".join(naming.singular(word) for word in naming.words(name))
        for known in named(words):
            if known.domain != COMMON:
                exact = naming.snake(known.name) == naming.snake(name)
                yield known.domain, _NAME if exact else _ALIAS
