"""Mentions: every place where an entity is spoken of, by a name of it or by the verb that its name comes from.

Readers take clauses and lists apart; this is what stands in the text, whether anybody could read it or not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from codebegen.understanding.embedded.deeds import deed_of
from codebegen.understanding.embedded.names import Names
from codebegen.understanding.embedded.outline_parts import Definition, Outline, Passage
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.text import Token, flat, tokenize

_LONGEST = 3
_VERBS = frozenset(("V", "VP"))
_SMALL = frozenset("D P C S B M # Q R W X A".split())
_ADORNING = frozenset("D # Q J N".split())


@dataclass(frozen=True, slots=True)
class Mention:
    """One place: the entity, which words of the line, whether only a verb speaks of it, the small word before."""

    key: str
    start: int
    end: int
    deed: bool
    behind: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line or a sentence: its words, those in brackets too, what it mentions, and the entity that it defines."""

    words: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    defines: str | None

    def between(self, one: Mention, other: Mention) -> str:
        """The words between two mentions: small ones as they are, others by their class."""
        return " ".join(_small(word) or word.tag for word in self.words[one.end : other.start])


def find_mentions(told: Outline, text: str, names: Names) -> list[Line]:
    """All lines and sentences in reading order."""

    @cache
    def deed(verb: str) -> str | None:
        known = [key for key in names.entities if deed_of(verb, key.rsplit("_", 1)[-1])]
        return known[0] if len(known) == 1 else None

    def line(part: Definition | Passage) -> Line:
        tokens = part.tokens if isinstance(part, Passage) else tag(tokenize(text, part.start, part.end))
        words = tuple(flat(tokens))
        named = {mention.start: mention for mention in _named(words, names)}
        taken = {at for mention in named.values() for at in range(mention.start, mention.end)}
        for at, word in enumerate(words):
            if word.tag in _VERBS and at not in taken and (key := deed(word.lemma or word.low)):
                named[at] = Mention(key, at, at + 1, deed=True, behind=_behind(words, at))
        defines = names.find(part.head) if isinstance(part, Definition) else None
        return Line(words, tuple(named[at] for at in sorted(named)), defines)

    return [line(part) for part in told.parts]


def _named(words: Sequence[Token], names: Names) -> Iterator[Mention]:
    """Where the longest run of words names an entity."""
    at = 0
    while at < len(words):
        key, length = _longest(words, at, names)
        if key is not None:
            yield Mention(key, at, at + length, deed=False, behind=_behind(words, at))
        at += length


def _longest(words: Sequence[Token], at: int, names: Names) -> tuple[str | None, int]:
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        last = words[at + length - 1]
        if last.kind == "word" and last.tag not in _VERBS:
            key = "_".join((word.lemma or word.low).replace("-", "_") for word in words[at : at + length])
            known = names.aliases.get(key, key)
            if known in names.entities:
                return known, length
    return None, 1


def _small(word: Token) -> str | None:
    return word.low if word.kind != "word" or word.tag in _SMALL else None


def _behind(words: Sequence[Token], at: int) -> str:
    """The word or sign before a mention that tells how it is tied to what stands before; articles don't."""
    for word in words[max(0, at - 3) : at][::-1]:
        if word.kind != "word" or word.tag not in _ADORNING:
            return _small(word) or word.tag
    return "begin" if at <= 3 else "far"
