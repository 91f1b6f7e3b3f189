"""Data of deeds: what a clause says of a deed itself: `on a date`, `for a fee`, `with an amount`."""

from collections.abc import Sequence
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.regions import STATING
from codebegen.understanding.embedded.text import Token

# Data that tells what a thing is; it is never data of a deed.
_IDENTITY = frozenset(
    "name title code description email address label isbn sku serial_number number url type category status state "
    "kind color colour size breed phone color_code".split()
)
_OF_EVENTS = frozenset(
    "date day time moment hour reason comment remark note duration condition amount quantity price fee cost "
    "value result score grade mark rating feedback deposit discount odometer mileage message share percentage "
    "level role confidence severity importance satisfaction urgency frequency since until position point tip "
    "opinion sure dose dosage frequency outcome start end deadline place".split()
)
_DATA = nouns.FIELDS_ONLY | frozenset("comment note rating feedback message dose".split())
_AROUND = frozenset("on at for from until till since".split())
_MEASURED = frozenset("decimal integer date datetime time duration percent money".split())


def is_of_event(item: Item) -> bool:
    """Whether an item says something of a deed, and not of what it is done to."""
    if item.name in _IDENTITY or item.sub:
        return False
    return bool(item.wh) or item.head in _OF_EVENTS or item.spec.type in _MEASURED or bool(item.spec.unit)


def names_thing(phrase: Phrase) -> bool:
    """Whether a phrase in a clause is data and no thing: `with a message`."""
    return phrase.head in _DATA and phrase.quantity.low is None and not phrase.words[-1].named


def data_of_deed(frame: Frame) -> tuple[tuple[Item, ...], bool]:
    """The data that stand beside what is done, and whether they may as well be its own: `with an amount`."""
    span = any(name == "from" for name, _ in frame.preps)
    told = [(n, p) for n, p in frame.preps if names_thing(p) and _is_told("until" if span and n == "to" else n, p)]
    if any(t.low in STATING for t in frame.rest) or not (told or _as_one_of(frame)):
        return (), False
    listed: list[Token] = []
    for at, (name, phrase) in enumerate(told):
        end = told[at + 1][1].start if at + 1 < len(told) else frame.end
        listed.extend(_stretch(frame, name, phrase, end))
    items = (*_as_one_of(frame), *(_end_of_span(item) for item in read_items(tuple(listed)) if item.name))
    if any(item.name in _IDENTITY for item in items):
        return (), False
    return items, bool(told) and told[0][0] not in _AROUND


def _end_of_span(item: Item) -> Item:
    """`from a date until a date`: which of the two."""
    side = _SIDES.get(item.prep) if item.head in ("date", "day", "time", "month", "year") else None
    return item if side is None else replace(item, name=f"{side}_{item.head}")


_SIDES = {"from": "start", "since": "start", "until": "end", "till": "end"}


def _as_one_of(frame: Frame) -> tuple[Item, ...]:
    """`as chair, secretary or plain member`: in which role, where several are named."""
    roles = [p for name, p in frame.preps if name == "as"]
    if len(roles) < _SEVERAL:
        return ()
    named = tuple(t for t in frame.rest if roles[0].start <= t.start < roles[-1].end)
    place = (roles[0].start, roles[-1].end)
    inside = Token("(", "(", *place, "group", "GROUP", "", named)
    return read_items((Token("role", "role", *place, "word", "N", "role"), inside))


_SEVERAL = 2


def _is_told(name: str, phrase: Phrase) -> bool:
    return (name == "with" or name in _AROUND) and phrase.det in ("a", "an", "", "its", "their") and not phrase.plural


def _stretch(frame: Frame, name: str, phrase: Phrase, end: int) -> Sequence[Token]:
    """The words of one datum, with a comma behind it."""
    row = min((p.start for _, p in frame.preps if phrase.start < p.start < end and not _is_unit(p)), default=end)
    found = [t for t in frame.rest if phrase.start <= t.start < min(end, row)]
    while found and found[-1].tag in ("P", "C", "PUNCT", "D"):
        found.pop()
    lead = [t for t in frame.rest if t.low == name and t.end < phrase.start][-1:] if name in _KEPT else []
    return (*lead, *found, Token(",", ",", phrase.end, phrase.end, "punct", "PUNCT"))


_KEPT = ("from", "until", "till", "since")


def _is_unit(phrase: Phrase) -> bool:
    return phrase.head in words.UNITS or phrase.words[-1].low in words.UNITS
