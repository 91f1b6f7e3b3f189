"""Likely links: pairs of entities that no rule related, and that are spoken of as related things are."""

from collections.abc import Set as AbstractSet
from itertools import combinations

from codebegen import naming
from codebegen.blueprint import Provenance
from codebegen.understanding.embedded.bench import Bench
from codebegen.understanding.embedded.discourse import Reading
from codebegen.understanding.embedded.draft import Draft, DraftRelation
from codebegen.understanding.embedded.learned_weights import learned_weights
from codebegen.understanding.embedded.links import joined_with_people
from codebegen.understanding.embedded.names import USER
from codebegen.understanding.embedded.outline_parts import Outline
from codebegen.understanding.embedded.pair_signs import KINDS, chances, signs
from codebegen.understanding.embedded.pair_survey import survey_pairs

HARDLY, POSSIBLE, LIKELY, SURE = 0.2, 0.3, 0.45, 0.7
"""Below the first a relation is of another kind; above the others a pair is shown, assumed to be related, or told."""
_FEW = 3


def relate_likely(told: Outline, reading: Reading, bench: Bench, settled: AbstractSet[str]) -> None:
    """Relations where signs speak for them and nothing was found; who has an account is left to the rules.

    Of two entities that are `settled`, all is known already.
    """
    draft = bench.draft
    pairs = survey_pairs(told, reading, bench)
    known = learned_weights("pair_signs")
    found, turned = [], []
    apart = joined_with_people(draft) | (pairs.beside - pairs.tied)
    for one, other in combinations([key for key in draft.entities if key != USER], 2):
        if {one, other} <= settled:
            continue
        related = draft.entities[one].to(other) or draft.entities[other].to(one)
        odds = chances(known, signs(pairs, draft, one, other), signs(pairs, draft, other, one))
        if related:
            turned += [(one, other, dict(zip(KINDS, odds, strict=True)))] if len(draft.entities) > _FEW else []
        elif frozenset((one, other)) not in apart:
            likely, kind = max(zip(odds, KINDS, strict=True))
            place = pairs.places.get(frozenset((one, other)))
            if kind != "none" and likely > LIKELY:
                ends = (other, one) if kind == "key back" else (one, other)
                if _told_by_way(draft, *ends):
                    continue
                found.append((*ends, _provenance(bench, *ends, place if likely > SURE else None), kind == "both"))
            elif 1 - odds[0] > POSSIBLE and place is not None and _is_open(draft, one, other):
                _doubt(bench, one, other, place)
    for holder, target, made, many in found:
        _relate(bench, holder, target, made, many=many)
    for one, other, likely_kinds in turned:
        turn(draft, one, other, likely_kinds)


def _is_open(draft: Draft, one: str, other: str) -> bool:
    """Whether no third ties both, as tickets tie events and attendees; of few things each may stand for itself."""
    return len(draft.entities) > _FEW and not _beside(draft, one) & _beside(draft, other)


def _beside(draft: Draft, key: str) -> set[str]:
    ahead = {relation.target for relation in draft.entities[key].relations}
    return ahead | {name for name, entity in draft.entities.items() if entity.to(key)}


def _doubt(bench: Bench, one: str, other: str, place: tuple[int, int]) -> None:
    first, second = one.replace("_", " "), other.replace("_", " ")
    suggestion = f"say it as `Each {first} belongs to one {second}` or `Each {first} has many {naming.plural(second)}`"
    bench.source.doubt(place, f"may tie {first} and {second}, and nothing was made of it", suggestion)


def _told_by_way(draft: Draft, holder: str, target: str) -> bool:
    """Whether what something belongs to belongs to the other already."""
    return any(
        way.kind == "many_to_one" and draft.entities[way.target].to(target)
        for way in draft.entities[holder].relations
        if way.target in draft.entities
    )


def _provenance(bench: Bench, holder: str, target: str, place: tuple[int, int] | None) -> Provenance:
    if place is not None and bench.draft.entities[target].kind != "profile":
        return bench.source.stated(*place)  # whose a row is must be told: rights follow from it
    one, other = holder.replace("_", " "), target.replace("_", " ")
    return bench.source.inferred(f"{naming.title(one)} and {other} are spoken of together")


def _relate(bench: Bench, holder: str, target: str, made: Provenance, *, many: bool) -> None:
    entity = bench.draft.entities[holder]
    name = naming.plural(target) if many else target
    if entity.relation(name) is not None:
        return  # a key of this name leads elsewhere
    entity.fields.pop(name, None)
    entity.relations.append(DraftRelation(name, target, "many_to_many" if many else "many_to_one", made))


def turn(draft: Draft, one: str, other: str, likely: dict[str, float]) -> None:
    """Another kind of relation than the one that rules made, where that is hardly meant: who holds the key, or both."""
    there, back = draft.entities[one].to(other), draft.entities[other].to(one)
    if len(there) + len(back) != 1:
        return
    made = (there or back)[0]
    kind = "both" if made.kind == "many_to_many" else "key" if there else "key back"
    better = max((name for name in likely if name != "none"), key=lambda name: likely[name])
    plain = made.name in (made.target, naming.plural(made.target)) and made.kind != "one_to_one"
    told = made.contained or made.creator or draft.entities[one if there else other].kind == "association"
    if better == kind or likely[kind] > HARDLY or likely[better] < LIKELY or not plain or told:
        return
    holder, target = (other, one) if better == "key back" else (one, other)
    many = better == "both"
    name = naming.plural(target) if many else target
    if draft.entities[holder].relation(name) not in (None, made):
        return
    draft.entities[one if there else other].relations.remove(made)
    turned = DraftRelation(name, target, "many_to_many" if many else "many_to_one", made.provenance, made.optional)
    draft.entities[holder].relations.append(turned)
