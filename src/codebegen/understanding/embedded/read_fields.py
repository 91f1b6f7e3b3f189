"""Fields told by clauses: `a post has a title`, `for each loan we record …`, `create meetups with a date`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded import values as value_lists
from codebegen.understanding.embedded.bound_asides import BOUNDS
from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds, Link, Mention, Unique
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_items
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase, is_mark
from codebegen.understanding.embedded.read_meetings import keys_of_deed
from codebegen.understanding.embedded.reading import PLACES, Setting, is_teller, is_thing
from codebegen.understanding.embedded.regions import STATING
from codebegen.understanding.embedded.spec_model import Spec
from codebegen.understanding.embedded.text import Token, Tokens, split_on
from codebegen.understanding.embedded.values import attribute_share


def read_has(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`A post has a title and many tags`, `an order contains tickets`, `For each loan we record …`."""
    for form in (_made_of, _recorded, _of_a_type, _stating, _being, _kept_of, _one_with):
        found = list(form(frame, setting))
        if found:
            yield from found
            return
    if frame.negated or frame.passive or frame.link in ("purpose", "if", "unless"):
        return
    told = not frame.subjects or is_teller(frame.subjects[-1])
    first = frame.rest[0].low if frame.rest else ""
    got = "got" in [t.low for t in frame.tokens]
    if frame.verb == "come" and first == "with" and not told:
        yield from _holds(frame.subjects[-1], _list_of(frame.rest[1:]), frame)
    elif (frame.verb in verbs.HAS or got) and not told:
        for owner in frame.subjects:
            yield from _holds(owner, _list_of(frame.rest), frame)
    elif frame.verb in _ASKING and not told and frame.subjects[-1].det in _ANY and _lists_data(frame.rest):
        yield from _holds(frame.subjects[-1], _list_of(frame.rest), frame)
    elif frame.verb in _GETTING:
        yield from _received(frame) if not told else _kept_things(frame) if got else ()
    elif frame.verb in verbs.STORE | verbs.HAS | {"mean"} or (frame.verb in ("write", "note") and first == "down"):
        yield from _stored(frame, told, setting)


_GETTING = ("get", "receive", "undergo")


_ASKING = ("get", "need", "require")
_ANY = words.EACH | {"a", "an"}


def _lists_data(rest: Tokens) -> bool:
    """`each hole gets a number, the street and a size`, `a van needs a plate and a make`: what it gets are fields."""
    return any(t.text == "," or t.low == "and" for t in rest) and attribute_share(rest) >= 0.5


def _received(frame: Frame) -> Iterator[Fact]:
    """`Cars get inspections by mechanics`: rows of the one, made by the other."""
    for what in (p for p in frame.objects if is_thing(p) and (p.plural or p.head in nouns.THINGS)):
        if what.is_field or not is_thing(frame.subjects[-1]):
            continue
        yield Mention(what, 3, "object", what.start, what.end)
        yield Mention(frame.subjects[-1], 3, "subject", frame.subjects[-1].start, frame.subjects[-1].end)
        yield Link(what, frame.subjects[-1], frame.start, frame.end, "belong", False, True)
        for maker in (p for p in frame.prep("by", "from") if is_thing(p) and not p.is_field):
            yield Mention(maker, 4, "listed", maker.start, maker.end)
            yield Link(what, maker, frame.start, frame.end, "agent", False, True)


