"""Related or not, learned: signs of a pair of entities are weighed for a key on either side, and for many on both.

The weights (`lexicon/pair_signs.txt`) are those of a multinomial logistic regression: a line has what a sign speaks for
(`key`: the first holds a key of the second, or `both`: many on both sides), the sign and its weight. `python -m
benchmarks.pair_signs` learns them from the descriptions that have gold.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from codebegen.understanding.embedded.catalogue import named
from codebegen.understanding.embedded.catalogue.words import phrase as catalogue_words
from codebegen.understanding.embedded.draft import Draft
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.lexicon.noun_uses import use_of
from codebegen.understanding.embedded.names import USER
from codebegen.understanding.embedded.pair_places import Places
from codebegen.understanding.embedded.pair_survey import Pairs

KINDS = ("none", "key", "key back", "both")
"""What a pair may be: nothing, a key of the second in the first, the other way round, many on both sides."""


def chances(weights: Mapping[str, float], one: Sequence[str], other: Sequence[str]) -> tuple[float, ...]:
    """How likely each of `KINDS` is, by the signs of the first with the second and of the second with the first."""
    there, back = _total(weights, "key", one), _total(weights, "key", other)
    both = _total(weights, "both", one) + _total(weights, "both", other)
    highest = max(0.0, there, back, both)
    grown = [math.exp(total - highest) for total in (0.0, there, back, both)]
    return tuple(each / sum(grown) for each in grown)


def _total(weights: Mapping[str, float], kind: str, signs: Iterable[str]) -> float:
    return sum(weights.get(f"{kind} {sign}", 0.0) for sign in signs)


def signs(pairs: Pairs, draft: Draft, one: str, other: str) -> tuple[str, ...]:
    """Everything that is weighed of the first with the second, each by a name of its own."""
    return tuple(_signs(pairs, draft, one, other))


def _signs(pairs: Pairs, draft: Draft, one: str, other: str) -> Iterator[str]:
    classes = f"{_class(one)} {_class(other)}"
    known = _known(draft, one, other)
    yield "bias"
    yield f"classes={classes}"
    yield f"known={known}"
    yield f"known={known} {classes}"
    ways = pairs.ways.get((one, other), set())
    yield from sorted(ways)
    yield f"together={min(3, sum('~' in way and ' verb ' not in way and way.count(' ') < 3 for way in ways))}"
    if ways and known == "none":
        yield "together, not related"
    order = list(draft.entities)
    far = order.index(one) - order.index(other)
    yield f"order={far > 0}"
    yield "next" if abs(far) == 1 else "apart"
    leaves = len({relation.target for relation in draft.entities[one].relations})
    yield f"keys={min(3, leaves)}"
    if not leaves:
        yield f"no keys {classes}"
    if any(entity.to(one) and entity.to(other) for entity in draft.entities.values()):
        yield "both keys in a third"
    if one.startswith(f"{other}_"):
        yield "prefix"
    if _usual(one, other):
        yield "usual"
        yield f"usual {known}"
    yield f"layout={pairs.layout}"
    yield f"layout={pairs.layout} known={known} together={bool(ways)}"
    yield f"layout={pairs.layout} {_tied(draft, one)} {_tied(draft, other)}"
    yield from _by_place(pairs.mentioned, draft, one, other)


def _by_place(places: Places, draft: Draft, one: str, other: str) -> Iterator[str]:
    """Where the text speaks of both; what stands alone still belongs to what was spoken of before."""
    kinds, tied = f"{_kind(one)} {_kind(other)}", _tied(draft, one)
    yield f"kinds={kinds}"
    yield f"kinds={kinds} {tied}"
    yield f"kind={_kind(one)} {tied}"
    yield f"tied={tied}"
    yield f"tied={tied} {_tied(draft, other)}"
    ways = places.ways.get((one, other), set())
    yield from sorted(ways)
    yield from (f"{way} {kinds}" for way in sorted(ways) if way.startswith("line") and way.count(" ") <= _SHORT)
    if any(way.startswith("gap") for way in ways):
        yield f"gap {kinds}"
    standing = places.standing(other)
    yield f"standing={standing} {tied}"
    yield f"standings={places.standing(one)} {standing}"
    if not ways:
        yield f"never together {standing} {tied}"
    if one in places.lines and other in places.lines:
        ahead, closest = places.ahead(one, other), places.is_closest(one, other)
        yield f"ahead={ahead}"
        yield f"ahead={ahead} {kinds}"
        yield f"ahead={ahead} {tied} {_class(one)} {_class(other)}"
        yield f"ahead={ahead} {tied}"
        yield f"ahead={ahead} {standing}"
        yield f"closest={closest} {tied}"
        yield f"closest={closest} {kinds}"


_SHORT = 4


def _kind(key: str) -> str:
    return use_of(key.rsplit("_", 1)[-1]).kind


def _tied(draft: Draft, key: str) -> str:
    """Whether a thing has keys, is only pointed to, or stands alone."""
    if draft.entities[key].relations:
        return "keys"
    return "pointed to" if any(entity.to(key) for entity in draft.entities.values()) else "alone"


def _class(key: str) -> str:
    head = key.rsplit("_", 1)[-1]
    listed = {
        "user": key == USER,
        "person": head in nouns.PERSONS,
        "association": key in nouns.ASSOCIATION_NOUNS,
        "shared": head in nouns.MANY_TO_MANY,
        "thing": head in nouns.THINGS,
    }
    return next((name for name, true in listed.items() if true), "other")


def _known(draft: Draft, one: str, other: str) -> str:
    """What the rules found."""
    there = {relation.kind for relation in draft.entities[one].to(other)}
    back = {relation.kind for relation in draft.entities[other].to(one)}
    if "many_to_many" in there | back:
        return "both"
    return "key" if there else "key back" if back else "none"


def _usual(one: str, other: str) -> bool:
    """Whether such things are usually related."""
    targets = {known.name for known in named(catalogue_words(other))}
    return any(relation.target in targets for known in named(catalogue_words(one)) for relation in known.relations)
