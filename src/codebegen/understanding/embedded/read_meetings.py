"""Rows of two together: `patients have appointments with doctors`, `employees log hours on projects`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds, Link, Mention
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_item, read_items
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.lines import is_line_data
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_row, is_teller
from codebegen.understanding.embedded.text import Token
from codebegen.understanding.embedded.values import attribute_share


def read_meetings(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """The first form that fits; the readers of fields and acts then leave the frame alone."""
    told = frame.link == "main" and not frame.passive and not frame.negated and bool(frame.subjects)
    if not told or is_teller(frame.subjects[-1]) or not is_row(frame.subjects[-1]):
        return
    for form in (_with_others, _against_each_other, _measured, _handed, _two_of, _ordered):
        found = list(form(frame, setting))
        if found:
            yield from found
            return


# What two have together, and each of the two has others of.
MEETINGS = nouns.ASSOCIATION_NOUNS | frozenset(
    "appointment session meeting consultation lesson interview conversation call chat walk contract agreement deal "
    "arrangement treatment ride visit viewing lease date talk policy engagement".split()
)
_HAVING = frozenset("have hold get".split())


def _with_others(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Patients have appointments with doctors`: in general, one of each in an appointment."""
    if frame.verb not in _HAVING or len(frame.objects) != 1 or frame.objects[0].head not in MEETINGS:
        return
    row, who = frame.objects[0], frame.subjects[-1]
    others = [p for name, p in frame.preps if name in _BESIDE and p.det not in words.POSSESSIVES]
    if not others or frame.preps[0][0] != "with" or not all(map(is_row, others)):
        return
    many = [p.quantity.many for p in others]
    yield Mention(row, 3, "created", row.start, row.end)
    yield Mention(who, 3, "subject", who.start, who.end)
    yield Link(row, who, frame.start, frame.end, "belong", False, True)
    for other, several in zip(others, many, strict=True):
        yield Mention(other, 3, "object", other.start, other.end)
        yield Link(row, other, frame.start, frame.end, "belong", several, True)


_BESIDE = ("with", "at", "in", "for", "about")


