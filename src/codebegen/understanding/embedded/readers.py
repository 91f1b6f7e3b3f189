"""Readers: one frame enters, facts leave. `FRAME_READERS` is the order in which a frame is offered to them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from codebegen.understanding.embedded import values as value_lists
from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Association, Fact, Holds, Link, Mention, Toggle, Unique
from codebegen.understanding.embedded.items import Item, read_item, read_items
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.spec import Spec
from codebegen.understanding.embedded.text import Token, Tokens
from codebegen.understanding.embedded.values import attribute_share


@dataclass(frozen=True)
class Setting:
    """Where a frame stands: the section's role, the topic of the lines around it."""

    role: str = ""
    topic: Phrase | None = None
    last: Phrase | None = None
    made: Phrase | None = None
    occasion: tuple[Phrase, ...] = ()


Reader = Callable[[Frame, Setting], Iterator[Fact]]

_TELLERS = frozenset("there we i it system app backend api platform you service site website user-interface database they program".split())
_PLACES = frozenset("system app backend api platform service site website library shop store school company clinic".split())


def is_teller(phrase: Phrase) -> bool:
    """Whether the subject is whoever tells or the system itself."""
    if phrase.head in _PLACES and phrase.det in ("our", "my", "the", "this") and not phrase.plural:
        return True
    return phrase.words[-1].low in _TELLERS or phrase.head in _TELLERS


def is_thing(phrase: Phrase) -> bool:
    """Whether a phrase can name an entity at all."""
    head = phrase.head
    if head in nouns.ABSTRACT & nouns.THINGS:
        return True
    if head in _COMPOUND_HEADS and len(phrase.words) > 1 and phrase.words[-2].tag == "N":
        return True
    return phrase.words[-1].tag != "R" and head not in nouns.ABSTRACT and len(head) > 1 and not head.isdigit()


# Abstract on their own, rows of a table behind another noun: ticket type, waiting list, audit entry.
_COMPOUND_HEADS = frozenset("type list group entry record item log process action operation rule change kind detail info access page".split())


def possessive(phrase: Phrase) -> bool:
    """`their own pets`, `her posts`."""
    return phrase.det in words.POSSESSIVES


