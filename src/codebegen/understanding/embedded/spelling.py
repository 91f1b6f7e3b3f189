"""Spelling: misspelt words are read as the word that is meant; what is written stays what is quoted.

A word that is English, as it stands or made from another one (`inventor`), is never changed. What many people write
for a word (`recieve`) always is; so is what sounds like a known word (`technisian`). A slip of a finger (`delivry`)
is believed once: who writes a word twice in the same way means it, unless the other word is there as well.
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from codebegen import naming
from codebegen.understanding.embedded.lexicon import conjugation, english, features, nouns, verbs, words
from codebegen.understanding.embedded.lexicon.british import BRITISH
from codebegen.understanding.embedded.lexicon.misspelt import RIGHT, SHORT, WRONG
from codebegen.understanding.embedded.sounds import sound, vowels_apart
from codebegen.understanding.embedded.text import Token, Tokens

_SHORTEST, _LONGEST = 5, 20


@lru_cache(maxsize=1)
def vocabulary() -> frozenset[str]:
    """Every word the engine knows, in every form."""
    known: set[str] = set(conjugation.forms())
    for noun in (
        nouns.ATTRIBUTES
        | nouns.THINGS
        | nouns.PERSONS
        | nouns.ABSTRACT
        | nouns.ENUM_NOUNS
        | set(nouns.ASSOCIATION_NOUNS)
    ):
        known.update((noun, naming.plural(noun)))
    known.update(english.NOUNS, english.TIMES)
    for table in (
        words.DETERMINERS,
        words.MANY,
        words.PREPOSITIONS,
        words.PRONOUNS,
        words.SUBORDINATORS,
        words.ADVERBS,
        words.ADJECTIVES,
        words.FILLER,
        words.NEGATIONS,
        words.BE,
        nouns.BOOLEAN_WORDS,
    ):
        known.update(table)
    known.update(words.UNITS, words.NUMBERS, words.MODALS, words.ABBREVIATIONS)
    for text in features.DOMAINS.values():
        known.update(text.split())
    return frozenset(known)


_SUFFIXES = (
    "ed ied ing ly er ers or ors ion ions ation ations ment ments able ible ness ist ists ive al ity ful less ish ic "
    "ian ians ship ships hood ery ary ist ism y"
).split()
_PREFIXES = ("un", "re", "pre", "non", "over", "under", "co", "multi", "sub", "inter", "super", "dis", "mis", "out")


def is_word(low: str) -> bool:
    """Whether a word is known, or made from a known one: `inventor` of `invent`, `restocked` of `stocked`."""
    if low in RIGHT or low in vocabulary() or naming.singular(low) in vocabulary():
        return True
    if any(low.endswith(end) and _stems(low.removesuffix(end)) & vocabulary() for end in _SUFFIXES):
        return True
    rest = next((low.removeprefix(p) for p in _PREFIXES if low.startswith(p) and len(low) > len(p) + 3), "")
    return bool(rest) and (rest in vocabulary() or naming.singular(rest) in vocabulary())


def _stems(stem: str) -> set[str]:
    """What a suffix may have been put behind: `plann(ing)`, `stor(ing)`, `carr(ied)`."""
    undoubled = stem[:-1] if stem[-1:] == stem[-2:-1] else stem
    return {word for word in (stem, stem + "e", stem + "y", undoubled) if len(word) > 2}


@lru_cache(maxsize=1)
def _targets() -> frozenset[str]:
    """Longer known words, in their forms, that a correction may lead to: those that descriptions are made of."""
    things = nouns.ATTRIBUTES | nouns.THINGS | nouns.LISTED_PERSONS | nouns.ASSOCIATION_NOUNS
    told = conjugation.forms()
    acts = {form for form, (lemma, kind) in told.items() if lemma in verbs.LEMMAS and kind != "s"}
    found = things | {naming.plural(noun) for noun in things} | words.LENGTH_WORDS | acts
    found |= words.ADJECTIVES | words.ADVERBS
    return frozenset(word for word in found if len(word) >= _SHORTEST and word.isalpha())


@lru_cache(maxsize=1)
def _sounding() -> dict[str, frozenset[str]]:
    """Targets by their sound."""
    table: dict[str, set[str]] = {}
    for word in _targets():
        table.setdefault(sound(word), set()).add(word)
        table.setdefault(vowels_apart(word), set()).add(word)
    return {key: frozenset(found) for key, found in table.items()}


@lru_cache(maxsize=1)
def _shaped() -> dict[tuple[str, int], tuple[str, ...]]:
    """Targets by first letter and length."""
    table: dict[tuple[str, int], list[str]] = {}
    for word in sorted(_targets()):
        table.setdefault((word[0], len(word)), []).append(word)
    return {place: tuple(found) for place, found in table.items()}


@lru_cache(maxsize=8192)
def usual(low: str) -> str:
    """The word that people mean who write `low`, by lists and by its sound; `low` if it is right."""
    if low in BRITISH:
        return BRITISH[low]
    listed = _listed(low)
    if listed != low or not _may_be_wrong(low):
        return listed
    heard = _sounding().get(sound(low), frozenset()) or _sounding().get(vowels_apart(low), frozenset())
    return next(iter(heard)) if len(heard) == 1 else low


def _listed(low: str) -> str:
    """The right form for a form of a word in the lists: `recieved`, `technisians`."""
    if low in SHORT or low in WRONG:
        return SHORT.get(low) or WRONG[low]
    if low in RIGHT or low in vocabulary():
        return low
    for ending in ("s", "es", "d", "ed", "ing"):
        stem = low.removesuffix(ending)
        for base in (stem, stem + "e") if stem != low else ():
            if base in WRONG:
                return _formed(WRONG[base], ending)
    return low


def _formed(right: str, ending: str) -> str:
    if ending in ("s", "es"):
        return naming.plural(right)
    return conjugation.regular(right) if ending in ("d", "ed") else right.removesuffix("e") + ending


def _may_be_wrong(low: str) -> bool:
    return _SHORTEST <= len(low) <= _LONGEST and low.isalpha() and low.isascii() and not is_word(low)


@lru_cache(maxsize=8192)
def slipped(low: str) -> str:
    """A known word with two letters swapped, one doubled, missing or too many; else `low`."""
    if not _may_be_wrong(low):
        return low
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- most descriptions hold no slip; then it is never loaded

    for length in (len(low), len(low) + 1, len(low) - 1):
        for candidate in _shaped().get((low[0], length), ()):
            if OSA.distance(low, candidate, score_cutoff=1) != 1:
                continue
            if length != len(low) and len(low) >= 6 and low[-2:] == candidate[-2:]:
                return candidate  # another ending is another form or another word ("planer", "shops"), no slip
            if length == len(low) and sorted(low) == sorted(candidate):
                return candidate
    return low


def corrected(low: str) -> str:
    """The known word that `low` is a slip of, or `low`."""
    found = usual(low)
    return found if found != low else slipped(low)


def correct(text: str) -> Callable[[Tokens], Tokens]:
    """A function that reads tokens with their spelling put right."""
    lowered = text.lower()

    @lru_cache(maxsize=4096)
    def right(low: str) -> str:
        found = usual(low)
        if found != low and (_listed(low) != low or low in BRITISH or not _is_name(low)):
            return found
        found = slipped(low)
        times = len(re.findall(rf"\b{re.escape(low)}\b", lowered)) if found != low else 0
        known = any(form in lowered for form in (naming.singular(found), naming.plural(naming.singular(found))))
        return found if known or (times == 1 and not _is_name(low)) else low

    def _is_name(low: str) -> bool:
        """Whether a word has a capital letter wherever it stands, inside a sentence too."""
        places = list(re.finditer(rf"\b{re.escape(low)}\b", text, re.IGNORECASE))
        inside = any(text[: m.start()].rstrip(" ")[-1:].isalpha() for m in places)
        return inside and all(text[m.start()].isupper() for m in places)

    def apply(tokens: Tokens) -> Tokens:
        return tuple(_fix(token, right, apply) for token in tokens)

    return apply


def _fix(token: Token, right: Callable[[str], str], apply: Callable[[Tokens], Tokens]) -> Token:
    if token.kind == "group":
        return replace(token, inside=apply(token.inside))
    if token.kind != "word" or "_" in token.text:
        return token
    fixed = right(token.low)
    return token if fixed == token.low else replace(token, low=fixed)
