"""What rows of an entity add to numbers of other rows, as their service spells it."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.behaviour import Tally
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.expressions import over_row
from codebegen.compiler.views.counters import CounterView, amount_of, counter_of
from codebegen.compiler.views.names import names_of


@dataclass(frozen=True, slots=True)
class TallyView:
    """One addition, made where all of `conditions` hold."""

    counter: CounterView
    key: str
    amount: str
    condition: str | None
    words: str


def tallies_of(blueprint: Blueprint, entity: Entity) -> tuple[TallyView, ...]:
    """All tallies of an entity."""
    return tuple(_tally(blueprint, entity, tally) for tally in entity.tallies)


def _tally(blueprint: Blueprint, entity: Entity, tally: Tally) -> TallyView:
    row = names_of(entity).var
    renderer = over_row(blueprint, entity, row)
    relation = entity.relations_by_name[tally.relation]
    target = blueprint.entities_by_name[relation.target]
    key = f"{row}.{naming.attribute(relation.key)}"
    conditions = [] if relation.required else [f"{key} is not None"]
    if tally.condition is not None:
        held = renderer.test(tally.condition)
        conditions.append(f"({held})" if conditions and " or " in held else held)
    return TallyView(
        counter=counter_of(target, target.fields_by_name[tally.field], tally.message),
        key=key,
        amount=amount_of(renderer, tally.amount, entity),
        condition=" and ".join(conditions) or None,
        words=" ".join(naming.words(f"{relation.name}_{tally.field}")),
    )
