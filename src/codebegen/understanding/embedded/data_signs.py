"""Data or a mere word, and whose, learned: signs of a noun, and of each entity beside it, are weighed.

The weights (`lexicon/data_signs.txt`) are those of a multinomial logistic regression over the entities and nothing: a
line has what is weighed (`noun`, or `of`: the entity that may have it), the sign and its weight. `python -m
benchmarks.data_signs` learns them from the descriptions that have gold.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from codebegen.understanding.embedded.catalogue import named
from codebegen.understanding.embedded.catalogue.words import phrase as catalogue_words
from codebegen.understanding.embedded.data_survey import Noun, Sentence
from codebegen.understanding.embedded.draft import Draft
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.lexicon.noun_uses import use_of
from codebegen.understanding.embedded.lexicon.owners import affinity
from codebegen.understanding.embedded.pair_survey import verb_kind
from codebegen.understanding.embedded.text import Tokens

_LISTS = {
    "thing": nouns.THINGS,
    "attribute": nouns.ATTRIBUTES,
    "fields": nouns.FIELDS_ONLY,
    "abstract": nouns.ABSTRACT,
    "value": nouns.PLURAL_VALUES,
    "unit": frozenset(words.UNITS),
}
_OWN = frozenset(("its", "their", "his", "her"))
_CLOSED = frozenset(("P", "C", "S", "W", "D", "R", "PUNCT", "B", "M", "TO"))


@dataclass(frozen=True, slots=True)
class Weighed:
    """The signs of a noun, and those of each entity that may have what it names."""

    noun: tuple[str, ...]
    owners: dict[str, tuple[str, ...]]


def chances(weights: Mapping[str, float], weighed: Weighed) -> dict[str, float]:
    """How likely each entity has what the noun names, from 0 to 1; what is left over is nothing's."""
    named = _total(weights, "noun", weighed.noun)
    totals = {key: named + _total(weights, "of", signs) for key, signs in weighed.owners.items()}
    highest = max(0.0, *totals.values()) if totals else 0.0
    grown = {key: math.exp(total - highest) for key, total in totals.items()}
    whole = math.exp(-highest) + sum(grown.values())
    return {key: each / whole for key, each in grown.items()}


def _total(weights: Mapping[str, float], kind: str, signs: Iterable[str]) -> float:
    return sum(weights.get(f"{kind} {sign}", 0.0) for sign in signs)


def weigh(noun: Noun, sentence: Sentence, draft: Draft) -> Weighed:
    """Everything that is weighed of a noun, each by a name of its own."""
    owners = {key: tuple(_of(key, noun, sentence)) for key in draft.entities}
    return Weighed(tuple(_named(noun, sentence)), owners)


def _named(noun: Noun, sentence: Sentence) -> Iterator[str]:
    phrase, tokens = noun.phrase, sentence.tokens
    kind = "+".join(name for name, listed in _LISTS.items() if phrase.head in listed) or "unknown"
    yield "bias"
    yield f"kind={kind}"
    yield f"word={phrase.head}"
    yield f"ending={phrase.head[-3:]}"
    yield f"words={min(3, len(phrase.words))}"
    yield f"det={phrase.det or 'none'}"
    yield f"plural={phrase.plural}"
    yield f"plural={phrase.plural} {kind}"
    yield f"before={_neighbour(tokens, noun.at - 1)}"
    yield f"behind={_neighbour(tokens, noun.behind)}"
    yield f"many={phrase.quantity.many}"
    yield f"counted={phrase.quantity.high is not None or phrase.quantity.low is not None}"
    yield from _marks(noun)
    yield from _in_clause(noun)
    yield from _in_run(noun, sentence)
    yield from _by_use(noun, kind)


def _by_use(noun: Noun, kind: str) -> Iterator[str]:
    """What such nouns are in other descriptions, alone and with how this one speaks of it."""
    use = use_of(noun.phrase.head)
    often = f"data {use.data // 2}"
    yield f"use={use.kind}"
    yield f"use={often} rows {use.rows // 2}"
    yield f"use={often} {use.kind}"
    yield from (f"use>data {step}" for step in range(1, use.data + 1))
    yield from (f"use>rows {step}" for step in range(1, use.rows + 1))
    verb = verb_kind(noun.frame) if noun.frame is not None else "no clause"
    for way in (f"role={noun.role}", f"role={noun.role} {verb}", f"plural={noun.phrase.plural}", f"kind={kind}"):
        yield f"{way} {use.kind}"
        yield f"{way} {often}"


def _marks(noun: Noun) -> Iterator[str]:
    marks = {"whole": noun.phrase.of, "possessed": noun.phrase.possessor, "bracket": noun.phrase.group}
    yield from (mark for mark, there in marks.items() if there)


