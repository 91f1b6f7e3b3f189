"""Survey of data: each noun that no rule took and that may name something a thing has, and where things are told."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.discourse import Reading
from codebegen.understanding.embedded.draft import Draft
from codebegen.understanding.embedded.names import Names
from codebegen.understanding.embedded.outline_parts import Definition, Outline, Passage
from codebegen.understanding.embedded.pair_survey import roles_in
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.text import Tokens

_NOMINAL = frozenset(("N", "J", "D", "Q", "#", "VP", "VG"))
_NO_DATA = frozenset(("id", "ids", "uuid"))
_BETWEEN = frozenset((",", "and", "or", "&", ";", "plus"))


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun phrase between `at` and `behind`: the entity that it speaks of, if any, and its part in a clause.

    Those of one enumeration have the same `run`.
    """

    phrase: Phrase
    key: str | None
    role: str
    frame: Frame | None
    at: int
    behind: int
    run: int


@dataclass(frozen=True, slots=True)
class Before:
    """What was spoken of before a sentence: first and last in the one before, and who did something last."""

    topic: str | None = None
    last: str | None = None
    subject: str | None = None
    seen: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Sentence:
    """The nouns of a sentence in reading order, and what was spoken of before."""

    tokens: Tokens
    nouns: tuple[Noun, ...]
    before: Before

    @property
    def things(self) -> list[Noun]:
        """The nouns that speak of entities."""
        return [noun for noun in self.nouns if noun.key is not None]


def survey_data(told: Outline, reading: Reading, names: Names) -> Iterator[Sentence]:
    """The sentences of a description."""
    before = Before()
    for part in told.parts:
        if isinstance(part, Definition):
            key = names.find(part.head)
            before = Before(key, key, key, before.seen)
            continue
        sentence = Sentence(part.tokens, tuple(_nouns(part, reading.frames, names)), before)
        yield sentence
        before = _after(sentence)


def open_nouns(sentence: Sentence, draft: Draft) -> Iterator[Noun]:
    """Those that may name data, and that no rule made a field."""
    taken = [(f.item.start, f.item.end) for entity in draft.entities.values() for f in entity.fields.values()]
    for noun in sentence.nouns:
        free = not any(start <= noun.phrase.start < end for start, end in taken)
        if noun.key is None and noun.phrase.words[-1].tag == "N" and free and noun.phrase.head not in _NO_DATA:
            yield noun


def _after(sentence: Sentence) -> Before:
    things, before = sentence.things, sentence.before
    if not things:
        return before
    subjects = [thing.key for thing in things if thing.role in ("does", "suffers")]
    seen = before.seen | {thing.key for thing in things if thing.key is not None}
    return Before(things[0].key, things[-1].key, subjects[-1] if subjects else before.subject, seen)


def _nouns(part: Passage, frames: Sequence[Frame], names: Names) -> Iterator[Noun]:
    inside = [frame for frame in frames if part.start <= frame.start < part.end]
    known = {phrase.start: (role, frame) for frame in reversed(inside) for role, phrase in _roles(frame)}
    run, last = 0, -1
    for phrase, at, behind in _phrases(part.tokens):
        run += not (0 <= last <= at and all(t.low in _BETWEEN or t.tag == "D" for t in part.tokens[last:at]))
        around = next((f for f in reversed(inside) if f.start <= phrase.start < f.end), None)
        role, frame = known.get(phrase.start, ("loose", around))
        yield Noun(phrase, names.find(phrase), role, frame, at, behind, run)
        if phrase.of is not None:
            yield Noun(phrase.of, names.find(phrase.of), f"{role} of", frame, at, behind, run)
        last = behind


def _roles(frame: Frame) -> Iterable[tuple[str, Phrase]]:
    """The first part that each phrase has in a clause."""
    return reversed(list(roles_in(frame)))


def _phrases(tokens: Tokens) -> Iterator[tuple[Phrase, int, int]]:
    at = 0
    while at < len(tokens):
        found = read_phrase(tokens, at) if tokens[at].tag in _NOMINAL else None
        if found is not None:
            yield found[0], at, found[1]
        at = max(found[1], at + 1) if found is not None else at + 1
