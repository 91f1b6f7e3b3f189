"""Effects of moves become steps: `cancelling an order puts the stock back`, `the copy becomes available`.

What is not sure (no such move, two numbers that may be meant, a stock that nothing takes) is left to the report.
"""

import re
from collections.abc import Iterator

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Expression, Field, Transition, check, complete
from codebegen.blueprint.expressions import Arithmetic, FieldRef, Value
from codebegen.blueprint.fields import NUMBER_TYPES
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.blueprint.steps import AdjustStep, ForEachStep, Step
from codebegen.understanding.embedded.effect_clauses import Effect, effects
from codebegen.understanding.embedded.effect_states import is_state, state_step
from codebegen.understanding.embedded.lexicon import conjugation
from codebegen.understanding.embedded.reachable import is_called, reaches, speaks_of

_EXACT = ("integer", "duration", "decimal", "money")
_UP = re.compile(
    r"\b(?:puts?|returns?|returned|restore[sd]?|gives?|given|adds?|added|release[sd]?|increase[sd]?|credit(?:s|ed)?|"
    r"raise[sd]?|replenish(?:es|ed)?|refund(?:s|ed)?|goes up|go up|rises?|incremented|increments?)\b"
)
_DOWN = re.compile(
    r"\b(?:takes?|taken|deduct(?:s|ed)?|subtract(?:s|ed)?|reduce[sd]?|decrease[sd]?|remove[sd]?|charge[sd]?|"
    r"consume[sd]?|lower(?:s|ed)?|debit(?:s|ed)?|goes down|go down|decremented|decrements?|drops?)\b"
)
_BACK = re.compile(r"\b(?:back|again|return\w*|restore\w*|release\w*|replenish\w*)\b")
_ONE = re.compile(r"\b(?:by|an?|one|1) ?(?:one|1)?\b")
_WORD = re.compile(r"[\w'’-]+")
_BY = re.compile(r"\bby (\d+)\b")
_AMOUNTS = ("quantity", "qty", "amount", "count", "units", "days", "hours", "points", "seats")


def with_effects(text: str, blueprint: Blueprint) -> tuple[Blueprint, list[tuple[int, int]]]:
    """The blueprint with steps of its moves, and the words that told of them."""
    used: list[tuple[int, int]] = []
    for effect in effects(text):
        for entity, move in _moves(blueprint, effect):
            step = _step(blueprint, entity, effect)
            found = _with_step(blueprint, entity, move, step) if step is not None else None
            if found is not None:
                blueprint = found
                used += [word.span() for word in _WORD.finditer(text, effect.start, effect.end)]
                break
    return blueprint, used


def _moves(blueprint: Blueprint, effect: Effect) -> Iterator[tuple[Entity, Transition]]:
    """The moves that an effect is told of."""
    lemma, kind = conjugation.forms().get(effect.verb, (effect.verb, ""))
    for entity in blueprint.entities:
        if is_called(entity, effect.thing):
            for move in (move for machine in entity.state_machines for move in machine.transitions):
                if naming.snake(lemma) == move.name or (kind != "ing" and is_state(effect.verb, move.to)):
                    yield entity, move


def _with_step(blueprint: Blueprint, entity: Entity, move: Transition, step: Step) -> Blueprint | None:
    """The blueprint with one more step, None where the checks have something against it."""

    def moved(one: Entity) -> Entity:
        machines = tuple(
            changed(m, transitions=tuple(changed(t, steps=(*t.steps, step)) if t is move else t for t in m.transitions))
            for m in one.state_machines
        )
        return changed(one, state_machines=machines) if one.name == entity.name else one

    found = each_entity(blueprint, moved)
    place = f"entities.{entity.name}.state_machines."
    return None if any(problem.place.startswith(place) for problem in check(complete(found))) else found


def _step(blueprint: Blueprint, entity: Entity, effect: Effect) -> Step | None:
    return state_step(blueprint, entity, effect.words) or _number_step(blueprint, entity, effect.words)


def _number_step(blueprint: Blueprint, entity: Entity, words: str) -> Step | None:
    """`the days are subtracted from the employee's balance`."""
    up, down = _UP.search(words), _DOWN.search(words)
    if (up is None) == (down is None):
        return None
    found = [
        (speaks_of(words, one.name), -number, reach, one)
        for number, reach in enumerate(reaches(blueprint, entity))
        if reach.key is not None and (reach.key.required or reach.holder is None)
        for one in reach.entity.fields
        if one.type in _EXACT and speaks_of(words, one.name) and not one.unique
    ]
    if not found:
        return None
    _, _, reach, number = max(found, key=lambda one: one[:2])
    amount = _amount(reach.holder or entity, words, is_line=reach.holder is not None)
    if amount is None or (up is not None and _BACK.search(words) and not _is_taken(blueprint, reach.entity, number)):
        return None
    if down is not None:
        amount = _negative(amount)
    message = f"There is not enough {' '.join(naming.words(number.name))}." if down is not None else ""
    return reach.step(AdjustStep(relation=reach.relation or "", field=number.name, amount=amount, message=message))


def _negative(amount: Expression) -> Expression:
    if isinstance(amount, Value) and isinstance(amount.value, int):
        return Value(value=-amount.value)
    return Arithmetic(operator="*", left=amount, right=Value(value=-1))


def _amount(holder: Entity, words: str, *, is_line: bool) -> Expression | None:
    """The field that says how many, a number that is said, or one where nothing could say more."""
    numbers = [f for f in holder.fields if f.type in NUMBER_TYPES]
    named = [f for f in numbers if speaks_of(words, f.name)]
    usual = [f for f in numbers if f.name in _AMOUNTS]
    if len(named) == 1 or len(usual) == 1:
        return FieldRef(path=(named if len(named) == 1 else usual)[0].name)
    if (said := _BY.search(words)) is not None:
        return Value(value=int(said[1]))
    return Value(value=1) if not numbers and (is_line or _ONE.search(words)) else None


def _is_taken(blueprint: Blueprint, target: Entity, number: Field) -> bool:
    """Whether some action or move takes from a number what could be given back."""
    for entity in blueprint.entities:
        moves = [move for machine in entity.state_machines for move in machine.transitions]
        steps = [step for move in moves for step in move.steps] + [s for act in entity.compounds for s in act.steps]
        for row, step in _flat(entity, steps, blueprint):
            key = row.relations_by_name.get(step.relation)
            if step.field == number.name and key is not None and key.target == target.name:
                return True
    return False


def _flat(entity: Entity, steps: list[Step], blueprint: Blueprint) -> Iterator[tuple[Entity, AdjustStep]]:
    for step in steps:
        if isinstance(step, AdjustStep):
            yield entity, step
        elif isinstance(step, ForEachStep):
            row = blueprint.entities_by_name[step.entity]
            yield from ((row, one) for one in step.steps if isinstance(one, AdjustStep))
