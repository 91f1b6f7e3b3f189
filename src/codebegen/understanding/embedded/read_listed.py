"""Things and values that are only listed: `an API with users and posts`, `stages are: …`, and who acts at all."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen.understanding.embedded import values as value_lists
from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds, Mention
from codebegen.understanding.embedded.items import read_item
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.phrases import Phrase, read_phrase
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing
from codebegen.understanding.embedded.text import Token, Tokens, split_on


def read_actors(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """Whoever acts may be a role: `accounting pays it`, `screenings are announced by the programmer`."""
    has_right = any(p.head in _RIGHTS for p in frame.objects)
    if setting.role == "features" or (frame.verb in verbs.HAS | verbs.BELONG | {"be"} and not has_right):
        return
    main = frame.link in ("main", "relative")
    for who in frame.prep("by") if frame.passive else frame.subjects:
        if who.is_person and not is_teller(who) and (main or who.unit):
            yield Mention(who, 0, "actor", who.start, who.end)


_RIGHTS = frozenset("access right permission privilege login".split())


def read_listed(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Build a blog API with users, posts and comments`, `a site where agents list properties`: things are named."""
    if frame.verb in ("build", "create", "make", "need", "want", "develop", "implement", "design") and (
        not frame.subjects or is_teller(frame.subjects[-1])
    ):
        for name, phrase in frame.preps:
            if (
                name in ("with", "for", "of")
                and phrase.plural
                and is_thing(phrase)
                and phrase.head not in nouns.FIELDS_ONLY
            ):
                yield Mention(phrase, 4 if name == "with" else 1, "listed", phrase.start, phrase.end)
    if (
        frame.verb in ("track", "manage", "handle", "store", "keep", "organize", "monitor")
        and frame.subjects
        and is_teller(frame.subjects[-1])
    ):
        for phrase in frame.objects:
            if phrase.plural and is_thing(phrase):
                yield Mention(phrase, 3, "listed", phrase.start, phrase.end)
    for phrase in (*frame.subjects, *frame.objects, *(p for _, p in frame.preps)):
        if phrase.det in ("each", "every") and is_thing(phrase) and phrase.head not in nouns.FIELDS_ONLY:
            yield Mention(phrase, 2, "each", phrase.start, phrase.end)


def read_enum(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`The status of an order is new, packed or delivered`, `a post can be draft or published`, `stages are: …`."""
    if not frame.subjects or frame.negated:
        return
    subject = frame.subjects[-1]
    if frame.passive and frame.modal == "can":
        yield from _told_states(frame, subject)
    elif frame.verb == "be" and frame.modal == "can" and is_thing(subject):
        yield from _possible_states(frame, subject)
    elif frame.verb == "be" and subject.head in nouns.ENUM_NOUNS:
        owned = subject.of is not None or len(subject.words) > 1
        yield from _told_values(frame, subject) if owned else _topic_values(frame, subject, setting)


def _possible_states(frame: Frame, subject: Phrase) -> Iterator[Fact]:
    """`A job can be open, in progress or finished`: adjectives and places, as states are called."""
    pieces = split_on(frame.rest, frozenset((",", "or", "/")))
    named = all(_is_state(piece) for piece in pieces)
    if len(pieces) > 1 and named and any(t.low == "or" for t in frame.rest):
        place = frame.rest[0]
        yield from _enum(subject, Token("status", "status", place.start, place.end, "word", "N", "status"), frame)


_LONGEST_STATE = 3


def _is_state(piece: Tokens) -> bool:
    first = piece[0]
    return len(piece) <= _LONGEST_STATE and (first.tag in ("J", "VP", "VG", "P") or first.low in nouns.BOOLEAN_WORDS)


def _topic_values(frame: Frame, subject: Phrase, setting: Setting) -> Iterator[Fact]:
    """`Stages are: new, screening, hired`: of what was spoken of."""
    listed = value_lists.read_values([t for t in frame.rest if t.text != ":"], strong=True)
    owner = setting.last if setting.last is not None and setting.last.key != subject.key else setting.topic
    if subject.plural and not frame.modal and listed is not None and len(listed[0]) > 1 and owner is not None:
        name = Token(subject.head, subject.head, subject.start, subject.end, "word", "N", subject.head)
        yield from _enum(owner, name, frame)


def _told_values(frame: Frame, subject: Phrase) -> Iterator[Fact]:
    """`The status of an order is …`, `order status is …`."""
    alternatives = any(t.low in ("or", "/", "|") for t in frame.rest)
    if not alternatives or value_lists.read_values(frame.rest) is None:
        return
    owner = subject.of if subject.of is not None else replace(subject, words=subject.words[:-1])
    yield from _enum(owner, subject.words[-1], frame)


_PLAIN_ACTS = (
    verbs.UPDATE
    | verbs.DELETE
    | verbs.READ
    | verbs.MANAGE
    | set(verbs.TOGGLE)
    | {"share", "assign", "attach", "create", "add", "export", "import"}
)


def _told_states(frame: Frame, subject: Phrase) -> Iterator[Fact]:
    """`An appointment can be booked, done or no show`."""
    begin = next((i for i, t in enumerate(frame.tokens) if t.tag == "VP"), -1)
    stretch = frame.tokens[begin:] if begin >= 0 else ()
    lows = [t.low for t in stretch]
    if (
        "or" not in lows
        or "," not in lows
        or "by" in lows
        or not is_thing(subject)
        or subject.is_person
        or frame.verb in _PLAIN_ACTS
    ):
        return
    found = value_lists.read_values(stretch)
    if found is not None and len(found[0]) >= 3:
        yield from _enum(
            subject,
            Token("status", "status", stretch[0].start, stretch[0].end, "word", "N", "status"),
            replace(frame, rest=tuple(stretch)),
        )


def _enum(owner: Phrase, name: Token, frame: Frame) -> Iterator[Fact]:
    inside = tuple(t for t in frame.rest if t.text != ":")
    item = read_item((name, Token("{=}", "{=}", inside[0].start, inside[-1].end, "group", "GROUP", "", inside)))
    if item is not None:
        yield Holds(owner, item, frame.start, frame.end)


_ALL = frozenset("everybody everyone anybody anyone nobody all no-one none others".split())
_SAVE = frozenset("but except".split())


def read_exceptions(tokens: Tokens) -> Iterator[Fact]:
    """`hidden from everybody but the statistician`, `nobody except the dean may …`: who is named has a role."""
    for at in range(1, len(tokens) - 1):
        if tokens[at].low in _SAVE and tokens[at - 1].low in _ALL:
            begin = at + 2 if tokens[at + 1].low == "for" else at + 1
            found = read_phrase(tokens, begin)
            if found is not None and found[0].is_person:
                yield Mention(found[0], 0, "actor", found[0].start, found[0].end)
