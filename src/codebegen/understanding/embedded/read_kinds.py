"""Kinds of a row, told beside it: `exams, written or oral, have a date`, `three kinds of tickets: day and week`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded import values as value_lists
from codebegen.understanding.embedded.choice_lists import KINDS
from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds, Mention
from codebegen.understanding.embedded.items import read_item
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing
from codebegen.understanding.embedded.text import Token, Tokens


def read_kinds(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """What kinds there are of a thing, in a bracket behind it."""
    listed = frame.verb in verbs.HAS | verbs.STORE and not (frame.subjects and is_teller(frame.subjects[-1]))
    objects = () if listed else (*frame.objects, *(p for _, p in frame.preps))
    for phrase in (*frame.subjects, *objects):
        group = phrase.group
        if group is None or group.text != value_lists.WRAPPED or not _is_row(phrase):
            continue
        yield from _holds(phrase, "type", group)


def _holds(phrase: Phrase, name: str, group: Token) -> Iterator[Fact]:
    word = Token(name, name, phrase.start, phrase.end, "word", "N", name)
    item = read_item((word, group))
    if item is not None and item.spec.values:
        yield Holds(phrase, item, item.start, item.end)


def kinds_of(tokens: Tokens) -> tuple[Fact, ...] | None:
    """`Types of customers {private, public}`, `three kinds of tickets {…}`, and nothing more."""
    at = next((i for i, t in enumerate(tokens[:_EARLY]) if t.lemma in KINDS), -1)
    if any(t.tag not in ("B", "D", "#", "J") and t.low != "there" for t in tokens[: max(at, 0)]):
        return None
    found = read_phrase(tokens, at + 2) if at >= 0 and [t.low for t in tokens[at + 1 : at + 2]] == ["of"] else None
    group = found[0].group if found is not None else None
    if found is None or group is None or group.text != value_lists.WRAPPED or found[1] < len(tokens):
        return None
    phrase = replace(found[0], group=None)
    return (Mention(phrase, 3, "object", phrase.start, phrase.end), *_holds(phrase, tokens[at].lemma, group))


_EARLY = 5


def _is_row(phrase: Phrase) -> bool:
    known = phrase.head in nouns.THINGS | nouns.PERSONS or phrase.plural
    return is_thing(phrase) and known and not phrase.is_field and phrase.head not in nouns.ENUM_NOUNS
