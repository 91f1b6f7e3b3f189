"""What speaks for a noun being rows of its own: fields, a definition, quantifiers, relations, deeds."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from codebegen.understanding.embedded.deeds import deed_of
from codebegen.understanding.embedded.facts import (
    Act,
    Association,
    Fact,
    Holds,
    Link,
    Mention,
    Move,
    Paired,
    Right,
    Toggle,
)
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.phrases import Phrase

THRESHOLD = 3
# What holds rows of others, even where one is all that somebody has.
_VESSELS = frozenset("cart basket wishlist wallet".split())
NOT_REVIEWED = frozenset(
    "report request application submission claim document expense order issue task comment ticket content entry registration resume leave".split()  # noqa: E501
)


@dataclass
class Evidence:
    """What speaks for one noun."""

    score: int = 0
    fields: int = 0
    defined: bool = False
    structural: bool = False
    listed: bool = False
    unit: bool = False
    phrase: Phrase | None = None
    held: set[str] = field(default_factory=set)
    kinds: dict[str, int] = field(default_factory=lambda: defaultdict(int))


def weigh(facts: Sequence[Fact]) -> dict[str, Evidence]:
    """What speaks for every noun of the facts."""
    table: dict[str, Evidence] = defaultdict(Evidence)
    for fact in facts:
        match fact:
            case Mention():
                _mention(table, fact)
            case Holds():
                _holds(table, fact)
            case Link():
                _link(table, fact)
            case Association():
                _association(table, fact)
            case Paired():
                for phrase in (fact.first,) if fact.event or fact.asked else (fact.first, fact.second):
                    _touch(table, phrase, "paired", 3)
                    table[phrase.key].structural = True
            case Move() if fact.sources and not fact.verb:
                _touch(table, fact.what, "moves", 2)
            case Toggle() | Right():
                _touch(table, fact.who, "act" if isinstance(fact, Toggle) else "right")
                _toggled(table, fact)
            case _:
                pass
    _weigh_deeds(facts, table)
    return table


def _weigh_deeds(facts: Sequence[Fact], table: dict[str, Evidence]) -> None:
    """`Riders request a seat; drivers accept requests`: a deed has rows, if it is spoken of as a thing."""
    spoken = {
        phrase.key: phrase
        for fact in facts
        if isinstance(fact, Right | Act)
        for phrase in ((fact.what,) if isinstance(fact, Right) else fact.what)
        if phrase is not None and (phrase.plural or phrase.det) and phrase.words[-1].tag == "N"
    }
    for fact in facts:
        if not isinstance(fact, Act) or fact.who is None or not fact.who.is_person:
            continue
        about = {p.key for p in fact.what}
        for key, phrase in spoken.items():
            # More than the ending has to differ: who books books deals with one thing.
            if key not in about and phrase.head not in nouns.PERSONS and deed_of(fact.verb, phrase.head):
                _touch(table, phrase, "deed", THRESHOLD + 1)


def _association(table: dict[str, Evidence], fact: Association) -> None:
    if fact.noun == "review" and any(p.head in NOT_REVIEWED for p in fact.what):
        return
    who = fact.who
    acts = who is not None and (who.plural or who.det in ("a", "an", "each", "every")) and not who.is_person
    _touch(table, fact.who, "act", THRESHOLD + 1 if acts else 0)
    for what in fact.what:
        _touch(table, what, "about", 2 if fact.own is not None else THRESHOLD + 1)


def _toggled(table: dict[str, Evidence], fact: Toggle | Right) -> None:
    """`Visitors follow an artist`: what is followed has rows."""
    if isinstance(fact, Toggle) and fact.what.head in nouns.THINGS and (fact.what.det or fact.what.plural):
        _touch(table, fact.what, "toggled", THRESHOLD)


def _touch(table: dict[str, Evidence], phrase: Phrase | None, kind: str, weight: int = 0) -> None:
    if phrase is None or phrase.words[-1].tag == "R":
        return
    entry = table[phrase.key]
    entry.phrase = entry.phrase or phrase
    entry.unit = entry.unit or phrase.unit
    entry.kinds[kind] += 1
    if entry.kinds[kind] <= 2:
        entry.score += weight


def _mention(table: dict[str, Evidence], fact: Mention) -> None:
    _touch(table, fact.phrase, fact.kind, fact.weight)
    entry = table[fact.phrase.key]
    entry.defined = entry.defined or (fact.kind == "defined" and fact.weight >= 6)
    entry.listed = entry.listed or (fact.kind == "listed" and fact.weight >= 4)
    if (
        fact.kind == "defined"
        and entry.phrase is not fact.phrase
        and entry.phrase is not None
        and entry.phrase.key == fact.phrase.key
        and fact.weight >= 6
    ):
        entry.phrase = fact.phrase


def _holds(table: dict[str, Evidence], fact: Holds) -> None:
    owner = table[fact.owner.key]
    owner.phrase = owner.phrase or fact.owner
    item = fact.item
    owner.held.add(item.phrase.head)
    if (
        item.head in nouns.ATTRIBUTES
        or item.spec.type
        or item.spec.values
        or item.wh
        or item.name.endswith(("_at", "_on"))
    ):
        owner.fields += 1
        owner.score += 2 if owner.fields <= 3 else 0
    else:
        owner.structural = True
    if item.sub:
        owner.score += 1  # what holds things with data of their own is hardly a mere word for them
        _touch(table, item.phrase, "sub", 4)
        table[item.phrase.key].fields += len(item.sub)
        for inner in (sub for sub in item.sub if sub.sub):
            _holds(table, replace(fact, owner=item.phrase, item=inner))
    elif _is_many_thing(fact):
        _touch(table, item.phrase, "many", THRESHOLD + 1 if fact.modal else THRESHOLD)
        table[item.phrase.key].structural = True
    elif item.phrase.head in _VESSELS and not item.spec.type:
        _touch(table, item.phrase, "one", THRESHOLD)
        table[item.phrase.key].structural = True
    elif item.phrase.quantity.one or item.phrase.head in nouns.PERSONS:
        _touch(table, item.phrase, "one", 1)
        table[item.phrase.key].structural = True
    if item.apposition is not None:
        _touch(table, item.apposition, "target", 2)
        table[item.apposition.key].structural = True
    if item.spec.target:
        target = Phrase(item.spec.target, item.start, item.end)
        _touch(table, target, "target", 3)


def _is_many_thing(fact: Holds) -> bool:
    """Whether an item in the plural is rows of its own and no plain value."""
    item = fact.item
    if item.spec.type or item.spec.values or item.spec.computed or item.phrase.of is not None or item.wh:
        return False
    if not (item.phrase.many or item.spec.link in ("many", "children")):
        return False
    low = item.phrase.words[-1].low
    plain = not item.phrase.quantity.many and (item.phrase.quantity.high or 0) <= 1 and not item.spec.link
    if plain and (
        len(item.phrase.words) > 1 or (low in ("comments", "messages", "answers", "texts") and not fact.modal)
    ):
        return False
    if low in nouns.PLURAL_VALUES and not (
        item.phrase.quantity.many and item.phrase.head in nouns.THINGS - {"note", "term"}
    ):
        return False
    if item.phrase.quantity.many or (item.phrase.quantity.high or 0) > 1 or item.spec.link:
        return (
            item.phrase.quantity.low is None
            or item.phrase.quantity.low != item.phrase.quantity.high
            or item.phrase.head in nouns.THINGS
        )
    # `a hive can have frames`: what there may be several of, and no list knows as a value, is no word.
    rows = item.phrase.head in nouns.THINGS or (bool(fact.modal) and item.phrase.head not in nouns.ATTRIBUTES)
    return rows and item.phrase.head not in (
        "image",
        "photo",
        "file",
        "attribute",
        "address",
    )


def _link(table: dict[str, Evidence], fact: Link) -> None:
    if fact.kind == "placed":
        return  # it only says where rows of known things are
    weight = 2 if fact.kind in ("belong", "agent", "between", "own") else 1
    # `Tenants see their payments` says nothing of what tenants are.
    for phrase in (fact.source,) if fact.kind == "own" else (fact.source, fact.target):
        _touch(table, phrase, fact.kind, weight)
        if phrase.plural and phrase.head in nouns.THINGS and not phrase.is_person:
            table[phrase.key].score += 1
        if fact.kind in ("belong", "structural", "between", "self", "has", "own"):
            table[phrase.key].structural = True
        if (
            phrase.quantity.many
            or phrase.quantity.one
            or phrase.det in ("each", "every")
            or (phrase is fact.target and phrase.det in ("a", "an"))
        ):
            table[phrase.key].score += 1
