"""Choices told by clauses: `its priority is low or high`, `shirts come in three sizes`, `classified as bug or wish`."""

from collections.abc import Iterator
from dataclasses import replace

from codebegen import naming
from codebegen.understanding.embedded import values as value_lists
from codebegen.understanding.embedded.choices import list_end
from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.facts import Fact, Holds
from codebegen.understanding.embedded.items import read_item
from codebegen.understanding.embedded.lexicon import nouns, verbs, words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_teller, is_thing
from codebegen.understanding.embedded.state_words import STATES
from codebegen.understanding.embedded.text import Token, Tokens, split_on
from codebegen.understanding.embedded.values import attribute_share
from codebegen.understanding.embedded.verb_groups import DATA_VERBS


def read_enum(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`The status of an order is new, packed or delivered`, `a post can be draft or published`, `stages are: …`."""
    if not frame.subjects or frame.negated:
        return
    subject = frame.subjects[-1]
    if frame.verb == "be" and _names_choice(subject):
        yield from _told_values(frame, subject, setting)
    elif frame.passive and frame.modal == "can":
        yield from _told_states(frame, subject)
    elif frame.verb == "be" and frame.modal == "can" and is_thing(subject):
        yield from _possible_states(frame, subject)


def _names_choice(subject: Phrase) -> bool:
    """`Severities`, `its finish`: what values are told of, and no row."""
    owned = subject.det in words.POSSESSIVES or bool(subject.possessor) or subject.of is not None
    return subject.head in nouns.ENUM_NOUNS or (owned and subject.head not in nouns.THINGS and not subject.is_person)


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


def _told_values(frame: Frame, subject: Phrase, setting: Setting) -> Iterator[Fact]:
    """`The status of an order is …`, `order status is …`, `its priority can be …`, `stages are: …`."""
    inside = _inside(frame.rest)
    alternatives = any(t.low in ("or", "/", "|") for t in inside) or inside is not frame.rest
    listed = value_lists.read_values(inside, strong=subject.plural)
    owner = _owner(subject, setting)
    only_done = all(t.tag == "VP" for t in inside if t.kind == "word" and t.low not in ("or", "and"))
    told = alternatives or (subject.plural and not frame.modal)
    if listed is None or len(listed[0]) < _FEWEST or not told or owner is None or (only_done and frame.modal):
        return
    name = Token(subject.head, subject.head, subject.start, subject.end, "word", "N", subject.head)
    yield from _enum(owner, subject.words[-1] if not subject.plural else name, replace(frame, rest=inside))


_FEWEST = 2


def _inside(rest: Tokens) -> Tokens:
    """What is listed: a bracket, or everything behind the verb."""
    plain = tuple(t for t in rest if t.text != ":")
    return plain[0].inside if len(plain) == 1 and plain[0].kind == "group" else rest


def _owner(subject: Phrase, setting: Setting) -> Phrase | None:
    """Whose values they are: who is named beside them, else what was spoken of."""
    if subject.of is not None:
        return subject.of
    if subject.possessor:
        return Phrase(subject.possessor, subject.start, subject.end)
    if len(subject.words) > 1:
        return replace(subject, words=subject.words[:-1])
    return setting.last if setting.last is not None and setting.last.key != subject.key else setting.topic


_SORTED = {
    **dict.fromkeys("classify categorize categorise group sort divide split".split(), "category"),
    **dict.fromkeys("mark set flag".split(), "status"),
    **dict.fromkeys("label tag".split(), "label"),
    **dict.fromkeys("rate grade score".split(), "grade"),
    **dict.fromkeys("class rank".split(), "class"),
    **dict.fromkeys("judge assess evaluate".split(), "assessment"),
}
_PAYING = {"pay": "payment_method", "deliver": "delivery_method", "ship": "shipping_method", "make": "method"}


def read_choice(frame: Frame, setting: Setting) -> Iterator[Fact]:
    """`Shirts come in three sizes: …`, `classified as bug or wish`, `paid by cash or card`, `is a bus or a van`."""
    if frame.negated or frame.verb in DATA_VERBS or frame.link not in ("main", "relative"):
        return
    subject = frame.subjects[-1] if frame.subjects else None
    owner = setting.last or setting.topic if subject is None or is_teller(subject) or subject.is_person else subject
    if subject is not None and frame.verb == "be" and (_either(frame) or _parties(frame)):
        owner = subject
    if owner is None or not is_thing(owner):
        return
    for phrase in (*frame.objects, *(p for _, p in frame.preps)):
        if phrase.head in nouns.ENUM_NOUNS and phrase.group is not None and phrase.group.text == value_lists.WRAPPED:
            yield from _chosen(owner, _choice_name(phrase), phrase.group.inside, frame)
            return
    if subject is not None and frame.verb in _SORTED and (told := _judged(frame)):
        yield from _sorted(owner, told, frame, setting)
    elif frame.passive and frame.rest and frame.rest[0].low in ("as", "into"):
        name = _SORTED.get(frame.verb) or _SORTED.get(frame.verb.removesuffix("ed"), "")
        yield from _alternatives(owner, name, frame.rest[1:], frame)
    elif frame.passive and frame.rest and frame.rest[0].low in ("by", "with", "in", "via", "through"):
        words_ = tuple(t for t in frame.rest if t.low not in ("by", "with", "in", "via", "through"))
        paid = frame.verb != "make" or owner.head in ("payment", "refund", "booking", "order")
        yield from _alternatives(owner, _PAYING.get(frame.verb, "") if paid else "", words_, frame)
    elif frame.verb == "be" and owner is subject and _has_kinds(owner, frame):
        yield from _kinds(owner, frame)


def _choice_name(phrase: Phrase) -> str:
    """`three size classes` are of a size class."""
    plain = all(t.tag == "N" for t in phrase.words)
    return naming.snake(" ".join([*(t.low for t in phrase.words[:-1]), phrase.head])) if plain else phrase.head


def _has_kinds(owner: Phrase, frame: Frame) -> bool:
    """Whether what it is are kinds of it: `donors are either a person or a company`; an author is a member."""
    return (owner.head not in nouns.RELATIONAL_PERSONS or _either(frame)) and not _names_choice(owner)


_PARTIES = frozenset("person company organisation organization firm individual institution association".split())


def _parties(frame: Frame) -> bool:
    """`A donor is a person or a company`: of what kind somebody is."""
    return any(p.head in _PARTIES for p in frame.objects) and any(t.low == "or" for t in frame.rest)


def _either(frame: Frame) -> bool:
    return any(t.low == "either" for t in frame.tokens)


def _kinds(owner: Phrase, frame: Frame) -> Iterator[Fact]:
    """`A machine is a washer or a dryer`: nouns say of what kind it is."""
    rest = tuple(t for t in _inside(frame.rest) if t.low not in ("a", "an", "either"))
    pieces = split_on(rest, frozenset((",", "or", "/")))
    plain = all(piece[-1].tag == "N" and len(piece) <= _FEWEST and piece[-1].low not in STATES for piece in pieces)
    if plain and _attributes(pieces) == 0:
        yield from _alternatives(owner, "type", rest, frame)


def _judged(frame: Frame) -> Tokens:
    """`is rated minor, major or critical`, `is graded from A to D`: what it can be rated, without `as`."""
    inside = _inside(frame.rest)
    told = frame.passive and bool(inside) and inside[0].tag in ("J", "N", "VP") and not frame.prep("by")
    return inside if told else ()


def _sorted(owner: Phrase, inside: Tokens, frame: Frame, setting: Setting) -> Iterator[Fact]:
    """The values, of the field that is spoken of (`its condition is graded …`), or of the row."""
    subject, name = frame.subjects[-1], _SORTED[frame.verb]
    whose = _owner(subject, setting) if _names_choice(subject) else None
    listed = value_lists.read_values(inside)
    if listed is None or len(listed[0]) < _FEWEST or attribute_share(inside) > 0:
        return
    yield from _chosen(whose or owner, subject.head if _names_choice(subject) else name, inside, frame)


def _attributes(pieces: list[Tokens]) -> int:
    return sum((piece[-1].lemma or piece[-1].low) in nouns.ATTRIBUTES for piece in pieces)


def _alternatives(owner: Phrase, name: str, rest: Tokens, frame: Frame) -> Iterator[Fact]:
    rest = _inside(rest)
    begin = 1 if rest[:1] and rest[0].low == "either" else 0
    told = tuple(t for t in rest if t.tag != "D" or t.low not in ("a", "an"))
    end = list_end(told, begin, strong=False) if name else begin
    if end > begin:
        yield from _chosen(owner, name, told[begin:end], frame)


def _chosen(owner: Phrase, name: str, inside: Tokens, frame: Frame) -> Iterator[Fact]:
    """A field of this name with these values, said of one row."""
    single = tuple(
        replace(t, text=naming.singular(t.low), low=naming.singular(t.low))
        if t.tag == "N" and owner.plural and t.text.islower()
        else t
        for t in inside
    )
    word = Token(name, name, frame.start, frame.end, "word", "N", name)
    yield from _enum(owner, word, replace(frame, rest=single))


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