def _in_clause(noun: Noun) -> Iterator[str]:
    kind = verb_kind(noun.frame) if noun.frame is not None else "no clause"
    yield f"role={noun.role}"
    yield f"role={noun.role} {kind}"
    if noun.frame is not None:
        yield f"verb={noun.frame.verb}"
        yield f"role={noun.role} verb={noun.frame.verb}"


def _in_run(noun: Noun, sentence: Sentence) -> Iterator[str]:
    """How long the enumeration is that a noun stands in, and how much of it are usual names of data."""
    run = [other.phrase.head for other in sentence.nouns if other.run == noun.run and other.key is None]
    share = round(4 * sum(head in nouns.ATTRIBUTES for head in run) / len(run))
    yield f"run={min(5, len(run))}"
    yield f"share={share}"
    yield f"share={share} run={min(4, len(run))}"
    usual = round(sum(use_of(head).data for head in run) / len(run) / 2)
    yield f"usual={usual}"
    yield f"usual={usual} run={min(4, len(run))}"
    yield f"usual={usual} role={noun.role}"


def _neighbour(tokens: Tokens, at: int) -> str:
    if not 0 <= at < len(tokens):
        return "edge"
    token = tokens[at]
    return token.low if token.tag in _CLOSED or not token.low.isalpha() else token.tag


def _of(key: str, noun: Noun, sentence: Sentence) -> Iterator[str]:
    things = sentence.things
    kind = "person" if key.rsplit("_", 1)[-1] in nouns.PERSONS else "thing"
    here = [thing for thing in things if thing.key == key]
    ahead = [thing for thing in things if thing.phrase.start < noun.phrase.start]
    places = list(_places(key, noun, sentence))
    for place in places:
        yield place
        yield f"{place} {kind}"
        yield f"{place} ahead={min(3, len({thing.key for thing in ahead}))}"
    if not here and sentence.before.last == key:
        yield f"last things={min(2, len({thing.key for thing in things}))}"
        yield f"last role={noun.role}"
    for thing in here:
        yield from _together(thing, noun)
    yield from _possession(key, noun, sentence, places)
    whose, head = use_of(key.rsplit("_", 1)[-1]).kind, noun.phrase.head
    yield f"{whose} has {use_of(head).kind}"
    yield f"{whose} has {head}"
    usual = affinity(head, key.rsplit("_", 1)[-1], whose)
    yield f"affinity={usual}"
    yield from (f"affinity={usual} {place}" for place in places)
    yield from (f"{whose} {place}" for place in places)
    if _usual(key, head):
        yield "usual"
        yield from (f"usual {place}" for place in places)
    yield f"class {kind} {'here' if here else 'away'}"


def _places(key: str, noun: Noun, sentence: Sentence) -> Iterator[str]:
    """Where an entity is spoken of, seen from a noun."""
    keys = [thing.key for thing in sentence.things if thing.phrase.start < noun.phrase.start]
    after = [thing.key for thing in sentence.things if thing.phrase.start > noun.phrase.start]
    if key in keys:
        yield "nearest" if keys[-1] == key else "second" if keys[-2] == key else "ahead"
    if key in after:
        yield "next" if after[0] == key else "after"
    if not keys:
        yield "nothing ahead"
    before = sentence.before
    told = {"first": next(iter([*keys, *after]), None), "topic": before.topic, "last": before.last}
    yield from (name for name, known in {**told, "subject": before.subject}.items() if known == key)
    if key not in keys and key not in after:
        yield "not here"
    elif key not in before.seen:
        yield "introduced"


def _together(thing: Noun, noun: Noun) -> Iterator[str]:
    same = thing.frame is noun.frame and noun.frame is not None
    yield f"{'same' if same else 'other'} clause"
    if same and noun.frame is not None:
        base = f"{thing.role}~{noun.role}"
        yield base
        yield f"{base} {verb_kind(noun.frame)}"
        yield f"{base} {noun.frame.verb}"
    yield f"det {thing.phrase.det or 'none'}"
    yield f"plural={thing.phrase.plural} {'ahead' if thing.phrase.start < noun.phrase.start else 'after'}"


def _possession(key: str, noun: Noun, sentence: Sentence, places: list[str]) -> Iterator[str]:
    phrase = noun.phrase
    if phrase.possessor:
        mine = (phrase.possessor[-1].lemma or phrase.possessor[-1].low) == key.rsplit("_", 1)[-1]
        yield "possessor" if mine else "other possessor"
    if phrase.det in _OWN:
        yield f"own {'subject' if sentence.before.subject == key else 'other'} {places[0]}"
    if phrase.of is not None and any(thing.phrase is phrase.of and thing.key == key for thing in sentence.things):
        yield "of"


def _usual(key: str, head: str) -> bool:
    """Whether such things usually have data of this name."""
    known = named(catalogue_words(key.rsplit("_", 1)[-1]))
    return any(head in field.name.split("_") for usual in known for field in usual.fields)
