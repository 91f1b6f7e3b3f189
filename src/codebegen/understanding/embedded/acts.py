"""Acts: booking, enrolling, rating leave entities between who acts and what it is about.

Likes and follows are toggles.
"""

from collections.abc import Sequence
from functools import partial

from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.deeds import deed_of, noun_of
from codebegen.understanding.embedded.draft import Draft, DraftEntity
from codebegen.understanding.embedded.facts import Association, Fact, Holds, Limit, Link, Toggle
from codebegen.understanding.embedded.lexicon import nouns, verbs
from codebegen.understanding.embedded.links import source_user
from codebegen.understanding.embedded.members import read_members
from codebegen.understanding.embedded.name_evidence import NOT_REVIEWED
from codebegen.understanding.embedded.names import USER, Names
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.text import Token

_SYNONYMS = {
    "booking": ("booking", "reservation", "appointment", "session"),
    "reservation": ("reservation", "booking"),
    "loan": ("loan", "borrowing", "lending", "checkout"),
    "enrollment": ("enrollment", "enrolment", "registration"),
    "registration": ("registration", "enrollment", "signup", "participation", "attendance"),
    "rating": ("rating", "review"),
    "application": ("application",),
    "rental": ("rental", "booking", "lease"),
    "purchase": ("purchase", "order", "sale"),
    "subscription": ("subscription",),
    "membership": ("membership", "member"),
    "lease": ("lease", "rental", "contract"),
    "attendance": ("attendance", "registration", "rsvp"),
}


def associate(facts: Sequence[Fact], bench: Bench) -> list[Link]:
    """Links of association entities; toggles go into the draft."""
    links: list[Link] = []
    for fact in facts:
        if isinstance(fact, Association):
            links.extend(_association(fact, facts, bench))
        elif isinstance(fact, Toggle):
            _toggle(fact, bench)
    return links


def without_rows(links: Sequence[Link], facts: Sequence[Fact]) -> list[Link]:
    """The links but those of clauses that leave rows: `pupils earn belts; we note the date` gives no belt a pupil."""
    rows = {(fact.start, fact.end) for fact in facts if isinstance(fact, Association) and fact.between}
    return [link for link in links if link.kind not in ("structural", "agent") or (link.start, link.end) not in rows]


def _association(fact: Association, facts: Sequence[Fact], bench: Bench) -> list[Link]:
    names, draft, source = bench
    about = [
        p
        for p in map(partial(_whole_of, names=names), fact.what)
        if (key := names.find(p)) is not None and (key != USER or fact.verb in ("invite", "review", "rate"))
    ]
    if not about or (fact.noun == "review" and any(p.head in NOT_REVIEWED for p in about)):
        return []
    if _told_otherwise(fact, about, facts, names) or names.find(about[0]) == fact.noun:
        return []
    who = fact.who
    if fact.own is not None and not _leaves_row(fact, about[0], facts, names):
        return _own_data(fact, bench)
    key = _existing(fact, about, names, draft)
    if key is None:
        key = _between(fact, about, facts, names) if fact.between else fact.noun
        entity = source.entity(key, fact.start, fact.end)
        entity.kind = "normal" if fact.between and key == noun_of(fact.verb) else "association"
        draft.entities[key] = entity
        names.entities[key] = _phrase(key, fact)
    entity = draft.entities[key]
    if entity.kind == "normal" and not fact.between and (key in nouns.ASSOCIATION_NOUNS or not entity.fields):
        entity.kind = "association"
    me = _phrase(key, fact)
    links = [Link(me, p, fact.start, fact.end, "belong", False, True) for p in about if names.find(p) != key]
    if who is not None and names.find(who) is not None and names.find(who) != key:
        links.append(Link(me, who, fact.start, fact.end, "create", False, True, _author(fact, who, names)))
    held = [
        Holds(me, item, item.start, item.end) for item in fact.items if item.spec.max or names.find(item.phrase) != key
    ]
    links.extend(read_members(held, bench))
    return links


def _whole_of(phrase: Phrase, names: Names) -> Phrase:
    """`Comment on a line of a file`: on the file, where lines are nothing of their own."""
    known = names.find(phrase) is not None or phrase.of is None or names.find(phrase.of) in (None, USER)
    return phrase if known or phrase.of is None else phrase.of


def _leaves_row(fact: Association, what: Phrase, facts: Sequence[Fact], names: Names) -> bool:
    """Whether both are known, and what is done to one has other data of its own."""
    who, key = names.find(fact.who) if fact.who is not None else None, names.find(what)
    own = {f.item.name for f in facts if isinstance(f, Holds) and names.find(f.owner) == key}
    ends = {names.find(p) for p in fact.what} - {None}
    return (who is not None or len(ends) > 1) and bool(own - {item.name for item in fact.items})


def _own_data(fact: Association, bench: Bench) -> list[Link]:
    """`A shop sells teas with a price`, of which nothing else is known: a tea has its price by itself."""
    own = fact.own
    held = [Holds(own, item, item.start, item.end) for item in fact.items] if own is not None else []
    who = fact.who
    known = who is not None and bench.names.find(who) not in (None, USER)
    links = [
        Link(p, who, fact.start, fact.end, "structural", None, True) for p in fact.what if who is not None and known
    ]
    return [*links, *read_members(held, bench)]


