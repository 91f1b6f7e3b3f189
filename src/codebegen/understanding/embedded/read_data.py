"""Data of a thing that people look at or write down: `hikers see for a trail its name`, `the height of each tree`."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds, Mention
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.reading import Setting, is_thing
from codebegen.understanding.embedded.text import Tokens, split_on
from codebegen.understanding.embedded.values import attribute_share

_TELLING = verbs.READ | verbs.STORE | frozenset("enter fill".split())
_PARTICLES = frozenset("down in up also out back".split())
_EACH = frozenset(words.EACH) | {"a", "an", "any", "every"}
_MOSTLY = 0.5


def read_data(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """Fields of the thing that is named before its data, or behind it with `of each`."""
    if frame.negated or frame.passive or not frame.subjects:
        return
    made = _made_first(frame.rest) if frame.verb in verbs.CREATE | verbs.STORE | {"do"} else None
    if made is not None:
        yield Mention(made[0], 3, "created", made[0].start, made[0].end)
        for item in read_items(made[1]):
            yield Holds(made[0], item, item.start, item.end)
    if made is not None or frame.verb not in _TELLING:
        return
    found = _named_before(frame) or _named_first(frame.rest) or _named_last(frame.rest)
    if found is None:
        return
    owner, listed = found
    items = read_items(listed)
    yield Mention(owner, 5 if len(items) > 1 else 2, "subject", owner.start, owner.end)
    for item in items:
        yield Holds(owner, item, item.start, item.end)


def _made_first(rest: Tokens) -> tuple[Phrase, Tokens] | None:
    """`(I make) an appointment, day and hour, which tuner, and how long it takes`: what is made, and its data."""
    found = read_phrase(rest, 0)
    if found is None or not _is_owner(found[0]) or not is_thing(found[0]):
        return None
    listed = rest[found[1] + 1 :]
    bare = bool(listed) and rest[found[1]].text == "," and listed[0].tag in ("N", "J", "W")
    return (found[0], listed) if bare and data_share(listed) >= _MOSTLY else None


def _named_before(frame: Frame) -> tuple[Phrase, Tokens] | None:
    """`Of each parcel we want to see the weight`."""
    owner = next((p for name, p in frame.lead if name in ("of", "for", "about") and _is_owner(p)), None)
    if owner is None or frame.verb in verbs.STORE or data_share(frame.rest) < _MOSTLY:
        return None
    return owner, frame.rest


def data_share(listed: Tokens) -> float:
    """How much of a list names fields, or asks for them: `when, for how many minutes, and where`."""
    pieces = split_on(listed, frozenset((",", ";", "and", "&")))
    asked = sum(any(t.tag == "W" for t in piece[:2]) for piece in pieces)
    plain = attribute_share(tuple(t for t in listed if t.tag != "W"))
    return min(1.0, plain + asked / len(pieces)) if pieces else 0.0


def _named_first(rest: Tokens) -> tuple[Phrase, Tokens] | None:
    """`for a trail its name, length in km and the track`."""
    begin = next((i for i, t in enumerate(rest) if t.low not in _PARTICLES), len(rest))
    if begin + 1 >= len(rest) or rest[begin].low not in ("for", "of", "about", "on"):
        return None
    found = read_phrase(rest, begin + 1)
    if found is None or not _is_owner(found[0]):
        return None
    listed = tuple(t for t in rest[found[1] :] if t.low not in words.POSSESSIVES)
    asked = bool(listed) and listed[0].tag == "W"
    return (found[0], listed) if asked or (listed and attribute_share(listed) >= _MOSTLY) else None


def _named_last(rest: Tokens) -> tuple[Phrase, Tokens] | None:
    """`the name, the height and the age of each tree`."""
    at = next((i for i in range(len(rest) - 2, 0, -1) if rest[i].low in ("of", "for")), 0)
    found = read_phrase(rest, at + 1) if at and rest[at + 1].low in words.EACH else None
    if found is None or not _is_owner(found[0]) or found[1] < len(rest):
        return None
    listed = rest[:at]
    nested = any(t.low in words.EACH for t in listed)
    return (found[0], listed) if not nested and attribute_share(listed) >= _MOSTLY else None


def _is_owner(phrase: Phrase) -> bool:
    named = is_thing(phrase) or phrase.words[-1].tag == "N"  # whatever the word means elsewhere, here it has fields
    return phrase.det in _EACH and named and phrase.head not in nouns.FIELDS_ONLY
