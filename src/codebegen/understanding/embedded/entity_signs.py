"""Rows or a mere word, learned: signs of a noun are weighed; what the rules found for it is among them.

The weights (`lexicon/entity_signs.txt`, a sign and its weight a line) are those of a logistic regression. `python -m
benchmarks.entity_signs` learns them from the descriptions of the corpus that have gold, and says how well they do on
descriptions that they have not been learned from.
"""

import math
from collections.abc import Iterator

from codebegen.understanding.embedded.catalogue import named
from codebegen.understanding.embedded.catalogue.words import phrase as catalogue_words
from codebegen.understanding.embedded.learned_weights import learned_weights
from codebegen.understanding.embedded.lexicon import english, nouns, words
from codebegen.understanding.embedded.lexicon.noun_uses import UNKNOWN, Use, use_of
from codebegen.understanding.embedded.name_evidence import Evidence
from codebegen.understanding.embedded.noun_survey import Spoken, Survey

_LISTS = {
    "thing": nouns.THINGS,
    "person": nouns.PERSONS,
    "attribute": nouns.ATTRIBUTES,
    "abstract": nouns.ABSTRACT,
    "association": nouns.ASSOCIATION_NOUNS,
    "value": nouns.PLURAL_VALUES,
    "time": english.TIMES,
    "unit": words.UNITS,
    "account": nouns.ACCOUNT_WORDS,
    "shared": nouns.MANY_TO_MANY,
    "staff": nouns.STAFF,
}


def chance(key: str, told: Survey, found: Evidence) -> float:
    """How likely a noun has rows of its own, from 0 to 1."""
    known = learned_weights("entity_signs")
    total = sum(known.get(sign, 0) for sign in signs(key, told, found))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


def signs(key: str, told: Survey, found: Evidence) -> Iterator[str]:
    """Everything that is weighed, each by a name of its own."""
    spoken = told.get(key) or Spoken()
    head = key.rsplit("_", 1)[-1] if found.phrase is None else found.phrase.head
    kind = "+".join(name for name, listed in _LISTS.items() if head in listed) or "unknown"
    yield "bias"
    yield f"kind={kind}"
    yield from (f"list={name}" for name in kind.split("+"))
    yield from _in_catalogue(key, head, kind)
    yield f"words={min(3, key.count('_') + 1)}"
    yield f"word={head}"
    yield f"ending={head[-3:]}"
    yield from _by_rules(found, kind)
    yield from _by_ways(spoken, kind)
    yield from _by_use(use_of(head), spoken, found)
    yield from _adorned(key, told, found)


def _in_catalogue(key: str, head: str, kind: str) -> Iterator[str]:
    whole, last = named(catalogue_words(key)), named(catalogue_words(head))
    usual = "whole" if whole else "last" if last else "no"
    yield f"usual={usual}"
    yield f"usual={usual} {kind}"


def _by_rules(found: Evidence, kind: str) -> Iterator[str]:
    yield f"score={_step(found.score, (0, 1, 2, 3, 4, 5, 6, 8, 10, 14))}"
    yield f"score={_step(found.score, (0, 1, 2, 3, 4, 6, 10))} {kind}"
    yield f"fields={min(3, found.fields)}"
    said = {"defined": found.defined, "structural": found.structural, "listed": found.listed, "unit": found.unit}
    for name in (*(name for name, true in said.items() if true), *found.kinds):
        yield f"rule={name}"
        yield f"rule={name} {kind}"


def _by_ways(spoken: Spoken, kind: str) -> Iterator[str]:
    yield f"times={_step(spoken.times, (0, 1, 2, 3, 5, 8))}"
    yield f"plural={min(3, spoken.plural)}"
    yield f"plural={min(2, spoken.plural)} {kind}"
    yield f"always plural={spoken.plural == spoken.times}"
    number = "many" if spoken.plural else "one"
    for way in spoken.ways:
        yield f"way={way}"
        yield f"way={way} {kind}"
        yield f"way={way} {number}"


def _by_use(use: Use, spoken: Spoken, found: Evidence) -> Iterator[str]:
    """What such nouns are in other descriptions, alone and with how this one speaks of it."""
    if use is UNKNOWN:
        yield "use=unknown"
        return
    often = f"rows {use.rows // 2}"
    yield f"use={use.kind}"
    yield f"use={often} data {use.data // 2}"
    yield f"use={often} {use.kind}"
    yield from (f"use>rows {step}" for step in range(1, use.rows + 1))
    yield from (f"use>data {step}" for step in range(1, use.data + 1))
    score = f"score={_step(found.score, (0, 1, 2, 3, 4, 6, 10))}"
    yield f"{score} {often}"
    yield f"{score} {use.kind}"
    ways = (f"way={way}" for way in spoken.ways if way.count(" ") <= 1)
    for way in (*ways, *(f"rule={name}" for name in found.kinds)):
        yield f"{way} {use.kind}"
        yield f"{way} {often}"


def _adorned(key: str, told: Survey, found: Evidence) -> Iterator[str]:
    """`approved order`, `second quote`: rather a state or one of the orders, above all where orders are spoken of."""
    if found.phrase is None or "_" not in key:
        return
    plain = told.get(key.partition("_")[2])
    first, often = found.phrase.words[0].tag, "never" if plain is None else f"times {_step(plain.times, (1, 2, 4))}"
    yield f"first={first}"
    yield f"plain={often}"
    yield f"first={first} plain {often}"


def _step(value: int, steps: tuple[int, ...]) -> int:
    """The highest step that a number reaches."""
    return max((step for step in steps if value >= step), default=-1)
