"""Survey of pairs: in which ways two things are spoken of together, in a clause, in a sentence, one after the other."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import permutations

from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.discourse import Reading
from codebegen.understanding.embedded.facts import Act, Association, Fact, Holds, Link, Paired, Right
from codebegen.understanding.embedded.lexicon import verbs, words
from codebegen.understanding.embedded.mentions import find_mentions
from codebegen.understanding.embedded.names import Names
from codebegen.understanding.embedded.outline_parts import Definition, Outline, Passage
from codebegen.understanding.embedded.pair_places import Places, survey_places
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.regions import read_region

_VERBS = {
    "has": verbs.HAS,
    "belong": verbs.BELONG,
    "create": verbs.CREATE,
    "store": verbs.STORE,
    "read": verbs.READ,
    "part": verbs.STRUCTURAL,
    "deed": frozenset(verbs.ASSOCIATION),
    "toggle": frozenset(verbs.TOGGLE),
    "update": verbs.UPDATE,
    "delete": verbs.DELETE,
    "manage": verbs.MANAGE,
    "state": frozenset(verbs.STATE),
}
_OWN = frozenset(("its", "their", "her", "his"))
Place = tuple[int, int]


@dataclass
class Pairs:
    """For each ordered pair of entities the ways in which the first is spoken of with the second, and where first.

    `mentioned` tells how lines mention both, whether a clause could be read or not; `beside` are pairs that some
    clause only names side by side (`admins manage trainers and memberships`), `tied` those that one ties by its verb.
    """

    ways: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[frozenset[str], Place] = field(default_factory=dict)
    mentioned: Places = field(default_factory=Places)
    beside: set[frozenset[str]] = field(default_factory=set)
    tied: set[frozenset[str]] = field(default_factory=set)
    layout: str = "told"

    def add(self, one: str | None, other: str | None, *ways: str) -> None:
        """Ways in which one is spoken of with the other."""
        if one is not None and other is not None and one != other:
            self.ways[one, other].update(ways)

    def place(self, one: str, other: str, start: int, end: int) -> None:
        """The first place where both are spoken of."""
        self.places.setdefault(frozenset((one, other)), (start, end))


def survey_pairs(told: Outline, reading: Reading, bench: Bench) -> Pairs:
    """All pairs of a description."""
    names = bench.names
    pairs = Pairs(mentioned=survey_places(find_mentions(told, bench.source.text, names)), layout=_layout(told))
    for frame in reading.frames:
        _see_clause(pairs, frame, names)
    for fact in reading.facts:
        _see_fact(pairs, fact, names)
    _see_sentences(pairs, told, reading.frames, names)
    return pairs


def _layout(told: Outline) -> str:
    """Whether things are mostly defined by the layout (`listed`), sometimes (`mixed`), or told in sentences."""
    listed = sum(isinstance(part, Definition) for part in told.parts)
    return "told" if not listed else "listed" if listed * 2 > len(told.parts) else "mixed"


def _see_clause(pairs: Pairs, frame: Frame, names: Names) -> None:
    kind = verb_kind(frame)
    known = [(role, phrase, names.find(phrase)) for role, phrase in roles_in(frame)]
    for (role, phrase, one), (other_role, other_phrase, other) in permutations(known, 2):
        if one is None or other is None or one == other:
            continue
        base, number = f"{role}~{other_role}", f"{_number(phrase)} {_number(other_phrase)}"
        pairs.add(one, other, base, f"{base} {kind}", f"{base} {kind} {number}", f"{base} {number}")
        pairs.add(one, other, f"{base} verb {frame.verb}", f"{base} link {frame.link}")
        pairs.add(one, other, f"{role} of {frame.verb}", f"with {other_role} of {frame.verb}")
        said = {f"modal {frame.modal}": bool(frame.modal), "negated": frame.negated}
        pairs.add(one, other, *(f"{base} {mark}" for mark, true in said.items() if true))
        pairs.place(one, other, frame.start, frame.end)
        (pairs.beside if role == other_role else pairs.tied).add(frozenset((one, other)))


def verb_kind(frame: Frame) -> str:
    """What kind of verb a clause has."""
    return next((name for name, listed in _VERBS.items() if frame.verb in listed), "other")


def roles_in(frame: Frame) -> Iterator[tuple[str, Phrase]]:
    """The noun phrases of a clause, each with its part in it."""
    told = [("suffers" if frame.passive else "does", phrase) for phrase in frame.subjects]
    told += [("object", phrase) for phrase in frame.objects]
    told += [(f"behind {name}", phrase) for name, phrase in frame.preps]
    told += [(f"leads {name}", phrase) for name, phrase in frame.lead]
    for role, phrase in told:
        yield role, phrase
        if phrase.of is not None:
            yield f"{role} of", phrase.of


def _number(phrase: Phrase) -> str:
    """How many of something a phrase speaks of, as its words say it."""
    if phrase.quantity.many or phrase.quantity.one:
        return "many" if phrase.quantity.many else "one"
    if phrase.det in words.EACH or phrase.det in ("a", "an"):
        return "each" if phrase.det in words.EACH else "a"
    number = "plural" if phrase.plural else "singular"
    return f"own {number}" if phrase.det in words.POSSESSIVES else number


def _see_fact(pairs: Pairs, fact: Fact, names: Names) -> None:
    match fact:
        case Holds():
            _see_held(pairs, fact, names)
        case Link():
            one, other = names.find(fact.source), names.find(fact.target)
            pairs.add(one, other, f"link {fact.kind}", f"link {fact.kind} {fact.many_targets}")
            pairs.add(other, one, f"linked {fact.kind}", f"linked {fact.kind} {fact.many_targets}")
        case Association() | Act():
            who = names.find(fact.who) if fact.who is not None else None
            done_to, deed = [names.find(phrase) for phrase in fact.what], type(fact).__name__
            for what in done_to:
                pairs.add(who, what, f"{deed} on")
                pairs.add(what, who, f"{deed} by")
            for what, beside in permutations(done_to, 2):
                pairs.add(what, beside, f"{deed} beside")
        case Right() if fact.what is not None:
            who, about = names.find(fact.who), names.find(fact.what)
            pairs.add(who, about, f"right own {fact.own}")
            pairs.add(about, who, f"right of own {fact.own}", *(f"right to {one}" for one in fact.operations))
        case Paired():
            one, other = names.find(fact.first), names.find(fact.second)
            pairs.add(one, other, "paired")
            pairs.add(other, one, "paired with")
        case _:
            pass


def _see_held(pairs: Pairs, fact: Holds, names: Names) -> None:
    owner, item, number = names.find(fact.owner), names.find(fact.item.phrase), _number(fact.item.phrase)
    pairs.add(owner, item, "holds", f"holds {number} {fact.defined}")
    pairs.add(item, owner, "held", f"held {number} {fact.defined}")
    if fact.item.spec.target:
        target = names.find(Phrase(fact.item.spec.target, 0, 0))
        pairs.add(owner, target, "refers")
        pairs.add(target, owner, "referred")
    for sub in fact.item.sub:
        inner = names.find(sub.phrase)
        pairs.add(owner, inner, "holds within")
        pairs.add(inner, owner, "held within")
        pairs.add(item, inner, "holds")
        pairs.add(inner, item, "held")


def _see_sentences(pairs: Pairs, told: Outline, frames: Sequence[Frame], names: Names) -> None:
    """Who shares a sentence with whom, whose a thing is, and after what it is spoken of for the first time."""
    seen: set[str] = set()
    last: str | None = None
    for part in told.parts:
        spoken = [(phrase, key) for phrase in _phrases(part, frames) if (key := names.find(phrase)) is not None]
        _see_possessed(pairs, spoken, last, names)
        here = list(dict.fromkeys(key for _, key in spoken))
        for at, one in enumerate(here):
            for other in here[at + 1 :]:
                alone = ("alone before",) if len(here) == 2 else ()
                pairs.add(one, other, "sentence", "before", *alone)
                pairs.add(other, one, "sentence", "after", *(way.replace("before", "after") for way in alone))
                pairs.place(one, other, part.start, part.end)
        for fresh in (key for key in here if key not in seen):
            for known in (key for key in here if key in seen):
                pairs.add(fresh, known, "introduced with")
                pairs.add(known, fresh, "introduces")
            pairs.add(fresh, last, "introduced after")
            pairs.add(last, fresh, "introduced before")
        seen.update(here)
        last = here[0] if here else last


def _phrases(part: Definition | Passage, frames: Sequence[Frame]) -> list[Phrase]:
    """The noun phrases of a line or sentence, in reading order."""
    if isinstance(part, Definition):
        return [part.head, *(item.phrase for item in part.items)]
    told = [phrase for frame in frames if part.start <= frame.start < part.end for _, phrase in roles_in(frame)]
    things, places = ((), ()) if told else read_region(part.tokens)
    told = told or [*things, *(phrase for _, phrase in places)]
    return sorted((phrase for phrase in told if part.start <= phrase.start < part.end), key=lambda p: p.start)


def _see_possessed(pairs: Pairs, spoken: Sequence[tuple[Phrase, str]], last: str | None, names: Names) -> None:
    """`her pregnancy`, `the mother's weight`."""
    before = last
    for phrase, key in spoken:
        number = "plural" if phrase.plural else "singular"
        whose = names.find(Phrase(phrase.possessor, 0, 0)) if phrase.possessor else None
        if whose is None and phrase.det in _OWN:
            whose = before
        pairs.add(key, whose, f"owned {number}")
        pairs.add(whose, key, f"owns {number}")
        before = key
