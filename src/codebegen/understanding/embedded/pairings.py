"""Pairings: data of two things together: `an invoice lists articles, each with a count` leaves rows between the two."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.facts import Fact, Holds, Link, Paired
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.text import Token

# Data that tells what a thing is; it is never data of a pair.
IDENTITY = frozenset("name title code description email address label isbn sku serial_number number url".split())
LINE_OWNERS = frozenset("order cart invoice basket quote purchase_order sales_order receipt shopping_cart".split())


@dataclass
class Pairings:
    """What pairs add: fields, links of the rows between, and the pairs that need no link of their own."""

    held: list[Holds] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    told: set[frozenset[str]] = field(default_factory=set)

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
    for fact in facts:
        if not isinstance(fact, Paired):
            continue
        first, second = bench.names.find(fact.first), bench.names.find(fact.second)
        if fact.event and first is not None and second is None:
            out.held.extend(Holds(fact.first, item, item.start, item.end) for item in fact.items)
        if first is None or second is None or first == second or USER in (first, second):
            continue
        if not fact.between and not _known_otherwise(second, fact, facts, bench.names):
            out.held.extend(Holds(fact.second, item, item.start, item.end) for item in fact.items)
            out.links.append(Link(fact.first, fact.second, fact.start, fact.end, "has", many_targets=True))
        else:
            _row_between(fact, first, second, bench, out)
    return out


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
    out.told.add(frozenset((first, second)))


def _phrase(key: str, fact: Paired) -> Phrase:
    words = tuple(Token(part, part, fact.start, fact.end, "word", "N", part) for part in key.split("_"))
    return Phrase(words, fact.start, fact.end)