def _between(fact: Association, about: Sequence[Phrase], facts: Sequence[Fact], names: Names) -> str:
    """The name of rows that nobody names: of both, or of the deed where little else is known of who does it.

    `Parents excuse a child` who has several parents anyway: what the two are to each other has another name.
    """
    who, what = names.find(fact.who) if fact.who is not None else None, names.find(about[0])
    described = any(isinstance(f, Holds) and names.find(f.owner) == who for f in facts)
    related = any(_holds_several(f, who, what, names) or _holds_several(f, what, who, names) for f in facts)
    if described and not related and who != USER:
        return f"{who}_{what}"
    others = [key for p in about[1:] if (key := names.find(p)) not in (None, what, USER)]
    if fact.who is None and others:
        return f"{what}_{others[0]}"
    noun = noun_of(fact.verb)
    return noun if noun is not None and noun not in names.entities else f"{what}_{noun or fact.verb}"


def _holds_several(fact: Fact, owner: str | None, held: str | None, names: Names) -> bool:
    """`A parent can have more children`."""
    several = isinstance(fact, Holds) and fact.item.phrase.many
    return (
        isinstance(fact, Holds) and several and (names.find(fact.owner), names.find(fact.item.phrase)) == (owner, held)
    )


def _author(fact: Association, who: Phrase, names: Names) -> str:
    return (
        "author"
        if fact.verb in ("comment", "review", "reply") and names.find(who) == USER and who.head in nouns.ACCOUNT_WORDS
        else ""
    )


def _told_otherwise(fact: Association, about: Sequence[Phrase], facts: Sequence[Fact], names: Names) -> bool:
    """`A plot is leased by one gardener` makes a key of the plot, no row between them."""
    for other in facts:
        told = isinstance(other, Link) and other.kind == "agent" and other.target.quantity.one
        if not told or not isinstance(other, Link) or fact.who is None:
            continue
        if names.find(other.source) == names.find(about[0]) and names.find(other.target) == names.find(fact.who):
            return True
    return False


def _existing(fact: Association, about: Sequence[Phrase], names: Names, draft: Draft) -> str | None:
    """The entity that the act makes, under whatever name it was spoken of."""
    for noun in (fact.noun, *_SYNONYMS.get(fact.noun, ())):
        found = names.by_key(noun)
        if (
            found is not None
            and found in draft.entities
            and found != USER
            and found not in [names.find(p) for p in about]
        ):
            return found
        longer = [key for key in draft.entities if key.endswith(f"_{noun}")]
        if len(longer) == 1:
            return longer[0]
    ends = {names.find(p) for p in (*about, *([fact.who] if fact.who is not None else []))}
    deeds = (key for key in draft.entities if key not in ends and deed_of(fact.verb, key.rsplit("_", 1)[-1]))
    return next(deeds, None) if fact.between else None


def _phrase(key: str, fact: Association) -> Phrase:
    words = tuple(Token(part, part, fact.start, fact.end, "word", "N", part) for part in key.split("_"))
    return Phrase(words, fact.start, fact.end)


def _toggle(fact: Toggle, bench: Bench) -> None:
    names, draft, source = bench
    key = names.find(fact.what)
    if key is None or fact.name in draft.entities:
        return
    entity = source_user(draft, source) if key == USER else draft.entities.get(key)
    if entity is not None:
        entity.toggles.setdefault(fact.name, source.stated(fact.start, fact.end))
        source_user(draft, source)


def once_pairs(
    facts: Sequence[Fact], names: Names, draft: Draft
) -> list[tuple[DraftEntity, tuple[str, ...], int, int]]:
    """`only once` about an act: the association entity and the relations that are unique together."""
    out: list[tuple[DraftEntity, tuple[str, ...], int, int]] = []
    for fact in facts:
        if isinstance(fact, Association) and fact.once:
            found = _existing(fact, fact.what, names, draft)
            out.extend(_pair(found, fact.who, fact.what, names, draft, place=(fact.start, fact.end)))
        elif isinstance(fact, Limit) and fact.kind == "once":
            verb = str(fact.data.get("verb", ""))
            about = fact.data.get("about")
            who = fact.data.get("who")
            if isinstance(about, tuple) and isinstance(who, Phrase):
                key = _row_of(
                    verb, Association(verbs.ASSOCIATION.get(verb, verb), verb, who, about, 0, 0), names, draft
                )
                out.extend(_pair(key, who, about, names, draft, place=(fact.start, fact.end)))
    return out


def _row_of(verb: str, probe: Association, names: Names, draft: Draft) -> str | None:
    """The rows that a deed leaves: those of its noun, or of whatever noun is made of the verb."""
    known = _existing(probe, probe.what, names, draft) if verb in verbs.ASSOCIATION else None
    deeds = (key for key in draft.entities if deed_of(verb, key.rsplit("_", 1)[-1]) and key not in names.roles)
    return known or next(deeds, None)


_NOBODY = frozenset("nobody no-one noone anyone anybody everyone everybody you i we".split())


def _pair(
    key: str | None, who: Phrase | None, about: Sequence[Phrase], names: Names, draft: Draft, *, place: tuple[int, int]
) -> list[tuple[DraftEntity, tuple[str, ...], int, int]]:
    if key is None or who is None:
        return []
    entity = draft.entities[key]
    targets = [*(names.find(p) for p in about), names.find(who)]
    relations = [r.name for t in targets if t is not None for r in entity.to(t)[:1]]
    if who.words[-1].low in _NOBODY:
        relations.extend(r.name for r in entity.relations if draft.entities[r.target].kind in ("user", "profile"))
    return [(entity, tuple(dict.fromkeys(relations)), *place)] if len(set(relations)) >= 2 else []