def _against_each_other(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Teams play matches against each other`: a match has two of them."""
    lows = [t.low for t in frame.rest]
    at = next((i for i, low in enumerate(lows) if low in ("against", "with", "between")), len(lows))
    each_other = lows[at + 1 : at + 3] in (["each", "other"], ["one", "another"])
    row = frame.objects[0] if frame.objects else None
    if not each_other or row is None or not is_row(row):
        return
    who = replace(frame.subjects[-1], quantity=replace(frame.subjects[-1].quantity, many=False))
    yield Mention(row, 3, "created", row.start, row.end)
    yield Mention(who, 3, "subject", who.start, who.end)
    for side in ("first", "second"):
        yield Link(row, who, frame.start, frame.end, "between", False, True, f"{side}_{who.key}")


_NOTING = frozenset("log record track report enter note book register write submit".split())


def _measured(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Employees log hours on projects`: an entry of who it was, of what it was for, and of how much it was."""
    what = frame.objects[0] if len(frame.objects) == 1 else None
    about = [p for name, p in frame.preps if name in ("on", "for", "to", "per", "in") and is_row(p)]
    if frame.verb not in _NOTING or what is None or not about or not frame.subjects[-1].is_person:
        return
    low, time = what.words[-1].low, what.words[-1].low in _TIMES
    if not (time or low in words.UNITS or low == "mileage"):
        return
    row = _named(("time" if time else what.head, "entry"), what)
    yield Mention(row, 4, "created", what.start, what.end)
    yield Link(row, frame.subjects[-1], frame.start, frame.end, "create", False, True)
    for target in about:
        yield Mention(target, 3, "object", target.start, target.end)
        yield Link(row, target, frame.start, frame.end, "belong", False, True)
    item = read_item(what.words) if low != "time" else None
    if item is not None:
        typed = item if time else replace(item, spec=replace(item.spec, type="decimal"))
        yield Holds(row, typed, item.start, item.end)


_TIMES = frozenset("time hours minutes days".split())


# What is handed to somebody is there without that; the deed has data of its own.
_HANDING = {
    "prescribe": "prescription",
    "lend": "loan",
    "rent": "rental",
    "award": "award",
    "sell": "sale",
    "recommend": "recommendation",
    "assign": "assignment",
    "allocate": "allocation",
}
_OF_THING = frozenset("name title code description label deadline due_date priority".split())


def _handed(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Doctors prescribe medicines to patients with a dosage`: a row of the three, with its data."""
    at = next((i for i, t in enumerate(frame.rest) if t.low in ("with", "for", "at") and i), len(frame.rest))
    given = [p for p in frame.objects if p.end <= frame.rest[at - 1].end] if frame.rest else []
    whom = [p for name, p in frame.preps if name == "to" and p.end <= frame.rest[at - 1].end]
    listed = frame.rest[at + 1 :]
    items = read_items(listed) if attribute_share(listed) >= _MOSTLY else ()
    rows = len(given) == len(whom) == 1 and is_row(given[0]) and is_row(whom[0])
    if frame.verb not in _HANDING or not rows or not items or any(i.name in _OF_THING for i in items):
        return
    row = _named((_HANDING[frame.verb],), given[0])
    yield Mention(row, 4, "created", frame.start, frame.end)
    yield Link(row, frame.subjects[-1], frame.start, frame.end, "create", False, True)
    for phrase in (given[0], whom[0]):
        yield Mention(phrase, 4, "object", phrase.start, phrase.end)
        yield Link(row, phrase, frame.start, frame.end, "belong", False, True)
    for item in items:
        yield Holds(row, item, item.start, item.end)


_MOSTLY = 0.5


def _two_of(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A flight connects two airports, with a departure time`: a key to each of the two."""
    row, ends = frame.subjects[-1], frame.objects[0] if frame.objects else None
    if frame.verb not in _JOINING or row.is_person or ends is None or ends.quantity.high != _TWO or not is_row(ends):
        return
    yield Mention(row, 4, "subject", row.start, row.end)
    yield Mention(ends, 4, "object", ends.start, ends.end)
    for side in ("first", "second"):
        yield Link(row, ends, frame.start, frame.end, "between", False, True, f"{side}_{ends.key}")
    for item in _data_with(frame):
        yield Holds(row, item, item.start, item.end)


_JOINING = frozenset("connect link join".split())
_TWO = 2
_ORDERING = {"order": "order", "buy": "purchase", "purchase": "purchase", "request": "request"}


def _ordered(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Guests order dishes with a quantity and a remark`: how much is of the order, not of the dish."""
    what, who = frame.objects[0] if frame.objects else None, frame.subjects[-1]
    items = _data_with(frame)
    if frame.verb not in _ORDERING or what is None or not is_row(what) or not who.is_person:
        return
    if not is_line_data("order", what, items):
        return
    row = _named((_ORDERING[frame.verb],), what)
    yield Mention(row, 4, "created", frame.start, frame.end)
    yield Mention(what, 4, "object", what.start, what.end)
    yield Link(row, who, frame.start, frame.end, "create", False, True)
    yield Link(row, what, frame.start, frame.end, "belong", False, True)
    for item in items:
        yield Holds(row, item, item.start, item.end)


def _data_with(frame: Frame) -> tuple[Item, ...]:
    """What stands behind `with`, where that is data."""
    at = next((i for i, t in enumerate(frame.rest) if t.low == "with"), len(frame.rest))
    listed = frame.rest[at + 1 :]
    return read_items(listed) if attribute_share(listed) >= _MOSTLY else ()


def _named(words_of: tuple[str, ...], place: Phrase) -> Phrase:
    """A noun that nobody said, for rows told at a place: `time entry`."""
    parts = tuple(Token(part, part, place.start, place.end, "word", "N", part) for part in words_of)
    return Phrase(parts, place.start, place.end)


_MAKING = (verbs.CREATE | verbs.STORE | {"perform", "do", "conduct"}) - {"want", "know", "need", "hold", "keep"}
_GENERIC = ("", "a", "an", "each", "every")
_AT = ("on", "in", "at", "of", "for", "to", "about")


def keys_of_deed(frame: Frame, row: Phrase) -> Iterator[Fact]:
    """`Rangers record sightings in a park: …`: what people note is of them, and of what it is noted on."""
    who = frame.subjects[-1] if frame.subjects else None
    noted = frame.verb in _MAKING and not frame.passive and any(p.start == row.start for p in frame.objects)
    if who is None or not noted or not who.is_person or is_teller(who) or who.det not in _GENERIC:
        return
    plain = replace(row, of=None)
    placed = [p for name, p in frame.preps if name in _AT and p.start >= row.end]
    yield Link(plain, who, frame.start, frame.end, "create", False, True)
    for target in (*([row.of] if row.of is not None else ()), *placed):
        if is_row(target) and (target.plural or target.det in ("a", "an", "each", "every")):
            yield Mention(target, 4, "object", target.start, target.end)
            yield Link(plain, target, frame.start, frame.end, "belong", False, True)