def read_has(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`A post has a title and many tags`, `an order contains tickets`, `For each loan we record …`."""
    if frame.passive and frame.verb in ("make", "compose", "comprise", "build") and frame.subjects and "of" in [t.low for t in frame.rest[:2]]:
        yield from _holds(frame.subjects[-1], _list_of(frame.rest[[t.low for t in frame.rest].index("of") + 1 :]), frame)
        return
    if frame.passive and frame.verb in _RECORDED and frame.subjects:
        yield from _recorded(frame, setting)
        return
    if frame.verb == "be" and frame.subjects and frame.rest and frame.rest[0].low == "of" and is_thing(frame.subjects[-1]):
        comma = Token(",", ",", 0, 0, "punct", "PUNCT")
        rest = tuple(comma if t.low == "with" else t for t in frame.rest[1:])
        if (items := read_items(rest)) and (items[0].head in nouns.ENUM_NOUNS and items[0].spec.values):
            yield from _holds(frame.subjects[-1], items, frame)
        return
    if frame.link == "relative" and frame.verb in ("state", "specify", "indicate", "detail", "mention", "describe", "give") and frame.subjects and not frame.subjects[-1].is_person:
        yield from _holds(frame.subjects[-1], _list_of(frame.rest), frame)
        return
    if frame.negated or frame.passive or frame.link in ("purpose", "if", "unless"):
        return
    subject = frame.subjects[-1:] if frame.subjects else ()
    told = not subject or is_teller(subject[0])
    if frame.verb == "come" and frame.rest and frame.rest[0].low == "with" and not told:
        yield from _holds(subject[0], _list_of(frame.rest[1:]), frame)
        return
    if frame.verb in verbs.HAS and not told:
        for owner in frame.subjects:
            yield from _holds(owner, _list_of(frame.rest), frame)
    elif frame.verb in verbs.STORE | verbs.HAS | {"mean"} or (frame.verb in ("write", "note") and frame.rest and frame.rest[0].low == "down"):
        yield from _stored(frame, told, setting)


_RECORDED = frozenset("record store save keep note capture measure register track".split())


def _recorded(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`When a guest books a room, the check-in date and the number of persons are recorded`."""
    verb = next((i for i, t in enumerate(frame.tokens) if t.tag == "B"), 0)
    listed = frame.tokens[:verb]
    if attribute_share(listed) < 0.5 or frame.subjects[0].of is not None and is_thing(frame.subjects[0].of) and frame.subjects[0].of.det:
        return
    owner = next((p for name, p in (*frame.preps, *frame.lead) if name in ("for", "of") and is_thing(p)), None) or setting.made or setting.last
    if owner is not None and owner.head not in nouns.FIELDS_ONLY:
        yield from _holds(owner, read_items(listed), frame)


def _stored(frame: Frame, told: bool, setting: Setting) -> Iterator[Fact]:
    about = next((p for name, p in (*frame.lead, *frame.preps) if name in ("for", "about", "of", "during", "on") and is_thing(p)), None)
    if told and frame.rest and frame.rest[0].low in ("their", "its", "his", "her") and about is None and setting.last is not None:
        yield from _holds(setting.last, _list_of(frame.rest), frame)
        return
    if told and about is None and frame.verb not in ("need", "want", "get", "mean") and attribute_share(frame.rest) >= 0.5:
        owner = setting.made or setting.last
        if owner is not None and not (frame.rest and frame.rest[0].tag == "N" and frame.rest[0].lemma in nouns.PERSONS):
            yield from _holds(owner, _list_of(frame.rest), frame)
            return
    if frame.verb in ("need", "want", "get", "mean") and not frame.lead:
        return
    if told and about is not None and (frame.lead or about.start > frame.tokens[0].start):
        listed = _before(frame.rest, about.start) if not frame.lead else frame.rest
        if not frame.lead and about.det not in words.EACH and attribute_share(listed) < 0.5:
            return
        yield from _holds(about, _list_of(listed), frame)
        return
    if not told and frame.subjects[-1].head not in _PLACES and frame.subjects[-1].head not in nouns.PERSONS:
        yield from _holds(frame.subjects[-1], _list_of(frame.rest), frame)
        return
    for item in _list_of(frame.rest):
        if item.sub or item.phrase.plural:
            yield Mention(item.phrase, 3, "object", item.start, item.end)
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
    if not is_thing(owner):
        return
    items = tuple(i for i in items if i.phrase.head not in nouns.ABSTRACT or i.sub or i.spec != Spec() or i.phrase.head in nouns.THINGS or len(i.phrase.words) > 1 and i.phrase.words[-2].tag == "N")
    if not items:
        return
    weight = 5 if len(items) > 1 or owner.det in words.EACH else 3
    yield Mention(owner, weight, "subject", owner.start, owner.end)
    for item in items:
        yield Holds(owner, item, item.start, item.end, modal=frame.modal, contained=frame.verb in ("contain", "include", "consist", "comprise"))


def read_with(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`create meetups with a title and a date`, `a scan is recorded with a timestamp`, `sign up with name and email`."""
    at = next((i for i, t in enumerate(frame.rest) if t.low in ("with", "having", "containing", "including")), -1)
    if at < 0 or frame.negated or frame.verb in verbs.HAS | {"start", "begin", "log", "integrate", "work", "deal", "be", "build", "share", "communicate"}:
        return
    objects = [p for p in frame.objects if p.start < frame.rest[at].start]
    owner = objects[-1] if objects else (frame.subjects[-1] if frame.subjects else None)
    near = [(name, p) for name, p in frame.preps if p.end <= frame.rest[at].start]
    if near and near[-1][0] in ("by", "through", "via", "under") and not near[-1][1].is_person:
        owner = near[-1][1]
        yield Mention(owner, 2, "object", owner.start, owner.end)
    signing = frame.verb in ("register", "sign", "signup", "join") and attribute_share(frame.rest[at + 1 :]) >= 0.5
    if owner is None or not is_thing(owner) or frame.verb in verbs.ASSOCIATION and not frame.passive and not objects and not signing:
        return
    if frame.verb in verbs.ASSOCIATION and objects and not frame.passive and frame.verb not in verbs.CREATE:
        return
    if frame.verb == "report" and owner.head in nouns.CONTENT:
        return
    for item in read_items(frame.rest[at + 1 :]):
        yield Holds(owner, item, item.start, item.end)


def read_belong(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`A room belongs to a hotel`, `is assigned to at most one courier`, `works in a department`, `is for one room`."""
    if frame.negated or not frame.subjects or frame.link in ("if", "unless", "purpose"):
        return
    if frame.verb in ("divide", "split", "organize", "group", "break") and not frame.passive and frame.prep("into") and frame.objects:
        for source in frame.prep("into"):
            yield Mention(source, 3, "object", source.start, source.end)
            yield Link(source, frame.objects[-1], frame.start, frame.end, "contain", many_targets=False, many_sources=True)
        return
    if frame.verb in ("assign", "allocate") and not frame.passive:
        targets = frame.prep("to")
    elif frame.verb in verbs.BELONG | {"assign", "work", "contain", "allocate", "divide", "split", "enter"} and (frame.passive or frame.verb in ("belong", "work", "refer", "point", "relate", "live", "stand", "hang")):
        targets = frame.prep("to", "in", "into", "at", "on", "under", "with", "from", "within")
    elif frame.verb == "be" and frame.objects and frame.objects[0].head in ("part", "child", "member", "subset") and frame.objects[0].of is not None:
        targets = (frame.objects[0].of, *(o for o in frame.objects[1:] if o.det in ("a", "an")))
    elif _located(frame):
        targets = tuple(p for p in frame.prep("to", "in", "at", "on", "under", "from", "for", "within", "against", "of") if p.head not in nouns.FIELDS_ONLY)[:2]
    elif frame.verb == "be" and not frame.objects:
        targets = frame.prep("for", "of", "in", "from", "within", "on", "under")
    else:
        return
    if frame.verb in ("divide", "split", "organize", "group") and frame.passive and frame.prep("into"):
        for source in frame.prep("into"):
            yield Link(source, frame.subjects[-1], frame.start, frame.end, many_targets=False, many_sources=True)
        return
    for source in frame.objects if frame.verb in ("assign", "allocate") and not frame.passive else frame.subjects:
        if not is_thing(source):
            continue
        yield Mention(source, 3 if frame.verb in ("belong", "be") or source.det in words.EACH else 2, "subject", source.start, source.end)
        for target in targets:
            if is_thing(target):
                yield _belongs(source, target, frame)


_NOT_LOCATED = (
    verbs.UPDATE | verbs.DELETE | verbs.READ | set(verbs.TOGGLE) | verbs.STORE | verbs.STRUCTURAL
    | {"move", "go", "change", "start", "begin", "depend", "need", "be", "extract", "share", "order", "use", "call", "let", "allow", "export", "send", "return", "limit"}
) - {"run"}


def _located(frame: Frame) -> bool:
    """`Devices are installed in a greenhouse`, `readings come from a sensor`: a verb of place between two things."""
    subject = frame.subjects[-1]
    if frame.verb in _NOT_LOCATED or subject.is_person or not is_thing(subject) or subject.head in nouns.FIELDS_ONLY:
        return False
    return not frame.objects and bool(frame.preps) and not (frame.passive and frame.modal == "can" and frame.verb in verbs.STATE)


def _belongs(source: Phrase, target: Phrase, frame: Frame) -> Link:
    optional = target.quantity.low == 0 or (target.quantity.high == 1 and target.quantity.low is None) or frame.modal == "can"
    # "Devices stand in buildings": each device in one.
    many = target.many and (target.quantity.many or not source.plural)
    return Link(source, target, frame.start, frame.end, "belong", many_targets=many, many_sources=None, optional=optional)


_AGENT_NOUNS = {
    "create": "creator", "write": "author", "report": "reporter", "review": "reviewer", "assign": "assignee", "upload": "uploader", "send": "sender",
    "approve": "approver", "organize": "organizer", "publish": "publisher", "post": "author", "own": "owner", "submit": "submitter",
    "request": "requester", "author": "author", "add": "creator", "manage": "manager", "make": "creator", "host": "host", "lead": "leader",
}  # fmt: skip


def read_agent(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`An experiment is led by a scientist`, `reported by a user`: the one who acts is what it points to."""
    if not frame.passive or not frame.subjects or frame.negated:
        return
    if frame.verb in verbs.TOGGLE or frame.verb in ("edit", "see", "view", "delete", "cancel", "filter", "sort", "search", "manage", "update", "change", "approve", "access", "acknowledge"):
        return
    state = frame.verb in verbs.STATE and frame.modal in ("can", "must", "will")
    source = frame.subjects[-1]
    for target in frame.prep("by"):
        if not is_thing(target) or not is_thing(source) or state:
            continue
        name = _AGENT_NOUNS.get(frame.verb, "") if target.head in nouns.ACCOUNT_WORDS else ""
        strong = target.quantity.one or target.det in ("a", "an")
        optional = target.quantity.low == 0 or frame.modal == "can"
        yield Link(source, target, frame.start, frame.end, "agent", target.many if not strong else False, None, name, optional)


def read_identified(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`Members are identified by a card number`: a field that tells rows apart."""
    if frame.passive and frame.verb == "know" and frame.subjects and frame.rest and frame.rest[0].low in ("by", "with", "for"):
        yield from _holds(frame.subjects[-1], read_items(frame.rest[1:]), frame)
    if frame.passive and frame.verb in ("identify", "recognize", "distinguish") and frame.subjects and frame.prep("by"):
        at = next(i for i, t in enumerate(frame.rest) if t.low == "by")
        scoped = frame.prep("within", "in", "inside", "per")
        end = next((i for i, t in enumerate(frame.rest) if i > at and t.low in ("within", "in", "inside", "per")), len(frame.rest))
        for item in read_items(frame.rest[at + 1 : end]):
            unique = replace(item, spec=replace(item.spec, unique=not scoped))
            yield Holds(frame.subjects[-1], unique, item.start, item.end)
            if scoped:
                yield Unique(frame.subjects[-1], (item.name,), (scoped[0].key,), frame.start, frame.end)


def read_groups(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`comes from a customer (company name, address)`, `leave reviews (stars 1..5, text)`: fields in brackets anywhere."""
    if frame.verb in verbs.HAS | verbs.STORE and not (frame.subjects and is_teller(frame.subjects[-1])) and frame.subjects:
        return
    for phrase in (*frame.subjects, *frame.objects, *(p for _, p in frame.preps)):
        if phrase.group is None or len(phrase.group.inside) < 3 or not is_thing(phrase) or phrase.head in nouns.ENUM_NOUNS:
            continue
        if value_lists.attribute_share(phrase.group.inside) >= 0.5 and (
            not value_lists.looks_hard(phrase.group.inside) or sum(t.text == "," for t in phrase.group.inside) > 2
        ):
            yield Mention(phrase, 6, "defined", phrase.start, phrase.end)
            for item in read_items(phrase.group.inside):
                yield Holds(phrase, item, item.start, item.end)


def read_transfer(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`A transfer goes from one wallet to another`: two keys to the same kind of thing."""
    lows = [t.low for t in frame.rest]
    if "from" not in lows or not ({"another", "other"} & set(lows)) or not frame.subjects or not is_thing(frame.subjects[-1]):
        return
    source = next(iter(frame.prep("from")), None)
    if source is not None and is_thing(source) and source.quantity.one:
        for side in ("from", "to"):
            yield Link(frame.subjects[-1], source, frame.start, frame.end, "between", False, True, f"{side}_{source.key}")


def read_actors(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """Whoever acts in a main clause may be a role."""
    if frame.link in ("main", "relative") and setting.role not in ("features",):
        for who in frame.subjects:
            if who.is_person and not is_teller(who) and not frame.passive and frame.verb not in ("be",):
                yield Mention(who, 0, "actor", who.start, who.end)


def read_carrying(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`A device carries several sensors`, `an alert rule watches one sensor`: a thing that acts on a thing."""
    if frame.passive or frame.negated or frame.link not in ("main", "relative") or not frame.subjects or frame.modal in ("must",):
        return
    subject = frame.subjects[-1]
    known = verbs.HAS | verbs.STORE | set(verbs.TOGGLE) | set(verbs.ASSOCIATION) | verbs.CREATE | verbs.STRUCTURAL | {"be", "exceed", "overlap", "need", "move", "let", "allow", "show", "decrease", "increase", "turn"}
    if subject.is_person or is_teller(subject) or not is_thing(subject) or frame.verb in known:
        return
    for what in frame.objects:
        if is_thing(what) and what.head not in nouns.FIELDS_ONLY and not what.is_person and what.words[-1].tag != "R":
            yield Link(subject, what, frame.start, frame.end, "has" if what.many else "belong", what.many, None)


def read_between(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`A match is played between two teams, home team and away team`."""
    if not frame.subjects or not is_thing(frame.subjects[-1]):
        return
    found = frame.prep("between")
    if not found or frame.verb in ("choose", "move"):
        return
    others = [p for p in (*found[1:], *frame.objects) if p.head == found[0].head and len(p.words) > 1 and p.start > found[0].start]
    for name, place in frame.preps:
        if name in ("within", "in", "at", "during") and is_thing(place) and place.head not in nouns.FIELDS_ONLY:
            yield Link(frame.subjects[-1], place, frame.start, frame.end, "belong", False, None)
    for other in others:
        yield Link(frame.subjects[-1], other, other.start, other.end, "between", False, True, other.key)
    if not others and (found[0].quantity.high or 0) == 2:
        for side in ("first", "second"):
            yield Link(frame.subjects[-1], found[0], frame.start, frame.end, "between", False, True, f"{side}_{found[0].key}")


def read_self(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`A tweet may be a reply to another tweet`, `a category can have a parent category`."""
    if frame.verb != "be" or not frame.subjects or not frame.objects:
        return
    subject, told = frame.subjects[-1], frame.objects[0]
    for target in frame.prep("to", "of"):
        if target.key == subject.key and is_thing(subject):
            yield Link(subject, target, frame.start, frame.end, "self", False, True, f"{told.key}_to" if told.key == "reply" else told.key, optional=True)


def read_acts(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`Users write posts`, `members can book classes`, `users can like tweets`: who does it to what."""
    if frame.negated or frame.link in ("if", "unless", "until", "after", "before", "purpose", "because") or setting.role == "features":
        return
    if frame.link in ("when", "whenever", "once") and frame.verb not in verbs.ASSOCIATION:
        return
    if frame.passive:
        yield from _passive_act(frame, setting)
        return
    who = frame.subjects[-1] if frame.subjects and not is_teller(frame.subjects[-1]) else None
    if who is None and frame.subjects and frame.subjects[-1].words[-1].low in ("i", "we") and frame.verb in verbs.CREATE | {"do"}:
        for what in frame.objects[:1]:
            if is_thing(what) and (what.det in ("a", "an") or what.plural) and frame.verb not in ("build", "design", "add", "set", "log"):
                yield Mention(what, 3, "created", what.start, what.end)
    if who is None or not (who.is_person or is_thing(who) or who.words[-1].low in words.ANYONE):
        return
    yield from _act(frame, who, frame.objects)


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
    elif by is not None and frame.verb in verbs.ASSOCIATION and frame.verb not in ("review", "register", "comment", "report", "score") and frame.modal == "can":
        if not by.quantity.one:
            yield Association(verbs.ASSOCIATION[frame.verb], frame.verb, by, (what,), frame.start, frame.end, _with_items(frame))
    elif frame.verb in _MAKING:
        yield from _occasion(what, frame)
        for target in setting.occasion if frame.verb in ("record", "create", "issue", "write", "make", "schedule") else ():
            yield Link(what, target, frame.start, frame.end, "belong", False, None)
        yield from _made_for(frame, what)


_MAKING = set(verbs.ASSOCIATION) | set("schedule issue collect take file make write attach extract create record handle".split())


def _made_for(frame: Frame, what: Phrase) -> Iterator[Fact]:
    """`Appointments are booked for a pet with a veterinarian at a given date and time`."""
    for name, target in frame.preps:
        if name == "at" and target.head in ("date", "time", "date_and_time", "day") and target.det and (item := read_item(target.words)) is not None:
            yield Holds(what, item, target.start, target.end)
    for name, target in frame.preps:
        if name in ("for", "with", "on", "against", "during", "from", "to", "of") and is_thing(target) and target.head not in nouns.FIELDS_ONLY and target.head not in words.UNITS:
            yield Mention(what, 1, "subject", what.start, what.end)
            many = target.many if frame.verb == "extract" else False
            yield Link(what, target, frame.start, frame.end, "belong", many, frame.verb == "extract" or None)


def _with_items(frame: Frame) -> tuple[Item, ...]:
    at = next((i for i, t in enumerate(frame.rest) if t.low in ("with", "having", ":", "giving", "including")), -1)
    return read_items(frame.rest[at + 1 :]) if at >= 0 else ()


_ASSOCIATION_PREPS = ("for", "in", "to", "on", "at", "into", "with")


def _act(frame: Frame, who: Phrase, objects: tuple[Phrase, ...]) -> Iterator[Fact]:
    what = next((p for p in objects if is_thing(p)), None)
    if frame.verb in ("add", "save") and what is not None and any(p.head in ("favorite", "favourite", "bookmark", "wishlist") for p in frame.prep("to", "as", "in")):
        yield Toggle("favorite", who, what, frame.start, frame.end)
        return
    if frame.verb in verbs.TOGGLE and what is not None:
        yield Toggle(verbs.TOGGLE[frame.verb], who, what, frame.start, frame.end)
        return
    if frame.verb == "report" and what is not None and what.head in nouns.CONTENT:
        yield Association("report", "report", who, (what,), frame.start, frame.end, _with_items(frame))
        return
    if frame.verb in verbs.ASSOCIATION and what is not None and what.head in nouns.ASSOCIATION_NOUNS | _BOOKED and what.det != "the":
        yield from _creation(frame, who, what)
        for name, target in frame.preps:
            if name in ("with", "at") and is_thing(target) and target.head not in nouns.FIELDS_ONLY:
                yield Link(what, target, frame.start, frame.end, "belong", False, None)
        return
    if frame.verb in verbs.ASSOCIATION and not (what is not None and possessive(what)):
        found = list(_association(frame, who, what))
        if found:
            yield from found
            return
    if what is None:
        return
    if frame.verb in ("tag", "label", "categorize", "categorise"):
        noun = {"tag": "tag", "label": "label"}.get(frame.verb, "category")
        made = Phrase((Token(noun, noun, frame.start, frame.end, "word", "N", noun),), frame.start, frame.end)
        yield Mention(made, 3, "act", frame.start, frame.end)
        yield Link(what, made, frame.start, frame.end, "has", noun != "category", noun != "category" or None)
        return
    if frame.verb in verbs.CREATE:
        yield from _creation(frame, who, what)
    elif frame.verb in verbs.STRUCTURAL:
        yield from _structural(frame, who, objects)
    elif frame.verb in ("buy", "purchase", "order"):
        yield from _purchase(frame, who, what)
    elif frame.verb in ("track", "store", "manage", "handle", "monitor", "organize") and what.plural:
        yield Mention(what, 1, "object", what.start, what.end)


_BOOKED = frozenset("appointment session slot visit viewing consultation lesson meeting inspection".split())


def _association(frame: Frame, who: Phrase, what: Phrase | None) -> Iterator[Fact]:
    """The row that an act leaves: booking, enrollment, rating."""
    noun = verbs.ASSOCIATION[frame.verb]
    rated = [p for name, p in frame.preps if name in _ASSOCIATION_PREPS and is_thing(p)]
    about: tuple[Phrase, ...] = tuple(p for p in ([what] if what is not None else []) if p is not None)
    if frame.verb in ("register", "apply", "enroll", "enrol", "subscribe", "vote", "comment", "react", "bid", "participate", "rsvp", "inscribe", "reply", "donate", "volunteer", "invite"):
        about = about + tuple(rated) if frame.verb in ("invite",) else tuple(rated) or (about if frame.verb not in ("register", "donate") else ())
    if frame.verb == "report" and what is None or not about:
        return
    about = tuple(p for p in about if p.key != noun and p.head not in nouns.FIELDS_ONLY)
    if not about:
        return
    items = _with_items(frame)
    stars = _rating(frame)
    once = any(t.low in ("once", "twice") for t in frame.rest)
    yield Association(noun, frame.verb, who, about, frame.start, frame.end, (*stars, *items), once)


def _rating(frame: Frame) -> tuple[Item, ...]:
    """`rate a recipe from 1 to 5 stars` gives the rating a number."""
    if frame.verb not in ("rate", "review", "score"):
        return ()
    at = next((i for i, t in enumerate(frame.rest) if t.kind == "number" or t.low in words.NUMBERS), -1)
    if at < 0:
        return ()
    begin = at - 1 if at and frame.rest[at - 1].low in ("from", "between") else at
    unit = next((t for t in frame.rest[at:] if t.tag == "N"), None)
    name = unit if unit is not None and unit.lemma in ("star", "point") else Token("score", "score", frame.rest[at].start, frame.rest[-1].end, "word", "N", "score")
    item = read_item((name, *(t for t in frame.rest[begin:] if t is not unit)))
    return (item,) if item is not None and item.spec.max is not None else ()


def _creation(frame: Frame, who: Phrase, what: Phrase) -> Iterator[Fact]:
    """`Users write posts`: a post points to a user; `record transactions on an account`: to the account too."""
    staff = who.head in nouns.STAFF or frame.verb == "add" and who.head not in nouns.ACCOUNT_WORDS | {"member"}
    border = min((p.start for _, p in frame.preps), default=frame.end)
    for thing in (p for p in frame.objects if p.start < border or p is what):
        if not is_thing(thing) or thing.head in nouns.ATTRIBUTES and thing.head not in nouns.THINGS:
            continue
        yield Mention(thing, 3 if thing.plural or thing.det in ("a", "an") else 1, "created", thing.start, thing.end)
        if not staff or possessive(thing):
            yield Link(thing, who, frame.start, frame.end, "create", False, True)
    for name, target in frame.preps:
        if name in ("on", "for", "to", "about", "in", "per", "against", "at", "of") and is_thing(target) and target.start > what.start and target.head not in nouns.FIELDS_ONLY:
            yield Link(what, target, frame.start, frame.end, "belong", False, None)
    yield from _occasion(what, frame)


def _occasion(what: Phrase, frame: Frame) -> Iterator[Fact]:
    """`During an appointment the vet may write prescriptions`: what is made points to its occasion."""
    for name, target in frame.lead:
        if name in ("during", "after", "for", "at", "on", "in", "before") and is_thing(target) and target.head not in nouns.FIELDS_ONLY and target.head not in words.UNITS:
            yield Link(what, target, frame.start, frame.end, "belong", False, None)


def _structural(frame: Frame, who: Phrase, objects: tuple[Phrase, ...]) -> Iterator[Fact]:
    """`A teacher teaches many courses`: a course points to its teacher, unless many are said on both sides."""
    for what in objects:
        if not is_thing(what) or what.head in nouns.ATTRIBUTES and what.head not in nouns.THINGS:
            continue
        weight = 3 if what.quantity.many or what.plural else 2
        yield Mention(what, weight, "object", what.start, what.end)
        yield Mention(who, 3 if not frame.modal else 2, "agent", who.start, who.end)
        yield Link(what, who, frame.start, frame.end, "structural", None, True if what.many else None, optional=what.quantity.low == 0)


def _purchase(frame: Frame, who: Phrase, what: Phrase) -> Iterator[Fact]:
    if frame.link == "relative":
        return
    yield Mention(what, 2, "object", what.start, what.end)
    if what.det in ("a", "an") and who.plural:
        yield Link(who, what, frame.start, frame.end, "belong", False, None, optional=True)
    else:
        yield Link(what, who, frame.start, frame.end, "buy", False, None)


def read_listed(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`Build a blog API with users, posts and comments`, `a site where agents list properties`: things are named."""
    if frame.verb in ("build", "create", "make", "need", "want", "develop", "implement", "design") and (not frame.subjects or is_teller(frame.subjects[-1])):
        for name, phrase in frame.preps:
            if name in ("with", "for", "of") and phrase.plural and is_thing(phrase) and phrase.head not in nouns.FIELDS_ONLY:
                yield Mention(phrase, 4 if name == "with" else 1, "listed", phrase.start, phrase.end)
    if frame.verb in ("track", "manage", "handle", "store", "keep", "organize", "monitor") and frame.subjects and is_teller(frame.subjects[-1]):
        for phrase in frame.objects:
            if phrase.plural and is_thing(phrase):
                yield Mention(phrase, 3, "listed", phrase.start, phrase.end)
    for phrase in (*frame.subjects, *frame.objects, *(p for _, p in frame.preps)):
        if phrase.det in ("each", "every") and is_thing(phrase) and phrase.head not in nouns.FIELDS_ONLY:
            yield Mention(phrase, 2, "each", phrase.start, phrase.end)


def read_enum(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`The status of an order is new, packed or delivered`, `a post can be draft or published`."""
    if not frame.subjects or frame.negated:
        return
    subject = frame.subjects[-1]
    if frame.passive and frame.modal == "can":
        yield from _told_states(frame, subject)
        return
    if frame.verb != "be":
        return
    if subject.head in nouns.ENUM_NOUNS and len(subject.words) == 1 and subject.of is None and subject.plural and not frame.modal:
        listed = value_lists.read_values([t for t in frame.rest if t.text != ":"], strong=True)
        owner = setting.last if setting.last is not None and setting.last.key != subject.key else setting.topic
        if listed is not None and len(listed[0]) > 1 and owner is not None:
            yield from _enum(owner, Token(subject.head, subject.head, subject.start, subject.end, "word", "N", subject.head), frame)
        return
    found = value_lists.read_values(frame.rest)
    if found is None or not any(t.low in ("or", "/", "|") for t in frame.rest):
        return
    if subject.of is not None and subject.head in nouns.ENUM_NOUNS:
        item = read_item((*subject.words, Token("{=}", "{=}", frame.rest[0].start, frame.rest[-1].end, "group", "GROUP", "", frame.rest)))
        if item is not None:
            yield Holds(replace(subject.of), item, frame.start, frame.end)
    elif len(subject.words) > 1 and subject.head in nouns.ENUM_NOUNS:
        item = read_item((subject.words[-1], Token("{=}", "{=}", frame.rest[0].start, frame.rest[-1].end, "group", "GROUP", "", frame.rest)))
        if item is not None:
            yield Holds(replace(subject, words=subject.words[:-1]), item, frame.start, frame.end)


_PLAIN_ACTS = verbs.UPDATE | verbs.DELETE | verbs.READ | verbs.MANAGE | set(verbs.TOGGLE) | {"share", "assign", "attach", "create", "add", "export", "import"}


def _told_states(frame: Frame, subject: Phrase) -> Iterator[Fact]:
    """`An appointment can be booked, done or no show`."""
    begin = next((i for i, t in enumerate(frame.tokens) if t.tag == "VP"), -1)
    stretch = frame.tokens[begin:] if begin >= 0 else ()
    lows = [t.low for t in stretch]
    if "or" not in lows or "," not in lows or "by" in lows or not is_thing(subject) or subject.is_person or frame.verb in _PLAIN_ACTS:
        return
    found = value_lists.read_values(stretch)
    if found is not None and len(found[0]) >= 3:
        yield from _enum(subject, Token("status", "status", stretch[0].start, stretch[0].end, "word", "N", "status"), replace(frame, rest=tuple(stretch)))


def _enum(owner: Phrase, name: Token, frame: Frame) -> Iterator[Fact]:
    inside = tuple(t for t in frame.rest if t.text != ":")
    item = read_item((name, Token("{=}", "{=}", inside[0].start, inside[-1].end, "group", "GROUP", "", inside)))
    if item is not None:
        yield Holds(owner, item, frame.start, frame.end)


FRAME_READERS: tuple[Reader, ...] = (
    read_has, read_with, read_groups, read_identified, read_belong, read_agent, read_between, read_transfer, read_self, read_acts, read_carrying,
    read_listed, read_enum, read_actors,
)  # fmt: skip
