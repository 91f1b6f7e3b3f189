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
from codebegen.understanding.embedded.names import USER
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
