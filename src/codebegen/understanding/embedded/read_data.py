"""Data of a thing that people look at or write down: `hikers see for a trail its name`, `the height of each tree`."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds, Mention
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.reading import Setting, is_thing
from codebegen.understanding.embedded.text import Tokens
from codebegen.understanding.embedded.values import attribute_share

_TELLING = verbs.READ | verbs.STORE | frozenset("enter fill".split())
_PARTICLES = frozenset("down in up also out back".split())
_EACH = frozenset(words.EACH) | {"a", "an", "any", "every"}
_MOSTLY = 0.5


def read_data(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """Fields of the thing that is named before its data, or behind it with `of each`."""
    if frame.negated or frame.passive or frame.verb not in _TELLING or not frame.subjects:
        return
    found = _named_first(frame.rest) or _named_last(frame.rest)
    if found is None:
        return
    owner, listed = found
    items = read_items(listed)
    yield Mention(owner, 5 if len(items) > 1 else 2, "subject", owner.start, owner.end)
    for item in items:
        yield Holds(owner, item, item.start, item.end)


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
