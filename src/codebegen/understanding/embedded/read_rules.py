"""Rules: uniqueness in a scope, ranges, capacity, time limits; and the order of all readers of rules."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Limit, Move, Unique
from codebegen.understanding.embedded.item import item_name
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase, number_of, read_phrase
from codebegen.understanding.embedded.read_bounds import (
    field_of,
    read_bounds,
    read_labelled,
    read_negative,
    read_refused,
    read_sized,
)
from codebegen.understanding.embedded.read_compare import read_compare, read_related
from codebegen.understanding.embedded.read_overlap import read_overlap
from codebegen.understanding.embedded.read_repeats import (
    read_one_for_each,
    read_repeated_field,
    read_soft_delete,
    read_unique_group,
    repeated,
)
from codebegen.understanding.embedded.read_unique import read_different, read_uniqueness
from codebegen.understanding.embedded.reading import Reader, Setting, is_thing
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.told_moves import arrow_moves


def _names_in(tokens: Tokens) -> tuple[str, ...]:
    """Keys of the phrases in a short stretch (`per user and product`)."""
    out: list[str] = []
    at = 0
    while at < len(tokens):
        found = read_phrase(tokens, at)
        if found is None:
            at += 1
            continue
        out.append(item_name(found[0])[0] if not found[0].plural else found[0].key)
        at = found[1]
    return tuple(out)


def read_unique(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`Issue numbers are unique per project`, `e-mails must be unique`, `a (product.

    Warehouse) pair must be unique in stock items`.
    """
    if "unique" not in [t.low for t in frame.tokens] or frame.verb not in ("be", "have") or not frame.subjects:
        return
    if frame.verb == "have":
        return
    subject, lows = frame.subjects[-1], [t.low for t in frame.rest]
    scope_at = next(
        (i for i, t in enumerate(frame.rest) if t.low in ("per", "within", "in", "inside", "for", "across", "by")), -1
    )
    if scope_at < 0 and "together" in lows and "with" in lows:
        scope_at = lows.index("with")
    scope = (
        _names_in(tuple(t for t in frame.rest[scope_at + 1 :] if t.low not in ("each", "every")))
        if scope_at >= 0
        else ()
    )
    pair = _pair(frame)
    if pair:
        target = frame.preps[0][1] if frame.preps else setting.topic
        yield Unique(target, pair, (), frame.start, frame.end)
        return
    rows = subject.head not in nouns.ATTRIBUTES or subject.head in nouns.ASSOCIATION_NOUNS
    if rows and is_thing(subject) and len(scope) > 1 and len(frame.subjects) == 1:
        yield Unique(subject, (), scope, frame.start, frame.end)
        return
    owner, name = field_of(subject, setting)
    names = [name, *(field_of(p, setting)[1] for p in frame.subjects[:-1])]
    yield Unique(owner, tuple(n for n in names if n), scope, frame.start, frame.end)


def _pair(frame: Frame) -> tuple[str, ...]:
    """`The combination of room and date`, `a (product, warehouse) pair`."""
    for token in frame.tokens:
        if token.kind == "group" and any(t.low in ("pair", "combination") for t in frame.tokens):
            return _names_in(token.inside)
    if any(p.head in ("combination", "pair") for p in frame.subjects):
        lead = next(p for p in frame.subjects if p.head in ("combination", "pair"))
        inner = [lead.of] if lead.of is not None else []
        rest = [p for p in frame.subjects if p is not lead]
        return tuple(item_name(p)[0] for p in (*inner, *rest))
    return ()


