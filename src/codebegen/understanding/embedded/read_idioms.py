"""Deeds whose rows have a usual name: `log work on tickets`, `be on the waiting list of a toy`, `give a dog a mark`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.deed_data import data_of_deed
from codebegen.understanding.embedded.deeds import noun_of
from codebegen.understanding.embedded.facts import Association, Fact, Holds, Link, Mention
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_item, read_items
from codebegen.understanding.embedded.lexicon import nouns, words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.read_marks import mark_of
from codebegen.understanding.embedded.reading import Setting, is_row, is_teller
from codebegen.understanding.embedded.text import Token, Tokens

_SEVERAL = 2


def read_idioms(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """The first form that fits; the readers of acts then leave the frame alone."""
    if frame.negated or frame.link in ("unless", "purpose"):
        return
    for form in (_logged, _queued, _offered, _assigned, _marked, _given_mark, _paid, _coming, _needed, _befriended):
        if found := list(form(frame)):
            yield from found
            return


def _who(frame: Frame) -> Phrase | None:
    who = (frame.prep("by") if frame.passive else frame.subjects)[-1:]
    return who[0] if who and is_row(who[0]) and not is_teller(who[0]) else None


def _rows(frame: Frame, *names: str) -> tuple[Phrase, ...]:
    """Things behind prepositions."""
    return tuple(p for name, p in frame.preps if name in names and is_row(p) and p.head not in words.UNITS)


def _deed(
    frame: Frame, noun: str, what: tuple[Phrase, ...], items: tuple[Item, ...], who: Phrase | None
) -> Iterator[Fact]:
    for phrase in what:
        yield Mention(phrase, 0 if phrase.is_person else 2, "object", phrase.start, phrase.end)
    if who is not None:
        yield Mention(who, 0 if who.is_person else 2, "actor", who.start, who.end)
    yield Association(noun, frame.verb, who, what, frame.start, frame.end, items)


_WORK = {"work": "work_log", "time": "time_entry", "hour": "time_entry", "effort": "time_entry"}


def _logged(frame: Frame) -> Iterator[Fact]:
    """`Developers log work on tickets`, `helpers enter their hours for a task`."""
    done = next((_WORK[p.head] for p in frame.objects[:1] if p.head in _WORK and not frame.passive), "")
    what = _rows(frame, "on", "for", "against", "to")
    if done and what and frame.verb in ("log", "record", "enter", "report", "clock", "track", "book", "note", "put"):
        counted = frame.objects[0] if frame.objects[0].head == "hour" else None
        items = (*(read_items(counted.words) if counted is not None else ()), *data_of_deed(frame)[0])
        yield from _deed(frame, done, what[:1], items, _who(frame))


_LISTS = ("waiting_list", "waitlist", "wait_list")


def _queued(frame: Frame) -> Iterator[Fact]:
    """`Families put themselves on the waiting list of a toy`: each is an entry of theirs."""
    told = next((p for name, p in frame.preps if name in ("on", "onto", "to") and p.key.endswith(_LISTS)), None)
    who = _who(frame) or next((p for p in frame.subjects if frame.passive and is_row(p)), None)
    if told is None or who is None:
        return
    about = (told.of,) if told.of is not None and is_row(told.of) else _rows(frame, "for", "of")
    data = tuple(t for t in frame.rest if t.start > told.end)
    items = read_items(data[1:]) if data and data[0].low == "with" else ()
    if about:
        yield from _deed(frame, "waiting_list_entry", about[:1], items, who)
        return
    row = _phrase("waiting_list_entry", frame)
    yield Mention(who, 0 if who.is_person else 2, "actor", who.start, who.end)
    yield Mention(row, 4, "created", frame.start, frame.end)
    yield Link(row, who, frame.start, frame.end, "create", False, True)
    yield from (Holds(row, item, item.start, item.end) for item in items)


def _phrase(key: str, frame: Frame) -> Phrase:
    found = tuple(Token(part, part, frame.start, frame.end, "word", "N", part) for part in key.split("_"))
    return Phrase(found, frame.start, frame.end)


def _offered(frame: Frame) -> Iterator[Fact]:
    """`The warden offers the room to a student`: an offer, of that room to that student."""
    to = tuple(p for p in _rows(frame, "to") if p.is_person and not p.plural)
    what = tuple(p for p in frame.objects if is_row(p) and not p.plural and not p.is_person)
    if frame.verb == "offer" and not frame.passive and what and to:
        yield from _deed(frame, "offer", (what[0], to[0]), data_of_deed(frame)[0], _who(frame))


_DUTIES = frozenset("function role position capacity".split())


def _assigned(frame: Frame) -> Iterator[Fact]:
    """`For each election a worker is assigned to one station in one function`: of three there are rows."""
    if frame.verb not in ("assign", "allocate", "allot", "appoint"):
        return
    direct = frame.subjects[-1:] if frame.passive else frame.objects[:1]
    places = _rows(frame, "to")[:1]
    lead = tuple(p for name, p in frame.lead if name in ("for", "at", "in", "during", "on") and is_row(p))
    others = (*lead, *(p for p in _rows(frame, "for", "in", "at", "during", "on") if not p.is_field))
    others = tuple(p for p in others if p.head not in _DUTIES and (p.det in ("a", "an", *words.EACH)))
    if not direct or not is_row(direct[0]) or not places or not others:
        return
    duties = (read_item(p.words) for name, p in frame.preps if name in ("in", "as") and p.head in _DUTIES)
    items = tuple(item for item in duties if item is not None)
    yield from _deed(frame, "assignment", (direct[0], places[0], *others[:1]), items, None)


_MARKS = {
    "mark": "mark",
    "grade": "grade",
    "score": "score",
    "assess": "assessment",
    "judge": "mark",
    "evaluate": "evaluation",
}


def _marked(frame: Frame) -> Iterator[Fact]:
    """`Judges mark each tree on the trunk, the branches and the pot, from 0 to 20`: a row with all of them."""
    who, what = _who(frame), tuple(p for p in frame.objects if is_row(p))[:1]
    at = next((i for i, t in enumerate(frame.rest) if t.low in ("on", "for") and t.tag == "P"), -1)
    if frame.verb not in _MARKS or frame.passive or who is None or not what or at < 0:
        return
    end = next(
        (i for i in range(at, len(frame.rest)) if frame.rest[i].low in ("from", "between", "with")), len(frame.rest)
    )
    criteria = read_items(frame.rest[at + 1 : end])
    bounds = mark_of(frame.rest[end:])
    if len(criteria) < _SEVERAL or any(item.sub for item in criteria):
        return
    spec = bounds[0].spec if bounds else replace(criteria[0].spec, type="integer")
    yield from _deed(frame, _MARKS[frame.verb], what, tuple(replace(item, spec=spec) for item in criteria), who)


_GIVEN = {"mark": "mark", "grade": "grade", "score": "score", "rating": "rating", "point": "score", "star": "rating"}


def _given_mark(frame: Frame) -> Iterator[Fact]:
    """`A judge gives every dog a mark from 1 to 10`, `jurors award points to a film`."""
    who = _who(frame)
    mark = next((p for p in frame.objects if p.head in _GIVEN), None)
    if frame.verb not in ("give", "award") or frame.passive or who is None or mark is None:
        return
    others = (
        *(p for p in frame.objects if p is not mark and is_row(p) and p.head not in _GIVEN),
        *_rows(frame, "to", "for"),
    )
    items = mark_of(tuple(t for t in frame.rest if t.start >= mark.start)) or mark_of(frame.rest)
    if others and (items or mark.quantity.high is not None):
        yield from _deed(frame, _GIVEN[mark.head], others[:1], items, who)


_PAYING = frozenset("pledge donate contribute invest deposit withdraw stake bequeath".split())
_SUMS = frozenset("amount sum money".split())


def _paid(frame: Frame) -> Iterator[Fact]:
    """`A donor pledges an amount for a hospital and a year`."""
    amount = next((p for p in frame.objects if p.head in _SUMS), None)
    who, noun = _who(frame), noun_of(frame.verb) or frame.verb
    if amount is None or frame.verb not in _PAYING or frame.passive or who is None:
        return
    beside = [p for name, p in frame.preps if name in ("for", "to", "into", "in", "from")]
    data = [amount, *(p for p in beside if p.head in nouns.ATTRIBUTES and p.det in ("a", "an"))]
    items = tuple(item for p in data if (item := read_item(p.words)) is not None)
    what = tuple(p for p in _rows(frame, "for", "to", "into", "in", "from") if p not in data)
    if what:
        yield from _deed(frame, noun, what[:1], items, who)


_SAYING = frozenset("say tell answer indicate confirm state mark specify".split())
_COMING = frozenset("come attend join participate".split())


def _coming(frame: Frame) -> Iterator[Fact]:
    """`Singers say whether they come to a rehearsal`: an answer of each to each."""
    lows = [t.low for t in frame.rest]
    asked = "whether" in lows[:1] and any(t.lemma in _COMING for t in frame.rest[1:5])
    what = tuple(p for p in (*frame.objects, *_rows(frame, "to", "at", "in")) if is_row(p) and p.start > frame.start)
    what = tuple(p for p in what if p.det or p.plural)[-1:]
    if frame.verb not in _SAYING or frame.passive or not asked or not what:
        return
    item = read_item((_answer(frame.start, frame.end),))
    yield from _deed(frame, "attendance", what, (item,) if item is not None else (), _who(frame))


_CONSENT = frozenset("approval review signature confirmation".split())


def _needed(frame: Frame) -> Iterator[Fact]:
    """`A deployment needs an approval by somebody else, with a comment`."""
    row = next((p for p in frame.objects if p.head in _CONSENT and not p.plural), None)
    about = tuple(p for p in frame.subjects if is_row(p) and not p.is_person and not is_teller(p))[-1:]
    if frame.verb not in ("need", "require") or frame.passive or row is None or not about:
        return
    by = tuple(p for p in frame.prep("by", "from") if is_row(p))
    yield from _deed(frame, row.head, about, data_of_deed(frame)[0], by[0] if by else None)


def _befriended(frame: Frame) -> Iterator[Fact]:
    """`Players can befriend each other`: a friendship of two of them."""
    other = next((p for p in (*frame.objects, *frame.subjects) if is_row(p) and p.is_person), None)
    if frame.verb != "befriend" or frame.passive or other is None:
        return
    row = _phrase("friendship", frame)
    yield Mention(row, 4, "created", frame.start, frame.end)
    for side in ("first", "second"):
        yield Link(row, other, frame.start, frame.end, "between", False, True, f"{side}_{other.key}")


def _answer(start: int, end: int) -> Token:
    return Token("answer", "answer", start, end, "word", "N", "answer")


def answers(made: Phrase | None, listed: Tokens) -> Iterator[Fact]:
    """`…: yes, no or maybe`, behind what was asked: the values of the answer."""
    if made is None or not listed or listed[0].low not in ("yes", "no"):
        return
    start, end = listed[0].start, listed[-1].end
    item = read_item((_answer(start, end), Token("(", "(", start, end, "group", "GROUP", "", listed)))
    if item is not None:
        yield Holds(made, item, start, end)
