"""Checking out: what a container holds becomes what an order consists of. Read from how things hang together.

"Customers check out their cart", `POST /checkout`: where lines point to a container and to things, and lines of
something else point to the same things, the steps are known; where they do not, the words stay words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from codebegen.blueprint import (
    Blueprint,
    CompoundAction,
    Computed,
    Entity,
    Field,
    Provenance,
    Relation,
    check,
    complete,
    stated,
)
from codebegen.blueprint.expressions import Arithmetic, FieldRef, Value
from codebegen.blueprint.fields import NUMBER_TYPES
from codebegen.blueprint.steps import AdjustStep, CreateStep, ForEachStep, RowStep, Step

_SAID = re.compile(
    r"\bcheck(?:s|ed|ing)?[ -]?outs?\b|\b(?:cart|basket) (?:becomes|is turned into|into) an? order\b"
    r"|\border from (?:the|their|a|his|her) (?:shopping )?(?:cart|basket)\b",
    re.IGNORECASE,
)
_ENDS = re.compile(r"[.!?\n]")
_NEAR = 400
"""Sentences about one checkout stand within so many characters."""
_DENIED = re.compile(r"\b(?:no|not|never|without|can't|cannot)\b[^.]{0,80}\bcheck", re.IGNORECASE)
_CONTAINER = re.compile(r"cart|basket|bag|trolley", re.IGNORECASE)
_STOCK = re.compile(r"stock|inventory|^quantity$|^available", re.IGNORECASE)
_TOTALS = frozenset({"total", "total_amount", "total_price", "subtotal"})


@dataclass(frozen=True, slots=True)
class _Lines:
    """Rows of `entity` point to a whole by `whole` and to a thing by `thing`, so many of it."""

    entity: Entity
    whole: Relation
    thing: Relation
    amount: Field


def read_checkouts(text: str, blueprint: Blueprint) -> Blueprint:
    """The blueprint with a checkout that says what it does, where the text names one and its rows are there."""
    said = said_of_checkout(text)
    named = [(e, a) for e in blueprint.entities for a in e.actions if a.kind == "compound" and a.name == "checkout"]
    if said is None and not named:
        return blueprint
    for container in [e for e in blueprint.entities if _CONTAINER.search(e.name)]:
        for mine in _lines(blueprint, container):
            for theirs, whole in _results(blueprint, mine):
                action = _action(blueprint, mine, theirs, whole)
                if said is not None:
                    action = action.model_copy(update={"provenance": said})
                if named:
                    known = named[0][1]
                    action = action.model_copy(update={"path": known.path, "provenance": known.provenance})
                found = _with(blueprint, container, action, theirs, whole)
                if not any(one.place.endswith("actions.checkout") for one in check(complete(found))):
                    return found
    return blueprint


def said_of_checkout(text: str) -> Provenance | None:
    """The sentences that tell of checking out, if any does."""
    told = [_sentence(text, match) for match in _SAID.finditer(text)]
    told = [(start, end) for start, end in told if not _DENIED.search(text, start, end)]
    if not told:
        return None
    start = told[0][0]
    end = max(end for begin, end in told if begin - start <= _NEAR)
    return stated(text[start:end], start, end)


def _sentence(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Where the sentence that a match stands in begins and ends."""
    begin = max(text.rfind(sign, 0, match.start()) for sign in ".!?\n") + 1
    following = _ENDS.search(text, match.end())
    end = following.start() if following else len(text)
    return begin + len(text[begin:end]) - len(text[begin:end].lstrip()), end


def _keys(entity: Entity) -> list[Relation]:
    return [relation for relation in entity.relations if relation.kind == "many_to_one"]


def _lines(blueprint: Blueprint, whole: Entity) -> Iterator[_Lines]:
    """Rows that say how many of a thing a whole holds."""
    entities = blueprint.entities_by_name
    for entity in blueprint.entities:
        amount = next(
            (f for f in entity.fields if f.type == "integer" and f.name in ("quantity", "amount", "count")), None
        )
        ours = next((key for key in _keys(entity) if key.target == whole.name), None)
        things = [key for key in _keys(entity) if key.target not in (whole.name, entity.name, "User")]
        things = [key for key in things if key.target in entities and entities[key.target].kind == "normal"]
        if amount is not None and ours is not None and len(things) == 1:
            yield _Lines(entity, ours, things[0], amount)


def _results(blueprint: Blueprint, mine: _Lines) -> Iterator[tuple[_Lines, Entity]]:
    """Wholes with lines of the same things: what comes out; orders first."""
    wholes = [e for e in blueprint.entities if e.name != mine.whole.target and e.kind == "normal"]
    for whole in sorted(wholes, key=lambda entity: entity.name not in ("Order", "Purchase", "Sale")):
        for theirs in _lines(blueprint, whole):
            if theirs.thing.target == mine.thing.target and theirs.entity.name != mine.entity.name:
                yield theirs, whole


def _action(blueprint: Blueprint, mine: _Lines, theirs: _Lines, whole: Entity) -> CompoundAction:
    thing = blueprint.entities_by_name[mine.thing.target]
    stock = next((f for f in thing.fields if f.type == "integer" and _STOCK.search(f.name)), None)
    each: list[RowStep] = []
    if stock is not None and mine.thing.required:
        taken = Arithmetic(operator="*", left=FieldRef(path=mine.amount.name), right=Value(value=-1))
        message = f"There is not enough {' '.join(stock.name.split('_'))}."
        each.append(AdjustStep(relation=mine.thing.name, field=stock.name, amount=taken, message=message))
    each.append(CreateStep(entity=theirs.entity.name))
    lines = ForEachStep(entity=mine.entity.name, relation=mine.whole.name, steps=tuple(each), clear=True)
    steps: tuple[Step, ...] = (CreateStep(entity=whole.name), lines)
    return CompoundAction(name="checkout", steps=steps)


def _with(blueprint: Blueprint, container: Entity, action: CompoundAction, theirs: _Lines, whole: Entity) -> Blueprint:
    """The blueprint with the action on its container alone, and with totals that follow from the lines."""
    entities = []
    for entity in blueprint.entities:
        others = tuple(a for a in entity.actions if not (a.kind == "compound" and a.name == action.name))
        more = (action,) if entity.name == container.name else ()
        changed = entity.model_copy(update={"actions": (*others, *more)})
        entities.append(_totalled(changed, theirs) if entity.name == whole.name else changed)
    return blueprint.model_copy(update={"entities": tuple(entities)})


def _totalled(whole: Entity, theirs: _Lines) -> Entity:
    """What comes out, with a total that nobody has to send."""
    price = next((f for f in theirs.entity.fields if f.name.endswith("price") and f.type in NUMBER_TYPES), None)
    total = next((f for f in whole.fields if f.name in _TOTALS and f.type in NUMBER_TYPES), None)
    if price is None or total is None:
        return whole
    line = Arithmetic(operator="*", left=FieldRef(path=theirs.amount.name), right=FieldRef(path=price.name))
    computed = Computed(
        name=total.name,
        function="sum",
        entity=theirs.entity.name,
        relation=theirs.whole.name,
        expression=line,
        provenance=total.provenance,
    )
    fields = tuple(field for field in whole.fields if field is not total)
    return whole.model_copy(update={"fields": fields, "computed": (*whole.computed, computed)})
