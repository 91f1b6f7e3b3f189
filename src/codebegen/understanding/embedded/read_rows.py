"""Rows that deeds leave, told by their data: `vendors offer teas at a price`, `scouts earn badges; we note when`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.deed_data import data_of_deed, is_of_event, names_thing
from codebegen.understanding.embedded.deeds import deed_of, noun_of
from codebegen.understanding.embedded.facts import Association, Fact, Holds, Link, Mention
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import verbs, words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.read_data import data_share
from codebegen.understanding.embedded.read_fields import read_groups
from codebegen.understanding.embedded.read_meetings import MEETINGS
from codebegen.understanding.embedded.reading import Setting, is_row, is_teller
from codebegen.understanding.embedded.text import Token, Tokens

_NO_DEED = verbs.HAS | verbs.STORE | verbs.UPDATE | verbs.DELETE | verbs.MANAGE | set(verbs.TOGGLE)
_NO_DEED = (_NO_DEED | {"be", "do", "let", "allow", "get", "log", "sign"}) - {"need"}
_OFFERING = frozenset(("offer", "sell"))
_SELF_MADE = (verbs.CREATE | set(verbs.STATE) | verbs.BELONG) - _OFFERING
_NOTING = verbs.STORE | frozenset("write enter add say give leave state specify tell choose".split())
_MOSTLY = 0.5


def read_rows(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """The first form that fits; the readers of acts then leave the frame alone."""
    if frame.negated or frame.link in ("if", "unless", "purpose"):
        return
    for form in (_asked_for, _with_data, _noted_of_made, _noted_after, _counted):
        found = list(form(frame, setting))
        if found:
            yield from found
            return


def deed_in(frame: Frame) -> bool:
    """Whether a clause tells who does what to what, so that the next may note what there is to say of that."""
    told = frame.link in ("main", "when", "whenever") and not frame.negated
    known = len(_done_to(frame)) + (_doer(frame) is not None) >= _SEVERAL or _is_happening(frame)
    return (told or _is_happening(frame)) and known and frame.verb not in _NO_DEED | _SELF_MADE


def _is_happening(frame: Frame) -> bool:
    """`Whenever a bike is repaired`: something that may happen to one thing more than once, and has a name."""
    about = frame.link in ("when", "whenever", "if") and frame.passive and not frame.negated
    named = noun_of(frame.verb) is not None and frame.verb not in verbs.ASSOCIATION.keys() | verbs.STATE.keys()
    what = _done_to(frame)
    return about and named and len(what) == 1 and not what[0].is_person


def goes_on_noting(frame: Frame) -> bool:
    """Whether a clause notes data of what was told before."""
    of_each = any(t.low in words.EACH for t in frame.rest)
    asked = frame.verb in ("need", "want") and any(t.tag == "W" for t in frame.rest[:1])
    return (asked or frame.verb in _NOTING) and not frame.lead and not of_each


def _doer(frame: Frame) -> Phrase | None:
    doers = frame.prep("by") if frame.passive else frame.subjects
    who = doers[-1] if doers else None
    return who if who is not None and is_row(who) and not is_teller(who) else None


def _done_to(frame: Frame, end: int | None = None) -> tuple[Phrase, ...]:
    """What a deed is done to, with what and where: rows only."""
    border = frame.end if end is None else end
    beside = tuple(p for name, p in frame.preps if name in _PLACES)
    done_to = frame.subjects[-1:] if frame.passive else frame.objects
    direct = [p for p in done_to if p.start < border and is_row(p) and p.det not in words.POSSESSIVES]
    if any(p.head in MEETINGS for p in direct):
        return ()  # what people have together is a row already
    found = (*direct[:1], *(p for p in beside if p.start < border and _is_rows_place(p)))
    doers = frame.prep("by") if frame.passive else frame.subjects
    return tuple(p for p in found if p.key not in {q.key for q in doers})


_PLACES = frozenset("with in on at for to from about of".split())


def _is_rows_place(phrase: Phrase) -> bool:
    plain = phrase.head not in words.UNITS and (phrase.det in ("a", "an", "each", "every") or phrase.plural)
    return is_row(phrase) and plain and not names_thing(phrase)


def _with_data(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A family adopts a dog on a date for a fee`, `a ticket uses parts, with an amount`."""
    who = _doer(frame)
    told = frame.link == "main" and not any(t.low in words.EACH for t in frame.rest)
    if (who is None and not frame.passive) or not told or frame.verb in _NO_DEED | _SELF_MADE:
        return
    items, own = data_of_deed(frame)
    if not all(map(is_of_event, items)) or (own and frame.verb in _OFFERING):
        return
    what = _done_to(frame, min((item.start for item in items), default=frame.end))
    if (
        not items
        or len(what) + (who is not None) < _SEVERAL
        or frame.verb in verbs.ASSOCIATION
        or (own and frame.verb in verbs.READ)
    ):
        return
    yield from _row(frame, who, what, items, what[0] if own else None)


