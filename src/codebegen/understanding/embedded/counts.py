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
from codebegen.understanding.embedded.lexicon import words
from codebegen.understanding.embedded.phrases import Phrase
from codebegen.understanding.embedded.reading import Setting, is_teller
from codebegen.understanding.embedded.types import field_type

_SHOWING = frozenset("show display return calculate compute count expose".split())
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
    if frame.verb not in _SHOWING or frame.negated or frame.passive:
        return
    told = [p for p in frame.subjects if not is_teller(p) and not p.is_person]
    parts = [p for p in (*frame.objects, *(p.of for p in frame.objects)) if p is not None]
    behind = [inner for p in parts if (inner := p.of) is not None]
    each = [p for p in (*behind, *(p for _, p in (*frame.lead, *frame.preps))) if p.det in words.EACH]
    owner = next(iter((*each, *told)), None)
    for phrase in frame.objects if owner is not None else ():
        if phrase.head in ("number", "count") and phrase.of is not None and phrase.of.many:
            yield Limit("count", owner, phrase.start, phrase.end, {"of": phrase.of})
        elif phrase.words[0].low in _FUNCTIONS and len(phrase.words) > 1:
            word, last = phrase.words[0].low, phrase.words[-1]
            yield Limit("aggregate", owner, phrase.start, phrase.end, {"word": word, "field": last.lemma or last.low})


def computed_values(facts: Sequence[Fact], bench: Bench) -> dict[str, tuple[Computed, ...]]:
    """Computed values by entity key."""
    found: dict[str, dict[str, Computed]] = defaultdict(dict)
    for fact in facts:
        if not isinstance(fact, Limit) or fact.kind not in ("count", "aggregate") or fact.what is None:
            continue
        owner = bench.draft.entities.get(bench.names.find(fact.what) or "")
        value = _value(fact, owner, bench) if owner is not None else None
        if owner is not None and value is not None and value.name not in owner.fields:
            found[owner.key].setdefault(value.name, value)
    return {key: tuple(values.values()) for key, values in found.items()}


def _value(fact: Limit, owner: DraftEntity, bench: Bench) -> Computed | None:
    place = bench.source.stated(fact.start, fact.end)
    of, name = fact.data.get("of"), str(fact.data.get("field", ""))
    for entity in bench.draft.entities.values():
        key = next((r.name for r in entity.to(owner.key) if r.kind == "many_to_one"), None)
        if key is None or entity is owner:
            continue
        rows = naming.pascal(entity.key)
        if isinstance(of, Phrase):
            if bench.names.find(of) == entity.key:
                return Computed(
                    name=f"{entity.key}_count", function="count", entity=rows, relation=key, provenance=place
                )
        elif name in entity.fields and field_type(name, entity.fields[name].item, entity.key) in _NUMBERS:
            word = str(fact.data["word"])
            return Computed(
                name=f"{word}_{name}",
                function=_FUNCTIONS[word],
                entity=rows,
                relation=key,
                field=name,
                provenance=place,
            )
    return None
