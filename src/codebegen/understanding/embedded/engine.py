"""The engine: a description enters, a blueprint and its report leave. `understand` reads as the list of its passes."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TYPE_CHECKING

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity
from codebegen.understanding.embedded import links as pairs
from codebegen.understanding.embedded.acting import with_rows_of_deeds
from codebegen.understanding.embedded.acts import associate, without_rows
from codebegen.understanding.embedded.asides import PERSONAL, asides, without_asides
from codebegen.understanding.embedded.assemble import assemble
from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.discourse import Reading, read
from codebegen.understanding.embedded.draft import Draft
from codebegen.understanding.embedded.evidence import Evidence
from codebegen.understanding.embedded.facts import Association, Fact, Holds, Initial, Link, Mention, Move, Paired
from codebegen.understanding.embedded.histories import without_histories
from codebegen.understanding.embedded.item import Item
from codebegen.understanding.embedded.lexicon import nouns
from codebegen.understanding.embedded.likely_data import add_likely_data
from codebegen.understanding.embedded.likely_links import relate_likely
from codebegen.understanding.embedded.members import read_members
from codebegen.understanding.embedded.names import USER, Names, find_names
from codebegen.understanding.embedded.notice_clauses import without_notices
from codebegen.understanding.embedded.noun_survey import survey
from codebegen.understanding.embedded.orphan_lists import read_orphans
from codebegen.understanding.embedded.outline import outline
from codebegen.understanding.embedded.outline_parts import Outline, Passage
from codebegen.understanding.embedded.pairings import pair_up
from codebegen.understanding.embedded.seed import known_names, plant
from codebegen.understanding.embedded.text import Tokens

if TYPE_CHECKING:
    from codebegen.understanding import Context


def understand_text(text: str, context: "Context", known: tuple[Entity, ...] = ()) -> Blueprint:
    """The blueprint of a description, before defaults and enrichment; it may speak of entities that are known."""
    told, reading, bench = draft_of(text, known)
    settled = {naming.snake(entity.name) for entity in known}
    relate_likely(told, reading, bench, settled)
    pairs.leave_to_rows(bench.draft)
    add_likely_data(told, reading, bench, settled)
    return assemble(text, told, reading, bench, context)


def draft_of(text: str, known: tuple[Entity, ...] = ()) -> tuple[Outline, Reading, Bench]:
    """What the layout and the sentences tell, and the draft of what rules make of that."""
    told = without_chat(text)
    reading = read(told)
    spoken = survey(told)
    names = find_names(reading.facts, spoken) if known or speaks_of_data(reading.facts) else Names({}, {}, {})
    if own := names.entities.keys() & (nouns.FIELDS_ONLY | nouns.ABSTRACT - nouns.THINGS):
        told_of = with_named(told, own)
        reading = read(told_of)
        names = find_names(reading.facts, survey(told_of))
    names = known_names(names, known) if known else names
    source = Evidence(text)
    draft = start_draft(names, source)
    plant(draft, known)
    bench = Bench(names, draft, source)
    paired = pair_up(reading.facts, bench)
    found = [
        *read_members(paired.members(reading.facts), bench),
        *without_rows(link_facts(reading.facts), reading.facts),
    ]
    found.extend(associate(reading.facts, bench))
    found.extend(read_members(read_orphans(told, reading, names), bench))
    found = [*paired.without_told(found, names), *paired.links]
    found = with_rows_of_deeds(reading.facts, bench, found)
    pairs.relate(found, names, draft, source)
    pairs.relate_parts(draft, source)
    pairs.relate_lists(draft, source)
    return told, reading, bench


def without_chat(text: str) -> Outline:
    """The outline of what a text says about the backend."""
    beside = asides(text)
    told = outline(without_histories(without_notices(without_asides(text, beside))))
    personal = tuple(aside for aside in beside if aside.reason in PERSONAL)
    return replace(told, ignored=(*told.ignored, *personal), asides=tuple(a for a in beside if a not in personal))


def with_named(told: Outline, own: AbstractSet[str]) -> Outline:
    """The outline with a mark on nouns that are fields elsewhere, and have rows here: `copies of a title`."""

    def marked(tokens: Tokens) -> Tokens:
        return tuple(replace(t, named=t.tag == "N" and t.lemma in own, inside=marked(t.inside)) for t in tokens)

    parts = (replace(p, tokens=marked(p.tokens)) if isinstance(p, Passage) else p for p in told.parts)
    return replace(told, parts=tuple(parts))


def speaks_of_data(facts: Sequence[Fact]) -> bool:
    """Whether anything is told that only a description of data tells: a field, or a thing that backends keep.

    A poem has clauses too; it has neither.
    """
    return any(
        (isinstance(fact, Holds) and any(map(_is_data, (fact.item, *fact.item.sub))))
        or (isinstance(fact, Association | Paired) and any(map(_is_data, fact.items)))
        or isinstance(fact, Initial)
        or (isinstance(fact, Move) and fact.sources)
        or (isinstance(fact, Association) and _leaves_rows(fact))
        or (isinstance(fact, Mention) and fact.weight >= 2 and fact.phrase.head in nouns.THINGS | nouns.PERSONS)
        for fact in facts
    )


def _leaves_rows(deed: Association) -> bool:
    """`Members borrow tools`, of people in general and of things in general."""
    return deed.who is not None and deed.who.is_person and any(phrase.plural for phrase in deed.what)


def _is_data(item: Item) -> bool:
    """Whether something that a thing has is named as fields are, or has a type."""
    return item.head in nouns.ATTRIBUTES or item.spec.type is not None


def start_draft(names: Names, source: Evidence) -> Draft:
    """An empty entity for every name, with its kind."""
    draft = Draft()
    for key, phrase in names.entities.items():
        entity = source.entity(key, phrase.start, phrase.end)
        head = key.rsplit("_", 1)[-1]
        entity.kind = (
            "user"
            if key == USER
            else (
                "profile" if head in nouns.PERSONS else ("association" if key in nouns.ASSOCIATION_NOUNS else "normal")
            )
        )
        draft.entities[key] = entity
    return draft


def link_facts(facts: Sequence[Fact]) -> list[Link]:
    """The links that readers found themselves; who makes a move has the right to it, and no key in the row."""
    movers = [fact for fact in facts if isinstance(fact, Move) and fact.who is not None]
    return [fact for fact in facts if isinstance(fact, Link) and not _is_mover(fact, movers)]


def _is_mover(link: Link, movers: Sequence[Move]) -> bool:
    """`then confirmed by a receptionist`."""
    near = (move.who for move in movers if link.start < move.end and move.start < link.end)
    return link.kind == "agent" and any(who is not None and who.key == link.target.key for who in near)
