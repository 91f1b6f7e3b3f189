"""Pairings: data of two things together: `an invoice lists articles, each with a count` leaves rows between the two."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.facts import Fact, Holds, Link, Paired, Unique
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.items import read_item
from codebegen.understanding.embedded.lines import LINE_OWNERS, is_line_data
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.text import Token

# Data that tells what a thing is; it is never data of a pair.
IDENTITY = frozenset("name title code description email address label isbn sku serial_number number url".split())


@dataclass
class Pairings:
    """What pairs add: fields, links of the rows between, and the pairs that need no link of their own."""

    held: list[Holds] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    told: set[frozenset[str]] = field(default_factory=set)
    taken: set[int] = field(default_factory=set)

    def members(self, facts: Sequence[Fact]) -> list[Fact]:
        """The facts of what things have, with those of the rows between in place of what they tell better."""
        kept = [f for f in facts if not (isinstance(f, Holds) and (f.item.start in self.taken or self._lists(f)))]
        return [*kept, *self.held]

    def _lists(self, fact: Holds) -> bool:
        return any(sub.start in self.taken for sub in fact.item.sub)

    def without_told(self, links: Sequence[Link], names: Names) -> list[Link]:
        """The links but those that a pairing tells better."""
        return [
            link
            for link in links
            if link.name or frozenset((names.find(link.source) or "", names.find(link.target) or "")) not in self.told
        ]


def pair_up(facts: Sequence[Fact], bench: Bench) -> Pairings:
    """Rows between two things, or fields of the second where nothing else is known of it."""
    out = Pairings()
    for fact in (told for f in facts if (told := _paired(f, facts, bench.names)) is not None):
        first, second = bench.names.find(fact.first), bench.names.find(fact.second)
        if fact.event and first is not None and (second in (None, USER) or _is_of_one(first, second, facts, bench)):
            out.held.extend(Holds(fact.first, item, item.start, item.end) for item in fact.items)
            continue
        if fact.asked and first is not None and second in (None, USER):
            _row_of_first(fact, first, bench, out)
        accounts = USER in (first, second) and not fact.noun
        if first is None or second is None or first == second or accounts or _has_rows(fact, facts, bench.names):
            continue
        lines = is_line_data(first, fact.second, fact.items) or _shares(fact.second, fact.items)
        if not (fact.between or lines or _known_otherwise(second, fact, facts, bench.names)):
            out.held.extend(Holds(fact.second, item, item.start, item.end) for item in fact.items)
            out.links.append(Link(fact.first, fact.second, fact.start, fact.end, "has", many_targets=True))
        else:
            _row_between(fact, first, second, bench, out)
            out.taken.update(item.start for item in fact.items if lines)
    return out


def _paired(fact: Fact, facts: Sequence[Fact], names: Names) -> Paired | None:
    """A pairing as it was read, or the one that a list of things with data tells."""
    if isinstance(fact, Paired):
        return fact
    if not isinstance(fact, Holds) or not fact.item.sub:
        return None
    owner, item = names.find(fact.owner), fact.item
    lines = owner is not None and is_line_data(owner, item.phrase, item.sub)
    told = Paired(fact.owner, item.phrase, item.sub, item.start, item.end)
    part = names.find(item.phrase)
    shared = part is not None and _shares(item.phrase, item.sub) and _known_otherwise(part, told, facts, names)
    return told if lines or shared else None


def _has_rows(pair: Paired, facts: Sequence[Fact], names: Names) -> bool:
    """`A student gets one grade per assignment`, where grades are told: the grade is that row, and unique in it."""
    items = {names.exact(item.phrase) for item in pair.items}
    unique = {names.find(f.what) for f in facts if isinstance(f, Unique) and f.what is not None and f.scope}
    return bool(items) and None not in items and items <= unique


def _shares(part: Phrase, items: Sequence[Item]) -> bool:
    """`One or more inventors, each with a share`: of those who have shares in other things too."""
    told = _SHARES | (_DUTIES if part.is_person else frozenset())
    return part.many and bool(items) and all(item.head in told for item in items)


_SHARES = frozenset("share percentage percent fraction".split())
_DUTIES = frozenset("role function position fee hours duty since".split())


def _known_otherwise(key: str, pair: Paired, facts: Sequence[Fact], names: Names) -> bool:
    """Whether the thing is described elsewhere, and this data is none that describes it."""
    if any(item.name in IDENTITY for item in pair.items):
        return False
    own = {f.item.name for f in facts if isinstance(f, Holds) and names.find(f.owner) == key}
    return bool(own - {item.name for item in pair.items})


def _row_between(fact: Paired, first: str, second: str, bench: Bench, out: Pairings) -> None:
    names, draft, source = bench
    key = fact.noun or (f"{first}_item" if first in LINE_OWNERS else f"{first}_{second}")
    if key not in draft.entities:
        draft.entities[key] = source.entity(key, fact.start, fact.end)
        draft.entities[key].kind = "association"
    row = _phrase(key, fact)
    names.entities.setdefault(key, row)
    out.held.extend(Holds(row, item, item.start, item.end) for item in fact.items)
    out.links.append(Link(row, fact.first, fact.start, fact.end, "belong" if fact.between else "contain", False, True))
    out.links.append(Link(row, fact.second, fact.start, fact.end, "belong", False, True))
    for other in fact.also:
        if names.find(other) not in (None, first, second):
            out.links.append(Link(row, other, fact.start, fact.end, "belong", False, True))
    out.told.add(frozenset((first, second)))


def _is_of_one(first: str, second: str | None, facts: Sequence[Fact], bench: Bench) -> bool:
    """`A booking belongs to a guest. For each booking the guest gives a phone number`: the booking tells who."""
    names = bench.names
    return any(
        isinstance(fact, Link)
        and fact.many_targets is False
        and (names.find(fact.source), names.find(fact.target)) == (first, second)
        for fact in facts
    )


def _row_of_first(fact: Paired, first: str, bench: Bench, out: Pairings) -> None:
    """`Of a report we note which part and how many`: rows of the report, where parts are only words."""
    key = f"{first}_{fact.second.key}"
    if key in bench.draft.entities:
        return
    bench.draft.entities[key] = bench.source.entity(key, fact.start, fact.end)
    row = _phrase(key, fact)
    bench.names.entities[key] = row
    named = read_item(fact.second.words)
    items = (named, *fact.items) if named is not None else fact.items
    out.held.extend(Holds(row, item, item.start, item.end) for item in items)
    out.links.append(Link(row, fact.first, fact.start, fact.end, "contain", many_targets=False, many_sources=True))


def _phrase(key: str, fact: Paired) -> Phrase:
    words = tuple(Token(part, part, fact.start, fact.end, "word", "N", part) for part in key.split("_"))
    return Phrase(words, fact.start, fact.end)
