"""The view of the tests of tallies: what a row takes from another one, and gives back on every way out."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.behaviour import Tally
from codebegen.compiler.literals import shortened
from codebegen.compiler.testing.amounts import room_for
from codebegen.compiler.testing.conditions import holds, worth
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.references import target_call
from codebegen.compiler.testing.values import spell
from codebegen.compiler.testing.variants import where


@dataclass(frozen=True, slots=True)
class TallyTestView:
    """One tally: `target` has just enough for one row, and `after` is left then; `scarce` where a second is refused.

    `leaves` are moves, or `changed` changes, after which a row adds nothing any more.
    """

    tally: str
    test: str
    words: str
    target: str
    path: str
    field: str
    before: str
    after: str
    key: str
    scarce: bool
    moves_on: bool
    leaves: tuple[str, ...]
    changed: str | None


def tally_view(planner: Planner, plan: Plan, tally: Tally) -> TallyTestView | None:
    """The view of one tally; None where too little is known of its rows."""
    key = next((key for key in plan.keys if key.relation.name == tally.relation), None)
    amount = worth(plan.entity, tally.amount, plan.facts)
    counted = tally.condition is None or holds(plan.entity, tally.condition, plan.facts) is True
    if key is None or key.source != "plain" or key.target.kind == "user" or not amount or not counted or plan.single:
        return None
    room = room_for(key.target.fields_by_name[tally.field], amount)
    if room is None or plan.has_one_for(tally.relation) or key.relation.unique:
        return None
    twice = sum(other.relation == tally.relation and other.field == tally.field for other in plan.entity.tallies)
    if twice > 1:
        return None
    out = where(plan.entity, plan.facts, tally.condition, truth=False) if tally.condition is not None else None
    moves = out.moves if out is not None and not out.given else ()
    changed = spell(dict(out.given)) if out is not None and out.given and not out.moves else None
    return TallyTestView(
        tally=tally.name,
        test=f"tallies_{naming.snake(tally.name)}",
        words=shortened(" ".join(naming.words(f"{tally.relation} {tally.field}")), 50),
        target=target_call(planner, plan, key, {tally.field: room.enough}),
        path=key.target.path,
        field=tally.field,
        before=spell(room.enough),
        after=spell(room.after),
        key=key.name,
        scarce=room.scant is not None or room.twice is not None,
        moves_on=key.changeable,
        leaves=moves,
        changed=changed,
    )
