"""Kinds of a row, told beside it: `exams, written or oral, have a date`, `three kinds of tickets: day, week and season`."""

from collections.abc import Iterator

from codebegen.understanding.embedded import values as value_lists
from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds
from codebegen.understanding.embedded.items import read_item
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing
from codebegen.understanding.embedded.text import Token


def read_kinds(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """What kinds there are of a thing, in a bracket behind it."""
    listed = frame.verb in verbs.HAS | verbs.STORE and not (frame.subjects and is_teller(frame.subjects[-1]))
    objects = () if listed else (*frame.objects, *(p for _, p in frame.preps))
    for phrase in (*frame.subjects, *objects):
        group = phrase.group
        if group is None or group.text != value_lists.WRAPPED or not _is_row(phrase):
            continue
        word = Token("type", "type", phrase.start, phrase.end, "word", "N", "type")
        item = read_item((word, group))
        if item is not None and item.spec.values:
            yield Holds(phrase, item, item.start, item.end)


def _is_row(phrase: Phrase) -> bool:
    known = phrase.head in nouns.THINGS | nouns.PERSONS or phrase.plural
    return is_thing(phrase) and known and not phrase.is_field and phrase.head not in nouns.ENUM_NOUNS
