"""Data of two things together: `for each article and supplier we need the price`, `articles, each with a count`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds, Mention, Paired
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import conjugation, nouns, verbs, words
from codebegen.understanding.embedded.lines import is_line_data
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing
from codebegen.understanding.embedded.text import Tokens
from codebegen.understanding.embedded.values import attribute_share


def read_paired(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """The first form that fits; the readers of fields then leave the frame alone."""
    if frame.negated or frame.link in ("if", "unless", "purpose"):
        return
    for form in (
        _for_both,
        _each_with,
        _taken_up,
        _each_of_those,
        _of_a_second,
        _how_many_of_each,
        _which_and_which,
        _on_event,
    ):
        found = form(frame, setting)
        if found is not None:
            yield Mention(found.first, 2, "subject", found.first.start, found.first.end)
            if not found.event:
                yield Mention(found.second, 2, "object", found.second.start, found.second.end)
            yield found
            yield from _beside(frame, found)
            return


def _beside(frame: Frame, found: Paired) -> Iterator[Fact]:
    """`A report has a title and several expenses, each with an amount`: the title is its own."""
    if frame.verb not in verbs.HAS or found.between or found.first not in frame.subjects:
        return
    for item in read_items(_without_ends(tuple(t for t in frame.rest if t.start < found.second.start))):
        yield Holds(found.first, item, item.start, item.end)


def _for_both(frame: Frame, _setting: Setting) -> Paired | None:
    """`For each article and supplier we need the purchase price and the delivery time`."""
    about = [p for name, p in frame.lead if name in ("for", "per") and _is_row(p)]
    listed = _recorded(frame)
    if len(about) != 2 or about[0].det not in words.EACH or attribute_share(listed) < 0.5:
        return None
    return Paired(about[0], about[1], read_items(listed), frame.start, frame.end, between=True)


def _each_with(frame: Frame, _setting: Setting) -> Paired | None:
    """`lists articles, each with a count`, `is made of parts, with a position for each of them`."""
    if not frame.subjects or is_teller(frame.subjects[-1]) or not is_thing(frame.subjects[-1]):
        return None
    cut = _cut(frame.rest)
    if cut is None:
        return None
    before, listed = cut
    whole = [p for p in (*frame.objects, *(q for _, q in frame.preps)) if before[0].start <= p.start < before[-1].end]
    parts = [p for p in whole if p.many and _is_row(p)]
    items = read_items(listed)
    placed = _position_in(parts[0]) if parts else ()
    if len(parts) != 1 or not items or (parts[0].group is not None and not placed):
        return None
    items = (*placed, *items)
    if parts[0].det in words.POSSESSIVES and frame.subjects[-1].is_person and frame.verb in verbs.CREATE:
        return None  # `owners add their boats, each with a name`: what is one's own has it by itself
    who, place = frame.subjects[-1], [p for p in whole if p.det in ("a", "an") and _is_row(p)]
    if who.is_person and len(place) == 1 and frame.verb not in verbs.HAS:
        return Paired(place[0], parts[0], items, frame.start, frame.end, also=(who,))
    return Paired(who, parts[0], items, frame.start, frame.end)


def _position_in(part: Phrase) -> tuple[Item, ...]:
    """`stops in a given order`: the place of each."""
    inside = part.group.inside if part.group is not None else ()
    return read_items(inside) if [t.low for t in inside] == ["position"] else ()


def _taken_up(frame: Frame, _setting: Setting) -> Paired | None:
    """`A cocktail uses spirits with an amount in ml`: what it takes of each."""
    if frame.passive or frame.verb not in _TAKING or not frame.subjects or len(frame.objects) != 1:
        return None
    at = next((i for i, t in enumerate(frame.rest) if t.low == "with"), len(frame.rest))
    whole, part = frame.subjects[-1], frame.objects[0]
    items = read_items(frame.rest[at + 1 :])
    if is_teller(whole) or not _is_row(whole) or not _is_row(part):
        return None
    found = Paired(whole, part, items, frame.start, frame.end)
    return found if is_line_data(whole.key, part, items) else None


_TAKING = frozenset("use need require take list".split())


def _cut(rest: Tokens) -> tuple[Tokens, Tokens] | None:
    """What stands before `each with` and its like, and the data behind."""
    lows = [t.low for t in rest]
    for i, low in enumerate(lows):
        if i == 0:
            continue
        following = lows[i + 1] if i + 1 < len(lows) else ""
        if low == "each" and following in ("with", "having", "at", "in"):
            return rest[:i], rest[i + 2 :]
        if low == "with" and lows[-2:] == ["of", "each"] and i + 3 < len(rest):
            return rest[:i], rest[i + 1 : -2]
        if low == "with" and "each" in lows[i:]:
            end = lows.index("each", i)
            if lows[end - 1] == "for" and end + 3 >= len(rest):
                return rest[:i], rest[i + 1 : end - 1]
        if (
            low in ("for", "per", "in", "at", "on")
            and following in ("each", "every", "any")
            and (begin := _behind_each(rest, i + 1))
        ):
            return rest[:i], rest[begin:]
    comma = max((i for i, t in enumerate(rest) if t.text == ","), default=0)
    listed = rest[comma + 1 : -1] if comma and lows[-1] == "each" and rest[comma + 1].low != "one" else ()
    return (rest[:comma], listed) if listed else None


def _behind_each(rest: Tokens, at: int) -> int:
    """Where data begin behind `each`, `each of them`, `each one`, `each part`; 0 if none do."""
    begin = at + 1
    found = read_phrase(rest, at)
    if [t.low for t in rest[begin : begin + 1]] == ["of"]:
        begin += 2
    elif [t.low for t in rest[begin : begin + 1]] == ["one"]:
        begin += 1
    elif found is not None and rest[begin].tag == "N" and _is_row(found[0]):
        begin = found[1]
    begin += begin < len(rest) and rest[begin].text == ","
    return begin if begin < len(rest) and rest[begin].tag in ("D", "W", "N") else 0


def _each_of_those(frame: Frame, setting: Setting) -> Paired | None:
    """`An order contains products; for each product the quantity is stored`."""
    about = next((p for name, p in (*frame.lead, *frame.preps) if name in ("for", "of", "about")), None)
    if setting.listed is None or about is None or about.det not in words.EACH:
        return None
    whole, part = setting.listed
    listed = _recorded(frame)
    if about.key != part.key or attribute_share(listed) < 0.3:
        return None
    items = tuple(i for i in read_items(listed) if i.phrase.key != part.key)
    return Paired(whole, part, items, frame.start, frame.end)


def _of_a_second(frame: Frame, _setting: Setting) -> Paired | None:
    """`Every vendor quotes its own price and lead time for a part`: data of the one about the other."""
    if frame.passive or not frame.subjects or not frame.objects or frame.verb in verbs.HAS | {"be"}:
        return None
    subject = frame.subjects[-1]
    about = next((p for name, p in frame.preps if name in ("for", "in", "on") and _is_row(p)), None)
    single = subject.det in ("each", "every", "a", "an") and _is_row(subject)
    if about is None or not single or about.head in words.UNITS or not about.det:
        return None
    fields = all(p.head in nouns.ATTRIBUTES and p.head not in nouns.THINGS for p in frame.objects)
    if not fields or not any(p.det in words.POSSESSIVES for p in frame.objects):
        return None
    listed = tuple(t for t in frame.rest if t.start < about.start)
    noun = frame.verb if frame.verb in conjugation.EITHER | nouns.THINGS else ""
    return Paired(subject, about, read_items(_without_ends(listed)), frame.start, frame.end, between=True, noun=noun)


def _how_many_of_each(frame: Frame, setting: Setting) -> Paired | None:
    """`For each work order we note the parts used and how many of each`: of what was named, or spoken of last."""
    lows = [t.low for t in frame.rest]
    about = next((p for name, p in frame.lead if name in ("for", "on", "per", "in") and _is_row(p)), None)
    if about is None or not any(lows[i : i + 2] == ["of", "each"] for i in range(len(lows))):
        return None
    named = [p for p in frame.objects if p.many and _is_row(p)]
    parts = named or [p for p in (setting.last,) if p is not None and p.key != about.key and _is_row(p)]
    if not parts or frame.verb not in _RECORDING | {"write", "enter", "count"}:
        return None
    part = replace(parts[0], words=tuple(t for t in parts[0].words if t.tag != "VP"))
    begin = named[0].end if named else 0
    items = tuple(i for i in read_items(frame.rest) if i.phrase.key != part.key and i.start >= begin)
    return Paired(about, part, items, frame.start, frame.end, between=True)


def _which_and_which(frame: Frame, _setting: Setting) -> Paired | None:
    """`We say which scout sleeps in which tent (at which camp)`: rows that join those."""
    asked = [i for i, t in enumerate(frame.rest) if t.low == "which"]
    if frame.verb not in _RECORDING | {"plan", "decide", "assign", "write", "enter"} or len(asked) < 2:
        return None
    found = [read_phrase(frame.rest, i + 1) for i in asked]
    rows = [found_at[0] for found_at in found if found_at is not None and _is_row(found_at[0])]
    if len(rows) != len(asked) or rows[0].key == rows[1].key:
        return None
    behind = next((i for i in range(asked[1] + 1, len(frame.rest)) if frame.rest[i].tag in ("W", "C", "PUNCT")), None)
    items = read_items(frame.rest[behind:]) if behind is not None else ()
    return Paired(rows[0], rows[1], items, frame.start, frame.end, between=True)


def _on_event(frame: Frame, setting: Setting) -> Paired | None:
    """`When a scout earns a badge we want to know the date`: data of who did it and of what it was done to."""
    told = not frame.subjects or is_teller(frame.subjects[-1])
    if setting.event is None or setting.made is not None or not told or frame.passive or frame.lead:
        return None
    if frame.verb not in _RECORDING or attribute_share(frame.rest) == 0:
        return None
    return Paired(*setting.event, read_items(frame.rest), frame.start, frame.end, between=True, event=True)


_OWN_ROW = verbs.CREATE | set(verbs.ASSOCIATION) | set(verbs.STATE) | verbs.HAS | {"be", "do", "need", "want"}


def event_of(frame: Frame) -> tuple[Phrase, Phrase] | None:
    """Who did something to what, where that leaves no rows that are known by a name."""
    who = frame.subjects[-1] if frame.subjects else None
    what = frame.objects[0] if frame.objects else None
    if who is None or what is None or frame.passive or frame.negated or frame.verb in _OWN_ROW:
        return None
    return (who, what) if who.is_person and _is_row(who) and _is_row(what) and not what.many else None


_RECORDING = verbs.STORE | verbs.HAS | frozenset("need want get say state give specify tell list show indicate".split())


def _recorded(frame: Frame) -> Tokens:
    """The data that a clause records, in either voice."""
    if frame.passive:
        about = max((p.end for _, p in frame.lead), default=frame.start)
        be = next((t.start for t in frame.tokens if t.tag == "B"), frame.end)
        return tuple(t for t in frame.tokens if about <= t.start < be and t.text != ",") if frame.lead else ()
    if frame.verb not in _RECORDING:
        return ()
    about = min(
        (p.start for name, p in frame.preps if name in ("for", "of") and p.det in words.EACH), default=frame.end
    )
    return _without_ends(tuple(t for t in frame.rest if t.start < about))


def _without_ends(tokens: Tokens) -> Tokens:
    end = len(tokens)
    while end and tokens[end - 1].tag in ("P", "D", "PUNCT", "C"):
        end -= 1
    return tokens[:end]


def _is_row(phrase: Phrase) -> bool:
    """Whether a phrase can speak of rows: no field, no unit, no pronoun."""
    return is_thing(phrase) and not phrase.is_field and phrase.words[-1].tag == "N"


def listed_by(frame: Frame) -> tuple[Phrase, Phrase] | None:
    """`An order contains products`, `an actor plays in films`: whose data may be told next."""
    owns = frame.verb in verbs.HAS | {"list", "use", "consist", "make", "take"}
    acts = frame.link == "main" and not frame.passive and frame.verb not in _OWN_DATA
    if not (owns or acts) or not frame.subjects or frame.negated or not _is_row(frame.subjects[-1]):
        return None
    beside = frame.prep("of", "from") if owns else tuple(p for name, p in frame.preps if name in _TAKING_PART)
    parts = [p for p in (*frame.objects, *beside) if p.many and _is_row(p)]
    done_in = [p for name, p in frame.lead if name in ("for", "in", "on", "at", "during") and _is_row(p)]
    whole = done_in[0] if done_in and frame.subjects[-1].is_person else frame.subjects[-1]
    return (whole, parts[0]) if len(parts) == 1 else None


# What somebody makes or looks after has its data by itself.
_OWN_DATA = (
    verbs.CREATE | verbs.STORE | verbs.MANAGE | verbs.READ | verbs.UPDATE | verbs.DELETE | set(verbs.STATE)
) - {"perform", "offer", "sell"} | {"be", "own"}
_TAKING_PART = frozenset("in at on for with from to".split())
