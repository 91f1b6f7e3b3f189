"""Spelling: misspelt words are read as the known word they are next to; what is written stays what is quoted."""

from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache

from codebegen import naming
from codebegen.understanding.embedded.lexicon import conjugation, english, features, nouns, words
from codebegen.understanding.embedded.lexicon.british import BRITISH
from codebegen.understanding.embedded.text import Token, Tokens

_MIN_LENGTH = 5
# Words that people really misspell in such texts and that are too short or too far for a distance.
_FIXED = {
    "adress": "address",
    "adresses": "addresses",
    "employes": "employees",
    "employe": "employee",
    "recieve": "receive",
    "specie": "species",
    "there": "there",
    "wich": "which",
    "wether": "whether",
    "thier": "their",
    "ppl": "people",
    "msg": "message",
    "msgs": "messages",
    "smth": "something",
    "usr": "user",
    "usrs": "users",
    "ect": "etc",
    "custommer": "customer",
    "costumer": "customer",
    "costumers": "customers",
    "persone": "person",
    "informations": "information",
    "w/": "with",
    "lenght": "length",
    "wieght": "weight",
    "heigth": "height",
    "pasword": "password",
    "mesage": "message",
    "libary": "library",
    "catagory": "category",
    "catagories": "categories",
    "tho": "though",
    "tittle": "title",
    "n": "and",
    "nr": "number",
    "qty": "quantity",
    "u": "you",
    "r": "are",
    "favs": "favorites",
    "fav": "favorite",
    "admins'": "admins",
    "e-mail": "email",
    "e-mails": "emails",
}


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
    known.update(english.NOUNS, english.TIMES)
    known.update(words.UNITS, words.NUMBERS, words.MODALS, words.ABBREVIATIONS)
    for text in features.DOMAINS.values():
        known.update(text.split())
    return frozenset(known)


@lru_cache(maxsize=1)
def _targets() -> dict[tuple[str, int], tuple[str, ...]]:
    """Longer known words by first letter and length: candidates for a correction."""
    table: dict[tuple[str, int], list[str]] = {}
    targets = nouns.ATTRIBUTES | nouns.THINGS | nouns.PERSONS | nouns.ASSOCIATION_NOUNS
    for word in sorted(targets | {naming.plural(noun) for noun in targets}):
        if len(word) >= _MIN_LENGTH and word.isalpha():
            table.setdefault((word[0], len(word)), []).append(word)
    return {place: tuple(found) for place, found in table.items()}


@lru_cache(maxsize=8192)
def corrected(low: str) -> str:
    """The known word that `low` is a slip of, or `low`."""
    if low in BRITISH:
        return BRITISH[low]
    if low in _FIXED:
        return _FIXED[low]
    if len(low) < _MIN_LENGTH or len(low) > 20 or not low.isalpha() or not low.isascii() or low in vocabulary():
        return low
    if naming.singular(low) in vocabulary() or any(
        low.endswith(end)
        and {low.removesuffix(end), low.removesuffix(end) + "e", low.removesuffix(end) + "y"} & vocabulary()
        for end in ("ed", "ing", "ly", "er", "ers", "or", "ied", "ion", "ions")
    ):
        return low
    return _nearest(low)


def _nearest(low: str) -> str:
    """A known word with two letters swapped, one doubled, missing or too many; a changed letter only in long words."""
    from rapidfuzz.distance import OSA  # noqa: PLC0415 -- most descriptions hold no slip; then it is never loaded

    for length in (len(low), len(low) + 1, len(low) - 1):
        for candidate in _targets().get((low[0], length), ()):
            if OSA.distance(low, candidate, score_cutoff=1) != 1:
                continue
            if length != len(low) and len(low) >= 6 and _same_ending(low, candidate):
                return candidate
            if length == len(low) and (
                sorted(low) == sorted(candidate) or (len(low) >= 9 and low[-2:] == candidate[-2:])
            ):
                return candidate
    return low


def _same_ending(low: str, candidate: str) -> bool:
    """Another ending is another form or another word ("planer", "shops"), no slip."""
    return low[-2:] == candidate[-2:]


def correct(text: str) -> Callable[[Tokens], Tokens]:
    """A function that reads tokens with their spelling put right; a word used often is no slip."""
    lowered = text.lower()

    @lru_cache(maxsize=4096)
    def right(low: str) -> str:
        fixed = corrected(low)
        return fixed if low in _FIXED or low in BRITISH or fixed in lowered or lowered.count(low) < 3 else low

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
