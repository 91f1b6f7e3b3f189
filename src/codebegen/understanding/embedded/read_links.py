"""Relations told by clauses: `belongs to`, `is led by`, `between two teams`, `comes from`, `carries several`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Link, Mention
from codebegen.understanding.embedded.lexicon import english, nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing


def read_belong(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A room belongs to a hotel`, `is assigned to at most one courier`, `works in a department`, `is for one room`."""
    if frame.negated or not frame.subjects or frame.link in ("if", "unless", "purpose"):
        return
    if frame.verb == "be" and any(t.low in ("unique", "distinct") for t in frame.rest):
        return
    if frame.verb in _SPLITTING and frame.prep("into") and (frame.passive or frame.objects):
        yield from _divided(frame)
        return
    targets = _targets(frame)
    assigns = frame.verb in ("assign", "allocate") and not frame.passive
    for source in (frame.objects if assigns else frame.subjects) if targets else ():
        if not is_thing(source):
            continue
        weight = 3 if frame.verb in ("belong", "be") or source.det in words.EACH else 2
        yield Mention(source, weight, "subject", source.start, source.end)
        for target in targets:
            if frame.verb == "belong" and target.head in nouns.FIELDS_ONLY and target.det in _ONE_OF:
                yield Mention(target, _WHOLE, "whole", target.start, target.end)
            if is_thing(target):
                yield _belongs(source, target, frame)
                yield from inside_another(target)


# What rows belong to has rows, though the word is a field elsewhere.
_WHOLE = 8
_ONE_OF = frozenset("a an one exactly".split())


def inside_another(place: Phrase) -> Iterator[Fact]:
    """`drawers of a freezer`: what something lies in is a part itself."""
    whole = place.of
    if whole is None or not is_thing(whole) or whole.det not in ("a", "an") or place.is_field:
        return
    yield Mention(place, 2, "object", place.start, place.end)
    yield Mention(whole, 2, "object", whole.start, whole.end)
    yield Link(replace(place, of=None), whole, place.start, place.end, "belong", many_targets=False, many_sources=True)


_SPLITTING = ("divide", "split", "organize", "group", "break")
_PLACED = verbs.BELONG | {
    "stay",
    "sit",
    "reside",
    "lodge",
    "sleep",
    "assign",
    "work",
    "contain",
    "allocate",
    "divide",
    "split",
    "enter",
}
_STAYING = frozenset("belong work refer point relate live stand hang stay sit reside lodge sleep".split())


def _divided(frame: Frame) -> Iterator[Fact]:
    """`A course is divided into modules`, `split a contract into milestones`."""
    whole = frame.subjects[-1] if frame.passive else frame.objects[-1]
    for part in frame.prep("into"):
        if frame.verb in ("group", "organize") and whole.plural and part.plural:
            yield Mention(part, 3, "object", part.start, part.end)
            yield Link(whole, part, frame.start, frame.end, "belong", many_targets=False, many_sources=True)
            continue  # `group photos into galleries`: what is made holds them
        yield Mention(part, 3, "object", part.start, part.end)
        yield Link(part, whole, frame.start, frame.end, "contain", many_targets=False, many_sources=True)


def _targets(frame: Frame) -> tuple[Phrase, ...]:
    """What the subject belongs to, by the kind of verb."""
    if frame.verb in ("assign", "allocate") and not frame.passive:
        return frame.prep("to")
    if frame.verb == "belong":
        return frame.prep("to", "in", "into")
    if frame.verb in _PLACED and (frame.passive or frame.verb in _STAYING):
        return frame.prep("to", "in", "into", "at", "on", "under", "with", "from", "within")
    if frame.verb == "be" and frame.objects:
        return _part_of(frame)
    if frame.verb == "be":
        return frame.prep("for", "of", "in", "from", "within", "on", "under", "about", "by", "to")
    if frame.verb == "take" and [p.head for p in frame.objects] == ["place"]:
        return tuple(p for p in frame.prep("in", "at", "on") if not p.is_field and p.head not in english.TIMES)
    if _located(frame):
        places = frame.prep("to", "in", "at", "on", "under", "from", "for", "within", "against", "of")
        return tuple(p for p in places if not p.is_field and p.head not in english.TIMES)[:2]
    return ()


def _part_of(frame: Frame) -> tuple[Phrase, ...]:
    """`Rooms are part of a location`."""
    told = frame.objects[0]
    if told.head not in ("part", "child", "member", "subset") or told.of is None:
        return ()
    return (told.of, *(o for o in frame.objects[1:] if o.det in ("a", "an")))


