"""Tallies, and additions of steps: exact numbers of other rows, amounts that can be told from one row."""

from collections.abc import Iterator

from codebegen.blueprint.behaviour import Tally
from codebegen.blueprint.checks.expressions import Place, check_condition, check_number, number_kind
from codebegen.blueprint.expressions import Expression, mentions_caller, references
from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation
from codebegen.diagnostics import Diagnostic, error

_EXACT = frozenset({"decimal", "money"})


def check_tallies(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every tally of every entity."""
    for entity in blueprint.entities:
        names: set[str] = set()
        for tally in entity.tallies:
            place = f"entities.{entity.name}.tallies.{tally.name}"
            if tally.name in names:
                yield error("duplicate-name", place, "two tallies have this name", "rename one")
            names.add(tally.name)
            yield from _tally(Place(blueprint, entity, place, caller=False), entity, tally)


def _tally(place: Place, entity: Entity, tally: Tally) -> Iterator[Diagnostic]:
    relation = entity.relations_by_name.get(tally.relation)
    if relation is None or relation.kind == "many_to_many" or relation.target not in place.blueprint.entities_by_name:
        yield error("unknown-relation", place.name, f"there is no key {tally.relation}", "name one of the entity")
        return
    yield from check_addition(place, relation, tally.field, tally.amount)
    if tally.condition is not None:
        yield from check_condition(place, tally.condition)
        if any("." in path for path in references(tally.condition)) or mentions_caller(tally.condition):
            yield error("far-condition", place.name, "it asks more than the row itself", "compare fields of the row")
    for other in entity.relations:
        if other.on_delete == "cascade" and other.kind != "many_to_many" and other.name != tally.relation:
            message = f"rows go along when their {other.name} is deleted, and could not take back what they added"
            yield error("tally-cascade", place.name, message, f"set on_delete of {other.name} to restrict")


def check_addition(place: Place, relation: Relation, name: str, amount: Expression) -> Iterator[Diagnostic]:
    """A number of the row that a key points to, and what is added to it."""
    target = place.blueprint.entities_by_name.get(relation.target)
    number = target.fields_by_name.get(name) if target is not None else None
    if number is None or number.type not in ("integer", "duration", "decimal", "money"):
        hint = "name an integer, a duration, a decimal or an amount of money"
        yield error("unknown-field", place.name, f"{relation.target} has no exact number {name}", hint)
        return
    if number.unique or number.immutable or number.write_only:
        yield error("fixed-number", place.name, f"{relation.target}.{name} is unique, hidden or fixed", "name another")
    problems = list(check_number(place, amount))
    yield from problems
    if any("." in path for path in references(amount)):
        yield error("far-amount", place.name, "an amount is made of fields of the row itself", "copy the value first")
    elif not problems and not fits_number(number_kind(place, amount), number):
        yield place.problem("not-comparable", f"this is no amount of {number.name}")


def fits_number(kind: str | None, number: Field) -> bool:
    """Whether numbers of a kind can be kept in a field without losing anything of their kind."""
    kinds = {"integer": {"whole"}, "duration": {"whole"}, "float": {"whole", "float"}}
    return kind in kinds.get(number.type, {"whole", "exact"} if number.type in _EXACT else set())