def with_list(frame: Frame, listed: Tokens) -> Iterator[Fact]:
    """`Doctors prescribe medicines to patients: dose, how often, until when`, `for pieces we lent: which museum`."""
    who, what = _doer(frame), _done_to(frame)
    lent = tuple(p for name, p in frame.lead if name in ("for", "of") and is_row(p))
    ours = bool(frame.subjects) and is_teller(frame.subjects[-1]) and not frame.objects and not frame.passive
    if ours and len(lent) == 1 and frame.verb not in _NO_DEED | _SELF_MADE:
        items = read_items(listed)
        if items and _of_event(items, listed):
            yield from _row(frame, None, lent, items, None)
        return
    deed = deed_in(frame) and frame.verb not in verbs.ASSOCIATION and frame.link == "main"
    if who is None or not deed or len(what) + who.is_person < _SEVERAL:
        return
    items = read_items(listed)
    found = frame.verb in _FINDING and not any(item.sub or item.head in _OF_PEOPLE for item in items)
    if items and found:
        yield Association(noun_of(frame.verb) or frame.verb, frame.verb, who, what, frame.start, frame.end, items)
    elif items and _of_event(items, listed):
        yield from _row(frame, who, what, items, what[0])


_SEVERAL = 2
_FINDING = frozenset("check inspect examine test measure survey weigh treat diagnose audit".split())
"""What is listed behind these is found by doing it."""