_NOT_LOCATED = (
    verbs.UPDATE
    | verbs.DELETE
    | verbs.READ
    | set(verbs.TOGGLE)
    | verbs.STORE
    | verbs.STRUCTURAL
    | {
        "move",
        "go",
        "change",
        "start",
        "begin",
        "depend",
        "need",
        "be",
        "extract",
        "share",
        "order",
        "use",
        "call",
        "let",
        "allow",
        "export",
        "send",
        "return",
        "limit",
        "make",
        "compose",
        "comprise",
    }
) - {"run"}


def _located(frame: Frame) -> bool:
    """`Devices are installed in a greenhouse`, `readings come from a sensor`: a verb of place between two things."""
    subject = frame.subjects[-1]
    reduced = frame.passive and frame.link == "relative" and frame.verb in verbs.STRUCTURAL
    single = ("a", "an") if reduced else ()
    placed = frame.passive and any(p.quantity.one or p.det in single for _, p in frame.preps)
    kept = frame.passive and frame.verb in ("store", "keep", "save", "hold") and bool(frame.prep("in", "on", "at"))
    if (
        (not frame.passive and frame.verb in verbs.ASSOCIATION and all(p.key != subject.key for _, p in frame.preps))
        or (frame.verb in _NOT_LOCATED and not kept and not (reduced and placed))
        or (subject.is_person and not placed)
        or not is_thing(subject)
        or subject.is_field
    ):
        return False
    return (
        not frame.objects
        and bool(frame.preps)
        and not (frame.passive and frame.modal == "can" and frame.verb in verbs.STATE)
    )


def _belongs(source: Phrase, target: Phrase, frame: Frame) -> Link:
    optional = (
        target.quantity.low == 0 or (target.quantity.high == 1 and target.quantity.low is None) or frame.modal == "can"
    )
    # "Devices stand in buildings": each device in one.
    many = target.many and (target.quantity.many or not source.plural)
    if source.key == target.key and target.plural and target.det in ("other", "others"):
        return Link(source, target, frame.start, frame.end, "between", True, True, "", optional)
    name = "assignee" if frame.verb == "assign" and target.is_person and not many else ""
    return Link(source, target, frame.start, frame.end, "belong", many, None, name, optional)


_AGENT_NOUNS = {
    "create": "creator",
    "write": "author",
    "report": "reporter",
    "review": "reviewer",
    "assign": "assignee",
    "upload": "uploader",
    "send": "sender",
    "approve": "approver",
    "organize": "organizer",
    "publish": "publisher",
    "post": "author",
    "own": "owner",
    "submit": "submitter",
    "request": "requester",
    "author": "author",
    "add": "creator",
    "manage": "manager",
    "make": "creator",
    "host": "host",
    "lead": "leader",
}


