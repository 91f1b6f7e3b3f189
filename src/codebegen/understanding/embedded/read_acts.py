"""Acts of people: who writes, books, rates or likes what, and which row that leaves."""

from collections.abc import Iterator

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.deed_data import data_of_deed
from codebegen.understanding.embedded.facts import Association, Fact, Holds, Link, Mention, Toggle
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_item, read_items
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase, Quantity, is_mark
from codebegen.understanding.embedded.read_company import JOINING_IN
from codebegen.understanding.embedded.read_fields import JOINING
from codebegen.understanding.embedded.read_invited import invites_accounts
from codebegen.understanding.embedded.read_marks import mark_of, rating
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing, possessive
from codebegen.understanding.embedded.text import Token, Tokens


def read_acts(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`Users write posts`, `members can book classes`, `users can like tweets`: who does it to what."""
    if (
        frame.negated
        or frame.link in ("if", "unless", "until", "after", "before", "purpose", "because")
        or setting.role == "features"
    ):
        return
    if frame.link in ("when", "whenever", "once") and frame.verb not in verbs.ASSOCIATION:
        return
    if frame.passive:
        yield from _passive_act(frame, setting)
        return
    if invites_accounts(frame, setting):
        return
    who = frame.subjects[-1] if frame.subjects and not is_teller(frame.subjects[-1]) else None
    if (
        who is None
        and frame.subjects
        and frame.subjects[-1].words[-1].low in ("i", "we")
        and frame.verb in verbs.CREATE | {"do"}
    ):
        for what in frame.objects[:1]:
            if (
                is_thing(what)
                and (what.det in ("a", "an") or what.plural)
                and frame.verb not in ("build", "design", "add", "set", "log")
            ):
                yield Mention(what, 3, "created", what.start, what.end)
    if who is None or not (who.is_person or is_thing(who) or who.words[-1].low in words.ANYONE):
        return
    if not _joins_or_holds(frame, who):
        yield from _act(frame, who, frame.objects)


def _joins_or_holds(frame: Frame, who: Phrase) -> bool:
    """Whether the verb tells of the subject itself, and of nothing that it does."""
    if who.quantity.many and frame.verb in JOINING_IN:
        return not _with_items(frame)  # `several players take part in a match`: many on both sides, and nothing more
    if who.is_person:
        return False
    if frame.verb in verbs.STORE - verbs.HAS:
        return who.head not in nouns.ACTORS  # `a loan records the student and the desk`
    # `a screening joins a film and an edition`
    return frame.verb in JOINING and who.det in ("a", "an", "each", "every")


def _passive_act(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`Tweets can be liked by users`, `lists can be shared with other users`, `machines can be rented by farmers`."""
    if not frame.subjects or not is_thing(frame.subjects[-1]):
        return
    what = frame.subjects[-1]
    by = next((p for p in frame.prep("by") if p.is_person or is_thing(p)), None)
    if frame.verb in verbs.TOGGLE:
        yield Toggle(verbs.TOGGLE[frame.verb], by, what, frame.start, frame.end)
    elif frame.verb == "share" and frame.prep("with"):
        yield Link(what, frame.prep("with")[0], frame.start, frame.end, "has", True, True, "", True)
    elif (
        by is not None
        and frame.verb in verbs.ASSOCIATION
        and frame.verb not in ("review", "register", "comment", "report", "score")
        and frame.modal == "can"
    ):
        if not by.quantity.one:
            yield Association(
                verbs.ASSOCIATION[frame.verb], frame.verb, by, (what,), frame.start, frame.end, _with_items(frame)
            )
    elif frame.verb in _MAKING:
        yield from _occasion(what, frame)
        for target in (
            setting.occasion if frame.verb in ("record", "create", "issue", "write", "make", "schedule") else ()
        ):
            yield Link(what, target, frame.start, frame.end, "belong", False, None)
        yield from _made_for(frame, what)


_MAKING = set(verbs.ASSOCIATION) | set(
    "schedule issue collect take file make write attach extract create record handle report note log raise".split()
)


def _made_for(frame: Frame, what: Phrase) -> Iterator[Fact]:
    """`Appointments are booked for a pet with a veterinarian at a given date and time`."""
    for name, target in frame.preps:
        if (
            name == "at"
            and target.head in ("date", "time", "date_and_time", "day")
            and target.det
            and (item := read_item(target.words)) is not None
        ):
            yield Holds(what, item, target.start, target.end)
    for name, target in frame.preps:
        if (
            name in ("for", "with", "on", "against", "during", "from", "to", "of", "per")
            and not (name == "with" and not target.det and not target.many)
            and not (frame.verb == "make" and name == "of")
            and is_thing(target)
            and not target.is_field
            and target.head not in words.UNITS
        ):
            yield Mention(what, 1, "subject", what.start, what.end)
            many = target.many if frame.verb == "extract" else False
            yield Link(what, target, frame.start, frame.end, "belong", many, frame.verb == "extract" or None)


_LEADING_TO_DATA = frozenset("with having : giving including leaving providing entering stating".split())


def _data_at(frame: Frame) -> int:
    """Where the data of an act begins; behind all that it is about if there is none."""
    behind = max(frame.end, *(phrase.end for phrase in frame.objects), 0)
    return next((t.start for t in frame.rest if t.low in _LEADING_TO_DATA), behind)


def _goes_on_listing(frame: Frame, phrase: Phrase) -> bool:
    """`with an age in months and a photo`: the last is one more of the data."""
    before = next((t for t in reversed(frame.tokens) if t.start < phrase.start), None)
    return before is not None and (before.tag == "C" or before.text == ",")


def _with_items(frame: Frame) -> tuple[Item, ...]:
    at = next((i for i, t in enumerate(frame.rest) if t.low in _LEADING_TO_DATA), -1)
    return read_items(frame.rest[at + 1 :]) if at >= 0 else ()


_PLACES = ("place", "spot")  # `book a place in a class` is about the class
_ASSOCIATION_PREPS = ("for", "in", "to", "on", "at", "into", "with", "per")


def _act(frame: Frame, who: Phrase, objects: tuple[Phrase, ...]) -> Iterator[Fact]:
    """The first kind of act that the verb and its object make."""
    what = next((p for p in objects if is_thing(p)), None)
    for kind in (_toggled, _reported, _booked, _associated, _labelled):
        found = list(kind(frame, who, what))
        if found:
            yield from found
            return
    if what is not None and not (frame.verb == "list" and (frame.modal == "can" or who.words[-1].low in words.ANYONE)):
        yield from _plain_act(frame, who, what, objects)


def _plain_act(frame: Frame, who: Phrase, what: Phrase, objects: tuple[Phrase, ...]) -> Iterator[Fact]:
    """What is made, held, bought or just acted on."""
    judged = frame.verb == "report" and bool(frame.prep("as"))
    if (frame.verb in verbs.CREATE and not judged) or (frame.verb == "do" and what.plural):
        yield from _creation(frame, who, what)
    elif frame.verb in verbs.STRUCTURAL:
        yield from _structural(frame, who, objects)
    elif frame.verb in ("buy", "purchase", "order"):
        yield from _purchase(frame, who, what)
    elif _does_for_good(frame, who):
        for thing in (p for p in objects if is_thing(p) and p.plural and not p.is_field):
            yield Link(thing, who, frame.start, frame.end, "structural", None, True)
        yield from _done_on(frame, what)
    elif frame.verb in ("track", "store", "manage", "handle", "monitor", "organize") and what.plural:
        yield Mention(what, 1, "object", what.start, what.end)


def _done_on(frame: Frame, what: Phrase) -> Iterator[Fact]:
    """`Technicians run tests on samples`: each test is of a sample."""
    for name, target in frame.preps:
        row = is_thing(target) and not target.is_person and not target.is_field and target.head not in words.UNITS
        if row and what.plural and name in ("on", "for", "about", "against"):
            yield Link(what, target, frame.start, frame.end, "belong", many_targets=False, many_sources=True)


# What people do to things without anything of theirs being in them.
_PASSING = verbs.MANAGE | verbs.READ | verbs.UPDATE | verbs.DELETE | verbs.STORE | verbs.HAS | set(verbs.STATE)


def _does_for_good(frame: Frame, who: Phrase) -> bool:
    """`A fitter repairs lifts`, whatever the verb: said of people in general, not of what they may."""
    told = frame.link == "main" and not frame.modal and not frame.only and not frame.lead
    return told and who.is_person and who.head not in nouns.ACCOUNT_WORDS and frame.verb not in _PASSING | {"be", "do"}


def _toggled(frame: Frame, who: Phrase, what: Phrase | None) -> Iterator[Fact]:
    """`like tweets`, `add a recipe to my favorites`."""
    if what is None:
        return
    marks = ("favorite", "favourite", "bookmark", "wishlist")
    if frame.verb in ("add", "save") and any(p.head in marks for p in frame.prep("to", "as", "in")):
        yield Toggle("favorite", who, what, frame.start, frame.end)
    elif frame.verb in verbs.TOGGLE:
        yield Toggle(verbs.TOGGLE[frame.verb], who, what, frame.start, frame.end)


def _reported(frame: Frame, who: Phrase, what: Phrase | None) -> Iterator[Fact]:
    """`report a tweet with a reason`: a complaint about what others made."""
    reported = what is not None and (what.head in nouns.CONTENT or (what.is_person and frame.modal == "can"))
    if frame.verb == "report" and what is not None and reported:
        yield Association("report", "report", who, (what,), frame.start, frame.end, _with_items(frame))


def _booked(frame: Frame, who: Phrase, what: Phrase | None) -> Iterator[Fact]:
    """`book an appointment with a vet`: the object is the row itself."""
    if frame.verb not in verbs.ASSOCIATION or what is None or what.det == "the":
        return
    if what.head not in nouns.ASSOCIATION_NOUNS | _BOOKED:
        return
    yield from _creation(frame, who, what)
    for name, target in frame.preps:
        known = not target.is_field or (target.quantity.one and target.head not in words.UNITS)
        if name in ("with", "at", "in", "for", "on") and is_thing(target) and known:
            yield Link(what, target, frame.start, frame.end, "belong", False, None)


def _associated(frame: Frame, who: Phrase, what: Phrase | None) -> Iterator[Fact]:
    """`book classes`, `rate a recipe`; not `register their pets`."""
    placed = any(name in ("for", "in", "to") for name, _ in frame.preps)
    others = placed and frame.verb in ("register", "enroll", "enrol")
    if frame.verb in verbs.ASSOCIATION and not (what is not None and possessive(what) and not others):
        yield from _association(frame, who, what)


def _labelled(frame: Frame, _who: Phrase, what: Phrase | None) -> Iterator[Fact]:
    """`tag transactions`: tags are rows, many on both sides; a category is one."""
    if what is None or frame.verb not in ("tag", "label", "categorize", "categorise"):
        return
    noun = {"tag": "tag", "label": "label"}.get(frame.verb, "category")
    made = Phrase((Token(noun, noun, frame.start, frame.end, "word", "N", noun),), frame.start, frame.end)
    yield Mention(made, 3, "act", frame.start, frame.end)
    yield Link(what, made, frame.start, frame.end, "has", noun != "category", noun != "category" or None)


_BOOKED = frozenset("appointment session slot visit viewing consultation lesson meeting inspection".split())


def _association(frame: Frame, who: Phrase, what: Phrase | None) -> Iterator[Fact]:
    """The row that an act leaves: booking, enrollment, rating."""
    noun = verbs.ASSOCIATION[frame.verb]
    rated = [p for name, p in frame.preps if name in _ASSOCIATION_PREPS and is_thing(p)]
    about: tuple[Phrase, ...] = (what,) if what is not None else ()
    about = tuple(rated) if rated and what is not None and what.head in _PLACES else about
    if frame.verb in (
        "register",
        "apply",
        "enroll",
        "enrol",
        "subscribe",
        "vote",
        "comment",
        "react",
        "bid",
        "participate",
        "rsvp",
        "inscribe",
        "reply",
        "donate",
        "volunteer",
        "invite",
    ):
        about = (
            about + tuple(rated)
            if frame.verb == "invite"
            else tuple(rated) or (about if frame.verb not in ("register", "donate") else ())
        )
    data = _data_at(frame)
    about = tuple(p for p in about if p.start < data)
    if not about and frame.verb in _LONE and (items := _with_items(frame)):
        yield from _lone_row(noun, items, frame)
    if (frame.verb == "report" and what is None) or not about:
        return
    about = tuple(p for p in about if p.key != noun and not p.is_field)
    if not about:
        return
    if frame.verb in ("register", "enroll", "enrol") and what is not None and what.is_person and what not in about:
        who = what  # `guardians register their children for a camp`
    items = _with_items(frame) or data_of_deed(frame)[0]
    stars = rating(frame)
    once = any(t.low in ("once", "twice") for t in frame.rest)
    yield Association(noun, frame.verb, who, about, frame.start, frame.end, (*stars, *items), once)


# What can be done without naming to what: `guests can book with a name and a phone number`.
_LONE = frozenset("subscribe apply book reserve donate volunteer bid vote".split())


def _lone_row(noun: str, items: tuple[Item, ...], frame: Frame) -> Iterator[Fact]:
    """`Anyone can subscribe by leaving an e-mail address`: rows with the data that is left."""
    made = Phrase((Token(noun, noun, frame.start, frame.end, "word", "N", noun),), frame.start, frame.end)
    yield Mention(made, 3, "created", frame.start, frame.end)
    for item in items:
        yield Holds(made, item, item.start, item.end)


def _behind(tokens: Tokens, start: int) -> Tokens:
    """The tokens from a place in the text on."""
    return tuple(t for t in tokens if t.start >= start)


def _creation(frame: Frame, who: Phrase, what: Phrase) -> Iterator[Fact]:
    """`Users write posts`: a post points to a user; `record transactions on an account`: to the account too."""
    staff = who.head in nouns.STAFF or (frame.verb == "add" and who.head not in nouns.ACCOUNT_WORDS | {"member"})
    border = min((p.start for _, p in frame.preps), default=frame.end)
    for mark in (p for p in frame.objects if p is not what and is_mark(p)):
        yield from (Holds(what, item, item.start, item.end) for item in mark_of(_behind(frame.rest, mark.start)))
    for thing in (p for p in frame.objects if p.start < border or p is what):
        if not is_thing(thing) or is_mark(thing) or thing.is_field:
            continue
        yield Mention(thing, 3 if thing.plural or thing.det in ("a", "an") else 1, "created", thing.start, thing.end)
        if not staff or possessive(thing):
            yield Link(thing, who, frame.start, frame.end, "create", False, True)
    data = _data_at(frame)
    for name, target in frame.preps:
        if (
            name in ("on", "for", "to", "about", "in", "into", "per", "against", "at", "of", "after", "during")
            and is_thing(target)
            and target.start > what.start
            and not (target.start > data and _goes_on_listing(frame, target))
            and not target.is_field
        ):
            if name == "per" and target.head in nouns.THINGS:
                yield Mention(target, 3, "subject", target.start, target.end)
            yield Link(what, target, frame.start, frame.end, "belong", False, None)
    if what.of is not None and what.of.det and is_thing(what.of) and not what.of.is_field:
        yield Link(what, what.of, frame.start, frame.end, "belong", False, None)
    yield from _occasion(what, frame)


def _occasion(what: Phrase, frame: Frame) -> Iterator[Fact]:
    """`During an appointment the vet may write prescriptions`: what is made points to its occasion."""
    for name, target in frame.lead:
        if (
            name in ("during", "after", "for", "at", "on", "in", "before", "to", "about", "against", "per")
            and is_thing(target)
            and not target.is_field
            and target.head not in words.UNITS
        ):
            yield Link(what, target, frame.start, frame.end, "belong", False, None)


def _structural(frame: Frame, who: Phrase, objects: tuple[Phrase, ...]) -> Iterator[Fact]:
    """`A teacher teaches many courses`: a course points to its teacher, unless many are said on both sides."""
    for what in objects:
        if not is_thing(what) or what.is_field:
            continue
        weight = 3 if what.quantity.many or what.plural else 2
        yield Mention(what, weight, "object", what.start, what.end)
        yield Mention(who, 3 if not frame.modal else 2, "agent", who.start, who.end)
        yield Link(
            what,
            who,
            frame.start,
            frame.end,
            "structural",
            None,
            True if what.many or (not what.det and what.quantity == Quantity()) else None,
            optional=what.quantity.low == 0,
        )


def _purchase(frame: Frame, who: Phrase, what: Phrase) -> Iterator[Fact]:
    told_before = not frame.passive and what.start < who.start  # `review products they bought`
    if frame.link == "relative" or told_before:
        return
    yield Mention(what, 2, "object", what.start, what.end)
    if what.det in ("a", "an") and who.plural:
        yield Link(who, what, frame.start, frame.end, "belong", False, None, optional=True)
    else:
        yield Link(what, who, frame.start, frame.end, "buy", False, None)
    for target in frame.prep("for", "to"):
        if is_thing(target) and not target.is_field and not target.is_person:
            yield Link(what, target, frame.start, frame.end, "belong", False, None)
