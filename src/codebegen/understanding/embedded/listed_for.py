"""Whose data a list behind a colon is: `chiefs keep the roster of their firefighters: name, rank`."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds, Link, Mention
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.read_data import data_share
from codebegen.understanding.embedded.read_meetings import keys_of_deed
from codebegen.understanding.embedded.reading import is_teller, is_thing
from codebegen.understanding.embedded.text import Tokens
from codebegen.understanding.embedded.values import wrap_values

_MOSTLY = 0.5
# What holds rows, and is none.
_BOOKS = words.COLLECTIONS | frozenset(
    "track roster register registry directory index file catalogue catalog book".split()
)
_ONE = ("a", "an", "each", "every")
_ABOUT = frozenset("about in for of on to out".split())


def read_listed_data(frame: Frame, listed: Tokens, made: Phrase | None) -> Iterator[Fact]:
    """The fields of a list behind a colon, and what the thing that has them belongs to."""
    about = listed_for(frame, listed, made)
    if about is None:
        return
    yield Mention(about, 3, "object", about.start, about.end)
    for item in read_items(listed):
        yield Holds(about, item, item.start, item.end)
    yield from keys_of_deed(frame, about)
    beside = [p for name, p in frame.preps if name in _PLACES and p.start > about.end and is_thing(p)]
    for target in beside if made is None and about in [p for _, p in frame.preps] else ():
        if target.head not in nouns.FIELDS_ONLY and target.det in ("a", "an", "the"):
            yield Link(about, target, frame.start, frame.end, "belong", False, None)


_PLACES = frozenset("on in for at of".split())


def listed_for(frame: Frame, listed: Tokens, made: Phrase | None) -> Phrase | None:
    """What was made, else what was acted on: `files are uploaded for a task: …`, `fill in a profile: …`."""
    if made is not None:
        return _kept_in(made)
    if data_share(wrap_values(listed)) < _MOSTLY:
        return None
    acted = frame.subjects if frame.passive else frame.objects
    things = [_kept_in(p) for p in acted if (is_thing(p) or p.of is not None) and not is_teller(p)]
    things = [p for p in things if (p.head not in nouns.FIELDS_ONLY or p.plural) and is_thing(p)]
    if things and (things[-1].det or things[-1].plural) and not (things[-1].is_person and frame.preps):
        return things[-1]
    doer = None if frame.passive else _doer(frame)
    if doer is not None:
        return doer
    beside = [p for name, p in frame.preps if name in _ABOUT and is_thing(p) and p.head not in nouns.FIELDS_ONLY]
    return next((p for p in beside if p.det in ("a", "an")), things[-1] if things else None)


def _doer(frame: Frame) -> Phrase | None:
    """`A top-up adds money to a wallet: amount, reference`: nothing is made but what is spoken of."""
    doer = frame.subjects[-1] if frame.subjects else None
    happening = doer is not None and doer.plural and not doer.det and frame.verb in _HAPPENING
    if doer is None or not (doer.det in _ONE or happening) or not is_thing(doer) or is_teller(doer) or doer.is_person:
        return None
    return doer if doer.head not in nouns.FIELDS_ONLY else None


_HAPPENING = frozenset("happen occur arise".split())


def _kept_in(phrase: Phrase) -> Phrase:
    """`the roster of my firefighters` keeps firefighters."""
    return phrase.of if phrase.head in _BOOKS and phrase.of is not None else phrase