def _made_of(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A survey is made of pages`."""
    lows = [t.low for t in frame.rest]
    if frame.passive and frame.verb in ("make", "compose", "comprise", "build") and frame.subjects and "of" in lows[:2]:
        yield from _holds(frame.subjects[-1], _list_of(frame.rest[lows.index("of") + 1 :]), frame)


def _of_a_type(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A room is of a type (single, double) with a nightly price`."""
    if frame.verb != "be" or not frame.subjects or not frame.rest or frame.rest[0].low != "of":
        return
    comma = Token(",", ",", 0, 0, "punct", "PUNCT")
    items = read_items(tuple(comma if t.low == "with" else t for t in frame.rest[1:]))
    if is_thing(frame.subjects[-1]) and items and items[0].head in nouns.ENUM_NOUNS and items[0].spec.values:
        yield from _holds(frame.subjects[-1], items, frame)


def _kept_of(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Every ward keeps a stock of drugs with an amount`: rows between the two, with data of their own."""
    if frame.passive or frame.negated or frame.verb not in verbs.HAS | verbs.STORE or len(frame.objects) != 1:
        return
    what, owner = frame.objects[0], frame.subjects[-1] if frame.subjects else None
    at = next((i for i, t in enumerate(frame.rest) if t.low in ("with", "having")), -1)
    if owner is None or is_teller(owner) or not is_thing(owner) or at < 0 or what.of is None or what.det not in _ONE:
        return
    listed = frame.rest[at + 1 :]
    if not what.of.many or not is_thing(what.of) or what.head in words.COLLECTIONS or attribute_share(listed) < 0.3:
        return
    row = replace(what, of=None)
    yield Mention(row, 3, "subject", what.start, what.end)
    yield Link(row, owner, what.start, what.end, "belong", False, True)
    yield Link(row, what.of, what.start, what.end, "belong", False, True)
    for item in read_items(listed):
        yield Holds(row, item, item.start, item.end)


_ONE = ("a", "an", "its", "their", "one")


def _one_with(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A car has an engine with a serial number and a power`: data of the one thing that it has."""
    if frame.passive or frame.negated or frame.verb not in verbs.HAS or len(frame.objects) != 1 or not frame.subjects:
        return
    owner, what = frame.subjects[-1], frame.objects[0]
    at = next(
        (i for i, t in enumerate(frame.rest) if t.low in ("with", "having") and t.start >= what.words[-1].end), -1
    )
    if at < 0 or is_teller(owner) or what.is_field or what.group is not None or not is_thing(what):
        return
    whole, parts = read_items(frame.rest[:at]), read_items(frame.rest[at + 1 :])
    listed = any(t.text == "," or t.low == "and" for t in frame.rest[at:])
    if len(whole) == 1 and whole[0].spec == Spec() and listed and attribute_share(frame.rest[at + 1 :]) >= 0.5:
        yield from _holds(owner, (replace(whole[0], sub=parts),), frame)


def _being(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A shift is a driver, a car and when it starts`: what it joins, and its data."""
    if frame.verb != "be" or len(frame.subjects) != 1 or frame.modal or frame.negated:
        return
    subject = frame.subjects[0]
    single = subject.det in ("a", "an", "each", "every") and all(p.det in ("a", "an") for p in frame.objects[:2])
    joined = any(t.low == "and" for t in frame.rest) and not any(t.low == "or" for t in frame.rest)
    if single and joined and len(frame.objects) >= 2 and is_thing(subject):
        yield from _holds(subject, _list_of(frame.rest), frame)


# What is looked at has no rows.
_VIEWS = frozenset("timeline feed dashboard page screen overview homepage endpoint list view frontend response".split())
_STATING = frozenset("state specify indicate detail mention describe give say name tell show list note".split())


def _stating(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`… a contract that states the agreed price and the deposit`, `an inspection says on which day we looked`."""
    if frame.verb not in _STATING or not frame.subjects or frame.negated or frame.passive:
        return
    subject = frame.subjects[-1]
    if subject.is_person and frame.rest and frame.rest[0].low in ("its", "their") and setting.made is not None:
        # `organisers create an event, specify its date and venue`
        yield from _holds(setting.made, _list_of(frame.rest), frame)
    if frame.modal:
        return
    if subject.is_person or is_teller(subject) or not is_thing(subject) or subject.head in nouns.ACTORS | _VIEWS:
        return
    if frame.link == "relative" or (frame.link == "main" and not subject.plural):
        yield from _holds(subject, _list_of(frame.rest), frame)


_RECORDED = frozenset("record store save keep note capture measure register track".split())


def _recorded(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`When a guest books a room, the check-in date and the number of persons are recorded`."""
    if not frame.passive or frame.verb not in _RECORDED or not frame.subjects:
        return
    verb = next((i for i, t in enumerate(frame.tokens) if t.tag == "B"), 0)
    listed = frame.tokens[:verb]
    of = frame.subjects[0].of
    if attribute_share(listed) < 0.5 or (of is not None and is_thing(of) and of.det):
        return
    spoken = next((p for name, p in (*frame.preps, *frame.lead) if name in ("for", "of") and is_thing(p)), None)
    owner = spoken or setting.made or setting.before or setting.last
    if owner is not None and not owner.is_field:
        yield from _holds(owner, read_items(listed), frame)


def _stored(frame: Frame, told: bool, setting: Setting) -> Iterator[Fact]:
    """`For each loan we record …`, `we keep their name`, `the library keeps books, each with a title`."""
    about = _about(frame)
    owner = _spoken_of(frame, setting) if told and about is None else None
    if owner is not None:
        yield from _holds(owner, _list_of(frame.rest), frame)
    elif frame.verb in _WISHES and not frame.lead:
        return
    elif told and about is not None:
        listed = frame.rest if frame.lead else _before(frame.rest, about.start)
        if frame.lead or about.det in words.EACH or attribute_share(listed) >= 0.5:
            yield from _holds(about, _list_of(listed), frame)
    elif not told and frame.subjects[-1].head not in PLACES and frame.subjects[-1].head not in nouns.PERSONS:
        yield from _holds(frame.subjects[-1], _list_of(frame.rest), frame)
    else:
        yield from _kept_things(frame)


_WISHES = ("need", "want", "get", "mean")


def _about(frame: Frame) -> Phrase | None:
    """What the data is kept for: `for each loan`, `of the tenants`."""
    wanted = ("for", "about", "of", "during", "on")
    told = (p for name, p in (*frame.lead, *frame.preps) if name in wanted and (name != "on" or p.det or p.plural))
    return next(filter(is_thing, told), None)  # `the condition on return` is of no return


def _spoken_of(frame: Frame, setting: Setting) -> Phrase | None:
    """Whose data it is when nobody says: what was made last, or spoken of last."""
    if frame.rest and frame.rest[0].low in ("their", "its", "his", "her"):
        return setting.last
    person_first = bool(frame.rest) and frame.rest[0].tag == "N" and frame.rest[0].lemma in nouns.PERSONS
    told = attribute_share(frame.rest) >= 0.5 or (setting.last is not None and _definite(frame.rest))
    if frame.verb in _WISHES or not told or person_first:
        return None
    return setting.made or setting.before or setting.last


def _definite(rest: Tokens) -> bool:
    """`the glaze, the clay body and whether it cracked`: of what was spoken of, not things of their own."""
    pieces = split_on(rest, frozenset((",", "and", "&")))
    singular = [p for p in pieces if p[0].low == "the" and p[-1].tag == "N" and p[-1].lemma == p[-1].low]
    asked = [p for p in pieces if p[0].tag == "W"]
    return bool(singular) and len(pieces) > 1 and len(singular) + len(asked) == len(pieces)


def _kept_things(frame: Frame) -> Iterator[Fact]:
    """`We keep books, each with a title`: things with fields of their own."""
    for item in _list_of(frame.rest):
        if item.sub or item.phrase.plural:
            yield Mention(item.phrase, 4 if frame.verb == "get" else 3, "object", item.start, item.end)
        for sub in item.sub:
            yield Holds(item.phrase, sub, sub.start, sub.end)


def _before(tokens: Tokens, offset: int) -> Tokens:
    kept = [t for t in tokens if t.start < offset]
    while kept and kept[-1].tag in ("P", "D"):
        kept.pop()
    return tuple(kept)


def _list_of(tokens: Tokens) -> tuple[Item, ...]:
    begin = 0
    while begin < len(tokens) and tokens[begin].low in ("of", "down", "track", "also", "both", "for", "up"):
        begin += 1
    return read_items(tokens[begin:])


def _holds(owner: Phrase, items: tuple[Item, ...], frame: Frame) -> Iterator[Fact]:
    if not is_thing(owner) and not _told_with_fields(owner, items):
        return
    items = tuple(
        i
        for i in items
        if i.phrase.head not in nouns.ABSTRACT - nouns.ATTRIBUTES - nouns.BARE_MOMENTS
        or i.sub
        or i.spec != Spec()
        or i.phrase.head in nouns.THINGS
        or i.phrase.words[-1].named
        or (len(i.phrase.words) > 1 and i.phrase.words[-2].tag == "N")
    )
    if not items:
        return
    weight = 5 if len(items) > 1 or owner.det in words.EACH else 3
    yield Mention(owner, weight, "subject", owner.start, owner.end)
    if owner.of is not None and owner.of.det in ("a", "an", "one") and is_thing(owner.of) and not owner.of.is_field:
        # `Bookings of a court have a date`
        yield Link(replace(owner, of=None), owner.of, owner.start, owner.end, "belong", False, None)
    for item in items:
        yield Holds(
            owner,
            item,
            item.start,
            item.end,
            modal=frame.modal,
            contained=frame.verb in ("contain", "include", "consist", "comprise"),
        )


def _told_with_fields(owner: Phrase, items: tuple[Item, ...]) -> bool:
    """`A record has a title and a year`: whatever the word means elsewhere, here it has fields."""
    told = sum(item.head in nouns.ATTRIBUTES for item in items)
    named = owner.det in ("a", "an") or (owner.plural and not owner.det)  # `each entity has an id` is said of all
    enough = told > (0 if named else 1)
    return enough and (named or owner.det in words.EACH) and owner.words[-1].tag == "N" and len(owner.head) > 1


# `links a patient with a doctor`: the second is no data of the first.
JOINING = frozenset("link connect join tie relate associate match pair combine map".split())


_WITH = STATING | {"with", "having", "containing", "including"}


def _tells_no_data(frame: Frame, at: int) -> bool:
    """Whether what stands behind `with` is no list of fields: `log in with`, `link a patient with a doctor`."""
    rest = frame.rest
    if frame.verb == "be":
        return [t.low for t in rest[:3]] != ["a", "list", "of"]  # `what I need is a list of tenants with a name`
    if frame.verb == "log" and rest[0].low in ("in", "on", "into"):
        return True
    if rest[at].low in STATING and frame.verb not in verbs.CREATE | verbs.STORE | set(verbs.ASSOCIATION):
        return True  # `freeze a wallet, giving a reason` tells of the deed
    return frame.verb in _WITHOUT_DATA | JOINING or [t.low for t in rest[at + 1 : at + 3]] == ["one", "of"]


_WITHOUT_DATA = verbs.HAS | frozenset("start begin integrate work deal build share communicate".split())


def read_with(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`create meetups with a title and a date`, `a scan is recorded with a timestamp`.

    `sign up with name and email`.
    """
    at = next((i for i, t in enumerate(frame.rest) if t.low in _WITH), -1)
    if at < 0 or frame.negated or _tells_no_data(frame, at):
        return
    before = [p for p in frame.objects if p.start < frame.rest[at].start]
    objects = [p for p in before if not is_mark(p) and p.words[-1].low != "each"]
    owner = objects[-1] if objects else (frame.subjects[-1] if frame.subjects else None)
    near = [(name, p) for name, p in frame.preps if p.end <= frame.rest[at].start]
    if near and near[-1][0] == "to" and frame.verb == "belong" and frame.rest[at - 1].text != ",":
        owner = near[-1][1]  # `every bird belongs to a family with a Latin name`
    if near and near[-1][0] in ("by", "through", "via", "under") and not near[-1][1].is_person:
        owner = near[-1][1]
        yield Mention(owner, 2, "object", owner.start, owner.end)
    signing = frame.verb in ("register", "sign", "signup", "join") and attribute_share(frame.rest[at + 1 :]) >= 0.5
    if (
        owner is None
        or not is_thing(owner)
        or (frame.verb in verbs.ASSOCIATION and not frame.passive and not objects and not signing)
    ):
        return
    if frame.verb in verbs.ASSOCIATION and objects and not frame.passive and frame.verb not in verbs.CREATE:
        return
    if frame.verb == "report" and owner.head in nouns.CONTENT:
        return
    for item in read_items(frame.rest[at + 1 :]):
        yield Holds(owner, item, item.start, item.end)
    if near and attribute_share(frame.rest[at + 1 :]) >= _MOSTLY:
        yield from keys_of_deed(replace(frame, preps=tuple(near)), owner)


_MOSTLY = 0.5


def read_identified(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Members are identified by a card number`: a field that tells rows apart."""
    if (
        frame.passive
        and frame.verb in ("know", "describe", "characterize")
        and frame.subjects
        and frame.rest
        and frame.rest[0].low in ("by", "with", "for")
    ):
        yield from _holds(frame.subjects[-1], read_items(frame.rest[1:]), frame)
    if frame.passive and frame.verb in ("identify", "recognize", "distinguish") and frame.subjects and frame.prep("by"):
        at = next(i for i, t in enumerate(frame.rest) if t.low == "by")
        scoped = frame.prep("within", "in", "inside", "per")
        end = next(
            (i for i, t in enumerate(frame.rest) if i > at and t.low in ("within", "in", "inside", "per")),
            len(frame.rest),
        )
        for item in read_items(frame.rest[at + 1 : end]):
            unique = replace(item, spec=replace(item.spec, unique=not scoped))
            yield Holds(frame.subjects[-1], unique, item.start, item.end)
            if scoped:
                yield Unique(frame.subjects[-1], (item.name,), (scoped[0].key,), frame.start, frame.end)


def _holds_data(phrase: Phrase, inside: Tokens) -> bool:
    """Whether a bracket names data, and no values: what begins with a name or a title does."""
    if inside[0].low in ("name", "title") and any(t.text == "," for t in inside):
        return True
    plain = not value_lists.looks_hard(inside) or sum(t.text == "," for t in inside) > 2
    return phrase.head not in nouns.ENUM_NOUNS and plain and value_lists.attribute_share(inside) >= _HALF


_HALF = 0.5


def read_groups(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`comes from a customer (company name, address)`, `leave reviews (stars 1..5, text)`.

    Fields in brackets anywhere.
    """
    listed = (*frame.objects, *(p for _, p in (*frame.preps, *frame.lead)))
    if (
        frame.verb in verbs.HAS | verbs.STORE
        and not (frame.subjects and is_teller(frame.subjects[-1]))
        and frame.subjects
    ):
        # What stands behind such a verb is read as a list of items already.
        listed = ()
    for phrase in (*frame.subjects, *listed):
        if phrase.group is None or len(phrase.group.inside) < 3 or not is_thing(phrase):
            continue
        if phrase.group.text != BOUNDS and _holds_data(phrase, phrase.group.inside):
            yield Mention(phrase, 6, "defined", phrase.start, phrase.end)
            for item in read_items(phrase.group.inside):
                yield Holds(phrase, item, item.start, item.end)
