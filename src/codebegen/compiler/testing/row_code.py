"""Expressions as Python over a row of a table, for generated tests that keep a model of their own."""

from decimal import Decimal

from codebegen.blueprint.expressions import (
    All,
    AnyOf,
    Arithmetic,
    Compare,
    Expression,
    FieldRef,
    IsNull,
    Not,
    Value,
)
from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Entity

_PLAIN = frozenset({"integer", "duration", "decimal", "money", "boolean", "enum", "string", "text"})
_DECIMAL = frozenset({"decimal", "money"})


def row_code(entity: Entity, expression: Expression) -> str | None:
    """`row["quantity"] * 2`; None where it asks for more than the plain fields of one row."""
    match expression:
        case Value(value=value):
            return None if value is None else repr(value)
        case FieldRef(path=path):
            return f'row["{path}"]' if _plain(entity, path) else None
        case IsNull(of=field):
            code = row_code(entity, field)
            return None if code is None else f"({code} is None)"
        case Not(of=part):
            code = row_code(entity, part)
            return None if code is None else f"(not {code})"
        case All(of=parts) | AnyOf(of=parts):
            codes = [row_code(entity, part) for part in parts]
            word = " and " if isinstance(expression, All) else " or "
            return None if None in codes or not codes else f"({word.join(filter(None, codes))})"
        case Compare(operator=operator, left=left, right=right):
            return _joined(entity, operator, left, right, compares=True)
        case Arithmetic(operator="+" | "-" | "*", left=left, right=right):
            return _joined(entity, expression.operator, left, right, compares=False)
        case _:
            return None


def _joined(entity: Entity, operator: str, left: Expression, right: Expression, *, compares: bool) -> str | None:
    """Two sides of one kind: numbers that have decimals, or anything else; what is nothing compares with everything."""
    sides = (left, right)
    fields = [entity.fields_by_name.get(side.path) for side in sides if isinstance(side, FieldRef)]
    exact = any(field is not None and field.type in _DECIMAL for field in fields)
    codes = [_side(entity, side, exact=exact) for side in sides]
    optional = [f'row["{field.name}"] is None' for field in fields if field is not None and field.nullable]
    if None in codes or (optional and not compares):
        return None
    if any(isinstance(side, Value) and isinstance(side.value, bool) for side in sides):
        operator = {"==": "is", "!=": "is not"}.get(operator, operator)
    return f"({' or '.join([*optional, f'{codes[0]} {operator} {codes[1]}'])})"


def _side(entity: Entity, side: Expression, *, exact: bool) -> str | None:
    if exact and isinstance(side, Value) and side.value is not None and not isinstance(side.value, bool):
        number = Decimal(str(side.value))
        return f"Decimal({int(number)})" if number == int(number) else f'Decimal("{number}")'
    return row_code(entity, side)


def _plain(entity: Entity, path: str) -> Field | None:
    field = entity.fields_by_name.get(path)
    return field if field is not None and field.type in _PLAIN else None
