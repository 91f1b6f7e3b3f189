"""Counts: `show the number of comments of each article` becomes a computed value of the article."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Literal

from codebegen import naming
from codebegen.blueprint.behaviour import Computed
from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.clauses import Frame
from codebegen.understanding.embedded.draft import DraftEntity
from codebegen.understanding.embedded.facts import Fact, Limit
from codebegen.understanding.embedded.lexicon import verbs, words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_teller
from codebegen.understanding.embedded.types import field_type

_SHOWING = frozenset("show display return calculate compute count expose".split())
_TELLING = _SHOWING | verbs.HAS
_NUMBERS = frozenset(("integer", "decimal", "float", "money", "duration"))
Function = Literal["average", "sum", "min", "max"]
_FUNCTIONS: dict[str, Function] = {
    "average": "average",
    "mean": "average",
    "total": "sum",
    "highest": "max",
    "maximum": "max",
    "lowest": "min",
    "minimum": "min",
}


def read_counts(frame: Frame, _setting: Setting) -> Iterator[Fact]:
    """`Show the number of reviews and the average rating of each product`, `for every article show …`."""
    if frame.verb not in _TELLING or frame.negated or frame.passive:
        return
    told = [p for p in frame.subjects if not is_teller(p) and not p.is_person]
    parts = [p for p in (*frame.objects, *(p.of for p in frame.objects)) if p is not None]
    behind = [inner for p in parts if (inner := p.of) is not None]
    each = [p for p in (*behind, *(p for _, p in (*frame.lead, *frame.preps))) if p.det in words.EACH]
    owner = next(iter((*each, *told)), None)
    # What is had may as well be written down: only what nobody writes down is computed.
    functions = _FUNCTIONS.keys() if frame.verb in _SHOWING else _NEVER_WRITTEN
    for phrase in frame.objects:
        if owner is not None and phrase.head in ("number", "count") and phrase.of is not None and phrase.of.many:
            yield Limit("count", owner, phrase.start, phrase.end, {"of": phrase.of})
        elif phrase.words[0].low in functions and len(phrase.words) > 1:
            word, last = phrase.words[0].low, phrase.words[-1]
            yield Limit("aggregate", owner, phrase.start, phrase.end, {"word": word, "field": last.lemma or last.low})


_NEVER_WRITTEN = frozenset(("average", "mean"))


def computed_values(facts: Sequence[Fact], bench: Bench) -> dict[str, tuple[Computed, ...]]:
    """Computed values by entity key."""
    found: dict[str, dict[str, Computed]] = defaultdict(dict)
    for fact in facts:
        if not isinstance(fact, Limit) or fact.kind not in ("count", "aggregate"):
            continue
        owner = _owner(fact, bench)
        value = _value(fact, owner, bench) if owner is not None else None
        if owner is None or value is None:
            continue
        told = [name for name, f in owner.fields.items() if fact.start <= f.item.start and f.item.end <= fact.end]
        for name in told:
            del owner.fields[name]
        if value.name not in owner.fields:
            found[owner.key].setdefault(value.name, value)
    return {key: tuple(values.values()) for key, values in found.items()}


def _owner(fact: Limit, bench: Bench) -> DraftEntity | None:
    """Of what a value is computed; of the one thing that the rows point to where nobody says: `the average rating`."""
    if fact.what is not None:
        return bench.draft.entities.get(bench.names.find(fact.what) or "")
    rows = bench.draft.entities.get(str(fact.data.get("field", "")))
    targets = {r.target for r in rows.relations if r.kind == "many_to_one"} if rows is not None else set()
    things = [e for key in targets if (e := bench.draft.entities.get(key)) is not None and e.kind == "normal"]
    return things[0] if len(things) == 1 else None


def _value(fact: Limit, owner: DraftEntity, bench: Bench) -> Computed | None:
    place = bench.source.stated(fact.start, fact.end)
    of, name = fact.data.get("of"), str(fact.data.get("field", ""))
    for entity in bench.draft.entities.values():
        # Of a relation that is only likely nothing is counted: the number may as well be written down.
        told = (r for r in entity.to(owner.key) if r.kind == "many_to_one" and r.provenance.origin == "stated")
        key = next((r.name for r in told), None)
        if key is None or entity is owner:
            continue
        rows = naming.pascal(entity.key)
        if isinstance(of, Phrase):
            if bench.names.find(of) == entity.key:
                return Computed(
                    name=f"{entity.key}_count", function="count", entity=rows, relation=key, provenance=place
                )
        elif (field := _number_of(entity, name)) is not None:
            word = str(fact.data["word"])
            return Computed(
                name=f"{word}_{name}",
                function=_FUNCTIONS[word],
                entity=rows,
                relation=key,
                field=field,
                provenance=place,
            )
    return None


def _number_of(entity: DraftEntity, name: str) -> str | None:
    """The number that a name speaks of: a field, or the one number that rows of that name hold."""
    numbers = [n for n, f in entity.fields.items() if field_type(n, f.item, entity.key) in _NUMBERS]
    if name in numbers:
        return name
    return numbers[0] if entity.key == name and len(numbers) == 1 else None
