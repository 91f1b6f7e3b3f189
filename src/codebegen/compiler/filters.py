"""Blueprint expressions as filters of a MongoDB, spelled in Python.

`{"status": models.PostStatus.PUBLISHED}`; a condition on what a key points to looks it up:
`{"order_id": {"$in": Among(models.Order, {"user_id": actor.id})}}`. As in SQL, a comparison with nothing does not hold.
"""

from collections.abc import Iterable

from codebegen import naming
from codebegen.blueprint.expressions import (
    All,
    AnyOf,
    Arithmetic,
    Compare,
    CompareOperator,
    Expression,
    FieldRef,
    IsNull,
    Not,
    Value,
    references,
)
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.expressions import MIRRORED, OPPOSITE, Renderer, model_of, simple, sql
from codebegen.compiler.literals import python

_OPERATORS = {"==": "$eq", "!=": "$ne", "<": "$lt", "<=": "$lte", ">": "$gt", ">=": "$gte"}
_ARITHMETIC = {"+": "$add", "-": "$subtract", "*": "$multiply", "/": "$divide"}


def filtered(blueprint: Blueprint, entity: Entity, condition: Expression) -> str:
    """The filter that documents of an entity meet where a condition holds."""
    match condition := simple(condition):
        case All(of=parts):
            return all_of(filtered(blueprint, entity, part) for part in parts)
        case AnyOf(of=parts):
            return any_of(filtered(blueprint, entity, part) for part in parts)
        case IsNull(of=FieldRef(path=path)):
            return at(blueprint, entity, path, "None")
        case Not(of=part):
            return _negated(blueprint, entity, simple(part))
        case Compare():
            return _compared(blueprint, entity, condition)
        case _:
            raise ValueError(f"{condition} is no condition")


def all_of(parts: Iterable[str]) -> str:
    """All of several filters."""
    return _joined("$and", list(parts))


def any_of(parts: Iterable[str]) -> str:
    """One of several filters."""
    return _joined("$or", list(parts))


def _joined(operator: str, parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f'{{"{operator}": [{", ".join(parts)}]}}'


def at(blueprint: Blueprint, entity: Entity, path: str, value: str) -> str:
    """The filter that what lies at a path is a value, or meets an operator."""
    first, _, rest = path.partition(".")
    relation = entity.relations_by_name.get(first)
    if relation is None:
        return f"{{{python(stored(first))}: {value}}}"
    if rest:
        target = blueprint.entities_by_name[relation.target]
        value = among(model_of(target), at(blueprint, target, rest, value))
    return f"{{{python(naming.attribute(relation.key))}: {value}}}"


def compared(name: str, operator: CompareOperator, value: str) -> str:
    """The filter that an attribute compares with a value."""
    wanted = value if operator == "==" else f'{{"{_OPERATORS[operator]}": {value}}}'
    return f"{{{python(stored(name))}: {wanted}}}"


def among(model: str, condition: str, of: str = "_id") -> str:
    """What the ids (or other values) of documents that meet a filter are among."""
    more = f", of={python(of)}" if of != "_id" else ""
    return f'{{"$in": Among({model}, {condition}{more})}}'


def stored(name: str) -> str:
    """What documents call a field."""
    return "_id" if name == "id" else naming.attribute(name)


def _negated(blueprint: Blueprint, entity: Entity, part: Expression) -> str:
    match part:
        case All(of=parts):
            return filtered(blueprint, entity, AnyOf(of=tuple(Not(of=one) for one in parts)))
        case AnyOf(of=parts):
            return filtered(blueprint, entity, All(of=tuple(Not(of=one) for one in parts)))
        case IsNull(of=FieldRef(path=path)):
            return at(blueprint, entity, path, '{"$ne": None}')
        case Compare() as compare:
            opposite = compare.model_copy(update={"operator": OPPOSITE[compare.operator]})
            return _compared(blueprint, entity, opposite)
        case _:
            raise ValueError(f"{part} is no condition")


def _compared(blueprint: Blueprint, entity: Entity, compare: Compare) -> str:
    if not references(compare.left):  # what varies stands first
        compare = Compare(operator=MIRRORED[compare.operator], left=compare.right, right=compare.left)
    if not isinstance(compare.left, FieldRef) or references(compare.right):
        return _computed(sql(blueprint, entity), compare)
    value = sql(blueprint, entity).side(compare.right, compare.left)
    if compare.operator == "!=" and not (isinstance(compare.right, Value) and isinstance(compare.right.value, bool)):
        return at(blueprint, entity, compare.left.path, f'{{"$nin": [{value}, None]}}')
    if compare.operator != "==":
        value = f'{{"{_OPERATORS[compare.operator]}": {value}}}'
    return at(blueprint, entity, compare.left.path, value)


def _computed(renderer: Renderer, compare: Compare) -> str:
    """A comparison of several values of one document, all of which have to be there."""
    there = [f'{{{python(stored(path))}: {{"$ne": None}}}}' for path in dict.fromkeys(references(compare))]
    sides = [
        _value(renderer, side, other) for side, other in ((compare.left, compare.right), (compare.right, compare.left))
    ]
    return all_of([*there, f'{{"$expr": {{"{_OPERATORS[compare.operator]}": [{", ".join(sides)}]}}}}'])


def _value(renderer: Renderer, side: Expression, other: Expression) -> str:
    match side:
        case FieldRef(path=path):
            return python(f"${stored(path)}")
        case Arithmetic(operator=operator, left=left, right=right):
            return f'{{"{_ARITHMETIC[operator]}": [{_value(renderer, left, side)}, {_value(renderer, right, side)}]}}'
        case _:
            return renderer.side(side, other)
