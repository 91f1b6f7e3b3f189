"""Verb or noun, learned: signs of a word and of its neighbours are weighed; what the rules say is one of the signs.

The weights (`lexicon/verb_use.txt`, a sign and its weight a line) are an averaged perceptron's. `python -m
benchmarks.verb_use` learns them from sentences in which people marked the verbs, and says how well it does on sentences
that it has not learned from.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from codebegen import naming
from codebegen.understanding.embedded.lexicon import conjugation, english, nouns, verbs, words
from codebegen.understanding.embedded.text import Token

_CLOSED = frozenset({"D", "Q", "P", "C", "M", "B", "DO", "X", "R", "W", "S", "TO", "A", "PUNCT", "START"})
_RECENT = 60
_LISTED = nouns.THINGS | nouns.ATTRIBUTES | nouns.PERSONS


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may be a verb in base or -s form, between what is tagged before it and two tokens behind it."""

    token: Token
    lemma: str
    kind: str
    rule: bool
    done: list[Token]
    following: Token | None
    after: Token | None


def says_verb(word: Candidate) -> bool:
    """Whether the signs speak for a verb."""
    known = weights()
    return sum(known.get(sign, 0) for sign in signs(word)) > 0


@lru_cache(maxsize=1)
def weights() -> dict[str, int]:
    """The weight of each sign."""
    lines = Path(__file__).with_name("lexicon").joinpath("verb_use.txt").read_text(encoding="utf-8").splitlines()
    return {sign: int(weight) for sign, _, weight in (line.rpartition(" ") for line in lines)}


def signs(word: Candidate) -> Iterator[str]:
    """Everything that is weighed, each by a name of its own."""
    done = _sentence(word.done)
    low, kind, known = word.token.low, word.kind, _class(word.token.low, word.lemma)
    left, farther = _left(done, 1), _left(done, 2)
    right, beyond = _right(word.following), _right(word.after)
    yield "bias"
    yield f"rule={word.rule}"
    yield f"rule={word.rule} {left} {right}"
    yield f"lemma={word.lemma}"
    yield f"word={low} {left}"
    yield f"word={low} {right}"
    yield f"known={known} {kind}"
    yield f"known={known} {left}"
    yield f"known={known} {right}"
    yield f"left={left} {kind}"
    yield f"left={farther} {left}"
    yield f"left={farther} {left} {right}"
    yield f"right={right} {kind}"
    yield f"right={right} {beyond}"
    yield f"both={left} {right} {kind}"
    yield f"both={left} {right} {known}"
    clause = _clause(done, kind)
    yield f"clause={clause}"
    yield f"clause={clause} {left} {right}"
    yield f"clause={clause} {known} {left}"
    verb, subject = _governor(done)
    yield f"verb={verb} {left}"
    yield f"verb={verb} {left} {right}"
    yield f"verb={verb} {known}"
    yield f"subject={subject} {kind} {left}"
    yield f"three={_left(done, 3)} {farther} {left}"
    yield f"three={_left(done, 3)} {farther} {left} {right}"
    yield f"case={word.token.text[:1].isupper()} {left}"


def _sentence(done: list[Token]) -> list[Token]:
    """The tokens back to the sign that ends a sentence; a long one is cut."""
    recent = done[-_RECENT:]
    ends = (at for at in range(len(recent) - 1, -1, -1) if recent[at].text in (".", ";", "!", "?"))
    return recent[next(ends, -1) + 1 :]


@lru_cache(maxsize=8192)
def _class(low: str, lemma: str) -> str:
    """What the lists know of a word."""
    noun = naming.singular(low)
    listed = (
        "thing"
        if noun in nouns.THINGS
        else "attribute"
        if noun in nouns.ATTRIBUTES or low in nouns.ATTRIBUTES
        else "person"
        if noun in nouns.PERSONS
        else "other"
    )
    own = "own" if lemma in conjugation.LEMMAS else ""
    common = (
        "verb"
        if lemma in english.VERBS
        else "either"
        if lemma in english.EITHER
        else "noun"
        if noun in english.NOUNS
        else ""
    )
    return f"{listed}{own}{common}"


def _left(done: list[Token], back: int) -> str:
    """A tagged token before the word: a function word by itself, a noun by number and kind."""
    if len(done) < back:
        return "START"
    token = done[-back]
    if token.tag == "PUNCT":
        return token.text
    if token.tag in _CLOSED:
        return f"{token.tag}:{token.low}" if back == 1 else token.tag
    if token.tag in ("N", "GROUP"):
        person = "person" if token.lemma in nouns.PERSONS or token.low in nouns.PERSONS else ""
        return f"{token.tag}{'s' if naming.is_plural(token.low) else ''}{person}"
    return token.tag


def _right(token: Token | None) -> str:
    """A token behind the word, not tagged yet: a function word by itself, others by what they can be."""
    if token is None:
        return "END"
    if token.kind != "word":
        return token.text if token.kind == "punct" else token.kind
    return _right_word(token.low)


@lru_cache(maxsize=8192)
def _right_word(low: str) -> str:
    if low in words.BE or low in words.MODALS or low in words.DO:
        return "AUX"
    if low in words.DETERMINERS:
        return "D"
    if low in words.PREPOSITIONS or low in words.CONJUNCTIONS or low in words.PRONOUNS or low in words.SUBORDINATORS:
        return low
    if low in words.MANY or low in words.NUMBERS:
        return "Q"
    if low in words.ADVERBS or low in words.RELATIVES:
        return "A"
    form = conjugation.forms().get(low)
    plural = "s" if naming.is_plural(low) else ""
    listed = naming.singular(low) in _LISTED
    adjective = "J" if low in words.ADJECTIVES else ""
    return f"w{plural}{adjective}{'n' if listed else ''}{form[1] if form else ''}"


def _clause(done: list[Token], kind: str) -> str:
    """What went before in the sentence: the verb of last, whether it has this form, and what came since."""
    verb, between, since = "none", "", 0
    for token in reversed(done):
        if token.tag in ("V", "M", "B", "TO"):
            form = conjugation.forms().get(token.low, ("", "base"))[1] if token.tag == "V" else token.tag
            verb = "same" if form == kind else form
            break
        if token.tag == "C" or token.text in (",", ":"):
            between = token.text if token.text == ":" or not between else between
            since += 1
    return f"{verb} {'and' if between.isalpha() else between} {min(since, 3)}"


def _governor(done: list[Token]) -> tuple[str, str]:
    """What kind of verb the sentence has so far, and whether its subject is one or many."""
    at = next((i for i, token in enumerate(done) if token.tag in ("V", "M", "B")), None)
    if at is None:
        return "none", "none"
    last = next(token for token in reversed(done) if token.tag in ("V", "M", "B", "TO"))
    verb = "data" if last.lemma in verbs.HAS | verbs.STORE else "act" if last.tag == "V" else last.tag
    subject = next((token for token in reversed(done[:at]) if token.tag in ("N", "R")), None)
    if subject is None:
        return verb, "none"
    return verb, "many" if naming.is_plural(subject.low) else "one"