def read_once(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A user can rate each recipe only once`, `can register only once for a tournament`, `cannot apply twice`."""
    lows = [t.low for t in frame.tokens]
    if not ("once" in lows or repeated(frame)) or not frame.subjects:
        return
    spoken = [_without_once(p) for p in (*frame.objects, *(p for _, p in frame.preps))]
    about = [p for p in spoken if is_thing(p) and p.head not in ("once", "twice")]
    if about:
        yield Limit(
            "once", None, frame.start, frame.end, {"verb": frame.verb, "who": frame.subjects[-1], "about": tuple(about)}
        )


def _without_once(phrase: Phrase) -> Phrase:
    """`the same film twice` speaks of the film."""
    if len(phrase.words) > 1 and phrase.words[-1].low in ("once", "twice"):
        return replace(phrase, words=phrase.words[:-1])
    return phrase


def read_capacity(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Not more registrations than max teams`, `must not exceed the capacity of the event`.

    `a member may borrow at most five copies`.
    """
    lows = [t.low for t in frame.tokens]
    if frame.verb == "exceed" and frame.negated and frame.objects and frame.subjects:
        yield Limit("exceed", frame.subjects[-1], frame.start, frame.end, {"bound": frame.objects[0]})
    elif frame.passive and frame.negated and frame.subjects and (beyond := frame.prep("beyond", "over", "above")):
        data = {"verb": frame.verb, "bound": beyond[0]}
        yield Limit("beyond", frame.subjects[-1], frame.start, frame.end, data)
    elif frame.negated and "more" in lows and "than" in lows and frame.subjects:
        at = lows.index("than")
        things = [p for p in frame.objects if is_thing(p)]
        named = _names_in(tuple(t for t in frame.tokens[at + 1 :]))
        number = next((n for t in frame.tokens[at + 1 :] if (n := number_of(t)) is not None), None)
        if things:
            yield Limit(
                "capacity",
                things[0],
                frame.start,
                frame.end,
                {"of": frame.subjects[-1], "bound": named[0] if named else "", "number": number},
            )
    elif frame.verb in verbs.HAS and not frame.negated and frame.subjects and _holds_always(frame):
        for what in (p for p in frame.objects if p.quantity.high and not p.quantity.low and is_thing(p)):
            # `each team has up to fifteen players`
            bound: dict[str, object] = {"of": frame.subjects[-1], "number": what.quantity.high}
            yield Limit("per", what, what.start, what.end, bound)
    elif frame.modal == "can" and not frame.negated and frame.subjects and frame.subjects[-1].is_person:
        for what in frame.objects:
            if what.quantity.high and not what.quantity.low:
                yield Limit(
                    "quota",
                    what,
                    frame.start,
                    frame.end,
                    {
                        "who": frame.subjects[-1],
                        "verb": frame.verb,
                        "number": what.quantity.high,
                        "minutes": _per_time(frame.rest),
                    },
                )


def _holds_always(frame: Frame) -> bool:
    """`Each team has up to fifteen players`; `a member can have 3 loans a day` limits how fast they are made."""
    return is_thing(frame.subjects[-1]) and not (frame.subjects[-1].is_person and _per_time(frame.rest))


def _per_time(tokens: Tokens) -> int | None:
    """`per day`, `a week`, `each month`."""
    for lead, token in itertools.pairwise(tokens):
        unit = words.UNITS.get(token.low)
        if lead.low in ("per", "a", "an", "each", "every") and unit in _MINUTES:
            return _MINUTES[unit]
    return None


_MINUTES = {unit: int(minutes) for unit, minutes in words.TIME_UNITS.items() if minutes >= 1}


def read_time_limit(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`… only within 15 minutes`, `… up to 24 hours before it starts`.

    `tickets cannot be sold after the event has started`.
    """
    amount = _duration(frame.tokens)
    lows = [t.low for t in frame.tokens]
    if (
        amount is not None
        and frame.link == "main"
        and ("within" in lows or lows[-1:] == ["before"] or "until" in lows or "up" in lows)
    ):
        what = frame.subjects[-1] if frame.passive and frame.subjects else (frame.objects[0] if frame.objects else None)
        kind = "within" if "within" in lows else "ahead"
        if what is not None and is_thing(what):
            yield Limit("time", what, frame.start, frame.end, {"verb": frame.verb, "minutes": amount, "kind": kind})


def _duration(tokens: Tokens) -> int | None:
    for index, token in enumerate(tokens[:-1]):
        number = number_of(token)
        unit = words.UNITS.get(tokens[index + 1].low)
        if number is not None and unit in _MINUTES:
            return number * _MINUTES[unit]
    return None


RULE_READERS: tuple[Reader, ...] = (
    read_unique,
    read_once,
    read_repeated_field,
    read_different,
    read_one_for_each,
    read_soft_delete,
    read_overlap,
    read_capacity,
    read_compare,
    read_negative,
    read_bounds,
    read_refused,
    read_sized,
    read_time_limit,
)


def read_phrase_rules(tokens: Tokens, setting: Setting, topic: Phrase | None) -> Iterator[Fact]:
    """Rules that are told by words rather than by a clause.

    Arrows, `then`, `one review per user per product`, `no double booking`.
    """
    yield from arrow_moves(tokens, topic)
    for index, token in enumerate(tokens):
        if token.kind == "group" and index and any(t.kind == "arrow" for t in token.inside):
            named = tokens[index - 1] if tokens[index - 1].tag in ("V", "VP") else None
            for move in arrow_moves(token.inside, topic):
                yield replace(move, verb=named.lemma) if isinstance(move, Move) and named is not None else move
    lows = [t.low for t in tokens]
    if lows.count("per") >= 1 and any(t.low in ("one", "1", "unique", "once") for t in tokens):
        yield from _one_per(tokens, setting)
    yield from _most_per(tokens)
    yield from read_related(tokens)
    yield from read_labelled(tokens, setting)
    yield from read_unique_group(tokens, topic)
    yield from read_uniqueness(tokens, setting, topic)
    if _DOUBLE.search(" ".join(lows)):
        found = read_phrase(tokens, lows.index("of") + 1 if "of" in lows else 0)
        found = found if found is None or is_thing(found[0]) else None
        yield Limit(
            "overlap", None, tokens[0].start, tokens[-1].end, {"scope": found[0] if found else topic, "verb": "book"}
        )


_DOUBLE = re.compile(r"\bdouble[- ]?book(?:ed|ings?)?\b")


def _most_per(tokens: Tokens) -> Iterator[Fact]:
    """`At most 20 bookings per class`, `a maximum of 3 loans per member`."""
    for per, token in enumerate(tokens):
        if token.low != "per":
            continue
        target = read_phrase(tokens, per + 1)
        counted = next((p for at in range(max(0, per - 6), per) if (p := read_phrase(tokens, at)) is not None), None)
        if counted is None or target is None or counted[1] != per or not is_thing(counted[0]):
            continue
        quantity = counted[0].quantity
        if quantity.high and not quantity.low and target[0].head not in words.UNITS:
            data = {"of": target[0], "number": quantity.high}
            yield Limit("per", counted[0], counted[0].start, target[0].end, data)


def _one_per(tokens: Tokens, setting: Setting) -> Iterator[Fact]:
    """`One review per user per product`, `room number unique per hotel`, `one vote per poll`."""
    per = next(i for i, t in enumerate(tokens) if t.low == "per")
    if any(t.tag in ("V", "B", "M") for t in tokens) and not any(
        t.low in ("one", "1") for t in tokens[max(0, per - 3) : per]
    ):
        return
    scope = (*_doer(tokens), *_scope_names(tokens[per:]))
    before = tokens[:per]
    if any(t.low == "unique" for t in before):
        subject = read_phrase(before, 0)
        if subject is not None and not any(t.tag in ("V", "B", "M") for t in tokens):
            owner, name = field_of(subject[0], setting)
            yield Unique(owner, (name,), scope, tokens[0].start, tokens[-1].end)
        return
    once = ("one", "1") if any(t.tag in ("V", "B", "M") for t in tokens) else ("one", "1", "once")
    at = max((i for i, t in enumerate(before) if t.low in once), default=-1)
    found = read_phrase(before, at) if at >= 0 and before[at].low != "once" else None
    about = setting.topic or setting.last
    if found is None and at == len(before) - 1 and about is not None:
        yield Unique(about, (), scope, tokens[max(at, 0)].start, tokens[-1].end)
    if found is not None and found[0].head in _ROWS and found[1] >= len(before) - 1:
        named, scope = _of_what(tokens, per)
        rows = named or about
        yield Unique(rows, (), (*_doer(tokens), *scope), tokens[max(at, 0)].start, tokens[-1].end)
    elif found is not None and found[1] >= len(before) - 1:
        kind = Phrase(
            found[0].words[-1:] if found[0].words[0].low == "single" else found[0].words, found[0].start, found[0].end
        )
        yield Unique(kind, (), scope, tokens[max(at, 0)].start, tokens[-1].end)


_ROWS = frozenset("row entry record line time item".split())


def _of_what(tokens: Tokens, per: int) -> tuple[Phrase | None, tuple[str, ...]]:
    """`one row per loan and due date in repayments`: the rows, and what there is one for."""
    at = next((i for i in range(per + 1, len(tokens)) if tokens[i].low in ("in", "of")), len(tokens))
    named = read_phrase(tokens, at + 1) if at < len(tokens) else None
    return (named[0] if named is not None else None), _scope_names(tokens[per:at])


def _doer(tokens: Tokens) -> tuple[str, ...]:
    """`Each member casts one vote per motion`: per member too."""
    found = read_phrase(tokens, 0)
    acts = found is not None and found[1] < len(tokens) and tokens[found[1]].tag in ("V", "M")
    return (found[0].key,) if found is not None and acts and found[0].is_person else ()


def _scope_names(tokens: Tokens) -> tuple[str, ...]:
    out: list[str] = []
    at = 0
    while at < len(tokens):
        if tokens[at].low in ("per", "and", "for", "each"):
            at += 1
            continue
        found = read_phrase(tokens, at)
        if found is None:
            break
        out.append(found[0].key)
        at = found[1]
    return tuple(out)


def is_attribute(token: Token) -> bool:
    """Whether a word names a field rather than a thing."""
    return token.lemma in nouns.ATTRIBUTES and token.lemma not in nouns.THINGS