def _noted_after(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`Scouts earn badges; we note the date and which leader signed`: data of the deed before."""
    deed = setting.told
    who = _doer(deed) if deed is not None else None
    same = (
        not frame.subjects or is_teller(frame.subjects[-1]) or (who is not None and frame.subjects[-1].key == who.key)
    )
    goes_on = deed is not None and (goes_on_noting(frame) or _of_each_done(frame, deed))
    named = _named_in_lead(frame, deed) if deed is not None else ""
    if deed is None or not same or setting.made is not None or not (goes_on or named):
        return
    noun, rest = (named, frame.rest) if named else _spoken_as(deed, frame)
    items = read_items(rest)
    told = {p.key for p in (*([who] if who is not None else []), *_done_to(deed))}
    items = tuple(item for item in items if item.phrase.key not in told)  # they are its keys already
    if _is_happening(deed) and who is None and not noun:
        row = noun_of(deed.verb)
        if row is not None and len(items) >= _SEVERAL and _of_event(items, rest) and not frame.passive:
            yield Association(row, deed.verb, None, _done_to(deed), frame.start, frame.end, items)
        return
    if items and not frame.passive and (noun or _of_event(items, frame.rest)):
        found = _row(deed, who, _done_to(deed), items, None if noun else _done_to(deed)[0])
        yield from (replace(f, noun=noun, between=False) if noun and isinstance(f, Association) else f for f in found)


def _named_in_lead(frame: Frame, deed: Frame) -> str:
    """`Inspectors visit inns; after each visit they enter the date`, `swimmers swim at meets; for each start …`."""
    lead = [p for name, p in frame.lead if name in ("after", "for", "at", "during", "on", "with", "per")]
    if len(lead) != 1 or frame.verb not in _NOTING:
        return ""
    told = {p.key for p in (*deed.subjects, *_done_to(deed))}
    new = lead[0].det in words.EACH and is_row(lead[0]) and not lead[0].is_person and lead[0].key not in told
    named = deed_of(deed.verb, lead[0].head) or (new and _of_event(read_items(frame.rest), frame.rest))
    return lead[0].key if named else ""


def _of_each_done(frame: Frame, deed: Frame) -> bool:
    """`For every book handed out we keep the day`, behind `teachers hand out books`."""
    done = any(t.tag == "VP" and t.lemma == deed.verb for t in frame.tokens)
    lead = [p.key for name, p in frame.lead if name in ("for", "of")]
    return frame.verb in _NOTING and done and len(lead) == 1 and lead[0] in {p.key for p in _done_to(deed)}


def _of_event(items: tuple[Item, ...], listed: Tokens) -> bool:
    """Whether all of it says something of a deed: `the date and which leader signed`."""
    asked = {t.end + 1 for t in listed if t.low in ("which", "what")}
    return all(is_of_event(item) or (item.phrase.start in asked and not item.phrase.plural) for item in items)


def _spoken_as(deed: Frame, frame: Frame) -> tuple[str, Tokens]:
    """`Guests complain about a room. We note the complaint's text`: the noun of the deed, and its data."""
    at = next((i for i, t in enumerate(frame.rest) if t.tag == "POSS"), 0)
    owner = frame.rest[at - 1].lemma if at else ""
    return (owner, frame.rest[at + 1 :]) if at and deed_of(deed.verb, owner) else ("", frame.rest)


def _noted_of_made(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`A clerk proposes a match, says how sure he is and adds a remark`: data of what was made in this sentence."""
    made, goes_on = setting.made, bool(frame.subjects) and frame.subjects[-1].words[-1].end <= frame.start
    if made is None or not goes_on or frame.verb not in _ADDING or frame.passive:
        return
    items = read_items(frame.rest)
    data = all(is_of_event(item) for item in items) or data_share(frame.rest) >= _MOSTLY
    own = any(item.phrase.plural or item.phrase.head in _OF_PEOPLE for item in items)
    if items and data and not own:
        yield Mention(frame.subjects[-1], 0, "actor", frame.subjects[-1].start, frame.subjects[-1].end)
        for item in items:
            yield Holds(made, item, item.start, item.end)


_OF_PEOPLE = frozenset("name email phone number address birthday".split())
_ADDING = frozenset("say add give leave state specify tell choose write enter note select pick set".split())


def _counted(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Citizens can support a petition, once per e-mail address`: what is counted has rows."""
    who = _doer(frame)
    lows = [t.low for t in frame.rest]
    at = next((i for i, low in enumerate(lows) if low == "once" or lows[i : i + 2] == ["one", "time"]), -1)
    deed = deed_in(frame) and frame.verb not in verbs.ASSOCIATION.keys() | verbs.READ
    what = _done_to(frame, frame.rest[at].start) if at > 0 else ()
    if who is None or not who.is_person or not deed or not what:
        return
    per = next((i for i in range(at, len(lows)) if lows[i] == "per"), len(lows))
    listed = frame.rest[per + 1 :]
    items = read_items(listed) if listed and data_share(listed) >= _MOSTLY else ()
    yield from _row(frame, who, what[:1], items, None, once=not items)


def _row(
    frame: Frame,
    who: Phrase | None,
    what: tuple[Phrase, ...],
    items: tuple[Item, ...],
    own: Phrase | None,
    *,
    once: bool = False,
) -> Iterator[Fact]:
    if not what:
        return
    place = (frame.start, frame.end)
    yield from read_groups(frame, Setting())
    if who is not None:
        yield Mention(who, 0 if who.is_person else 2, "actor", who.start, who.end)
    noun = f"{who.key if who is not None else frame.verb}_{what[0].key}"
    yield Association(noun, frame.verb, who, what, *place, items, once, between=True, own=own)


def _asked_for(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Nurses can ask for a day off, with a reason`: a request of theirs."""
    who = _doer(frame)
    asked = [p for p in frame.prep("for") if p.det in ("a", "an") or p.plural]
    if frame.verb != "ask" or frame.passive or who is None or not who.is_person or frame.objects or not asked:
        return
    words_of = (*asked[0].words, *(t for t in frame.rest if t.low == "off" and 0 <= t.start - asked[0].end <= 1))
    noun = Token("request", "request", asked[0].start, asked[0].end, "word", "N", "request")
    row = replace(asked[0], words=(*words_of, noun), of=None, group=None)
    yield Mention(row, 4, "created", row.start, row.end)
    yield Link(row, who, frame.start, frame.end, "create", False, True)
    at = next((i for i, t in enumerate(frame.rest) if t.low in _LEADING), len(frame.rest))
    listed = asked[0].group.inside if asked[0].group is not None else frame.rest[at + 1 :]
    for item in read_items(listed):
        yield Holds(row, item, item.start, item.end)


_LEADING = frozenset("with giving stating saying including".split())