def read_agent(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`An experiment is led by a scientist`, `reported by a user`: the one who acts is what it points to."""
    if not frame.passive or not frame.subjects or frame.negated:
        return
    if frame.verb in verbs.TOGGLE or frame.verb in (
        "edit",
        "see",
        "view",
        "delete",
        "cancel",
        "filter",
        "sort",
        "search",
        "manage",
        "update",
        "change",
        "approve",
        "access",
        "acknowledge",
    ):
        return
    state = frame.verb in verbs.STATE and frame.modal in ("can", "must", "will")
    source = frame.subjects[-1]
    for target in frame.prep("by"):
        if not is_thing(target) or not is_thing(source) or state:
            continue
        name = _AGENT_NOUNS.get(frame.verb, "") if target.head in nouns.ACCOUNT_WORDS else ""
        if target.words[0].low in words.ORDINALS and len(target.words) > 1:
            name = target.key
        strong = target.quantity.one or target.det in ("a", "an")
        optional = target.quantity.low == 0 or frame.modal == "can"
        # "Containers are emptied by drivers": each container by one.
        many = target.many and (target.quantity.many or not source.plural)
        yield Link(source, target, frame.start, frame.end, "agent", many and not strong, None, name, optional)


def read_belonging(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A person of the family has a name`, `each room of a hotel has a number`: rows of the one in the other."""
    if frame.verb not in verbs.HAS or frame.passive or not frame.subjects:
        return
    row, whole = frame.subjects[-1], frame.subjects[-1].of
    if whole is None or not whole.det or row.det not in ("a", "an", "each", "every") or row.head in words.COLLECTIONS:
        return
    if is_thing(row) and is_thing(whole) and not row.is_field and not whole.is_field:
        yield Link(replace(row, of=None), whole, row.start, row.end, "belong", many_targets=False, many_sources=True)


def read_charge(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`An editor is in charge of each manuscript`, `is responsible for one ward`: the thing points to the person."""
    charge = next((p.of for p in frame.prep("in") if p.head == "charge"), None)
    lows = [t.low for t in frame.tokens]
    if charge is None and "responsible" in lows:
        charge = next(iter(frame.prep("for")), None)
    if (
        charge is None
        or not frame.subjects
        or frame.negated
        or not is_thing(charge)
        or not is_thing(frame.subjects[-1])
    ):
        return
    yield Mention(charge, 2, "object", charge.start, charge.end)
    yield Link(charge, frame.subjects[-1], frame.start, frame.end, "agent", False, True)


def read_asked(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`The editor asks reviewers for a review`: what is asked for is made by those who are asked."""
    if frame.verb != "ask" or frame.passive or frame.negated:
        return
    asked = next((p for p in frame.objects if p.is_person), None)
    for what in frame.prep("for") if asked is not None else ():
        if asked is not None and is_thing(what) and not what.is_field:
            yield Link(what, asked, frame.start, frame.end, "create", False, True)


def read_carrying(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`A device carries several sensors`, `an alert rule watches one sensor`: a thing that acts on a thing."""
    if (
        frame.passive
        or frame.negated
        or frame.link not in ("main", "relative")
        or not frame.subjects
        or frame.modal == "must"
    ):
        return
    subject = frame.subjects[-1]
    shown = frame.verb in ("show", "list") and any(p.quantity.many for p in frame.objects)
    if (
        subject.is_person
        or is_teller(subject)
        or not is_thing(subject)
        or (frame.verb in _READ_OTHERWISE and not shown)
    ):
        return
    shared = True if frame.verb in _AFFECTING else None
    for what in frame.objects:
        if is_thing(what) and not what.is_field and (shown or not what.is_person) and what.words[-1].tag != "R":
            yield Link(subject, what, frame.start, frame.end, "has" if what.many else "belong", what.many, shared)


_READ_OTHERWISE = frozenset(
    verbs.HAS | verbs.STORE | set(verbs.TOGGLE) | set(verbs.ASSOCIATION) | verbs.CREATE | verbs.STRUCTURAL
) | frozenset("be exceed overlap need move let allow show decrease increase turn".split())

# What one thing does to another without taking it for its own: others do it to the same.
_AFFECTING = frozenset(
    "hit affect use require concern involve mention cover touch treat match visit cite reference target influence "
    "disturb block demand teach test".split()
)


def read_existing(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`In each room there are beds`, `for every flag and environment there is one state`: keys of what is there."""
    if frame.verb != "be" or frame.subjects or frame.negated or not frame.objects:
        return
    what = frame.objects[0]
    wholes = [p for name, p in frame.lead if name in ("in", "on", "at", "for", "per") and is_thing(p)]
    rows = [p for p in wholes if p.words[-1].tag == "N" and (p.det in words.EACH or not p.is_field)]
    plain = what.is_field and len(what.words) == 1
    if not rows or not is_thing(what) or plain or what.words[-1].tag != "N":
        return
    yield Mention(what, 4, "created", what.start, what.end)
    for row in rows:
        yield Mention(row, 2, "subject", row.start, row.end)
        yield Link(what, row, frame.start, frame.end, "contain", False, True)


def read_per(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`We note attendance per singer and rehearsal`: rows that point to both."""
    about = frame.prep("per")
    before = [p for p in (*frame.subjects, *frame.objects) if about and p.end <= about[0].start]
    rows = [p for p in about if is_thing(p) and not p.is_field and p.words[-1].tag == "N"]
    what = before[-1] if before else None
    if what is None or len(rows) != 2 or not is_thing(what) or what.is_field:
        return
    yield Mention(what, 3, "object", what.start, what.end)
    for row in rows:
        yield Link(what, row, frame.start, frame.end, "belong", False, True)


def read_possessed(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Every film's screenings are public`: rows of the one belong to the other."""
    for phrase in (*frame.subjects, *frame.objects):
        owner = Phrase(phrase.possessor, phrase.start, phrase.end) if phrase.possessor else None
        if owner is None or not phrase.plural or phrase.head not in nouns.THINGS - nouns.FIELDS_ONLY:
            continue
        if is_thing(owner) and owner.words[-1].tag == "N" and not owner.is_person and not is_teller(owner):
            yield Mention(phrase, 2, "object", phrase.start, phrase.end)
            yield Mention(owner, 3, "subject", owner.start, owner.end)
            yield Link(phrase, owner, phrase.start, phrase.end, "belong", False, True)
