"""Arithmetic in SQL: what the database computes from numbers of one row, the same on SQLite and PostgreSQL.

Whole numbers are computed as exact ones, so that nothing overflows; SQLite keeps exact numbers without a fraction as
integers, so divisions are made on floats; what is divided by zero is nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from codebegen.blueprint.expressions import Arithmetic, Expression, FieldRef, Value, references
from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Entity
from codebegen.compiler.literals import decimal

_WHOLE = ("integer", "duration")
_EXACT = ("decimal", "money")


@dataclass(frozen=True, slots=True)
class Number:
    """A SQL expression: its Python type, its scale if it is exact, and whether it may be nothing."""

    spelled: str
    python: str
    places: int | None
    nullable: bool

    def typed(self, spelled: str | None = None) -> str:
        """The expression (or what is made of it) in its type, rounded to its scale."""
        text = spelled or self.spelled
        text = text[1:-1] if text.startswith("(") else text
        if self.places is not None:
            return f"exact({text}, {self.places})"
        return f"sa.type_coerce({text}, sa.Float)" if self.python == "float" else f"whole({text})"


def number_of(
    entity: Entity, expression: Expression, column: Callable[[str], str], scale: int | None = None
) -> Number | None:
    """The number that an expression makes of a row of `entity`; None where it can't be spelled."""
    fields = [entity.fields_by_name.get(path) for path in references(expression)]
    known = [field for field in fields if field is not None]
    if len(known) < len(fields) or not known or not _is_arithmetic(expression):
        return None
    kinds = {field.type for field in known}
    if not kinds <= {*_WHOLE, *_EXACT, "float"} or any(_is_open(field) for field in known):
        return None
    exact = bool(kinds & set(_EXACT))
    floats = "float" in kinds or (not exact and _divides(expression))
    places = max((field.places or 0 for field in known), default=0)
    return Number(
        spelled=_spelled(entity, expression, column, floats=floats),
        python="float" if floats else "Decimal" if exact else "int",
        places=(scale if scale is not None else places) if exact else None,
        nullable=any(field.nullable for field in known) or _divides(expression),
    )


def _is_open(field: Field) -> bool:
    """Whether a float may be so large that computing with it fails."""
    return field.type == "float" and (field.min is None or field.max is None)


def _is_arithmetic(expression: Expression) -> bool:
    match expression:
        case Arithmetic(left=left, right=right):
            return _is_arithmetic(left) and _is_arithmetic(right)
        case _:
            return isinstance(expression, FieldRef | Value)


def _divides(expression: Expression) -> bool:
    match expression:
        case Arithmetic(operator=operator, left=left, right=right):
            return operator == "/" or _divides(left) or _divides(right)
        case _:
            return False


def _spelled(entity: Entity, expression: Expression, column: Callable[[str], str], *, floats: bool) -> str:
    match expression:
        case FieldRef(path=path):
            if floats:
                return f"sa.cast({column(path)}, sa.Float)"
            whole = entity.fields_by_name[path].type in _WHOLE
            return f"wide({column(path)})" if whole else column(path)
        case Value(value=value):
            return _constant(Decimal(str(value)), floats=floats)
        case Arithmetic(operator=operator, left=left, right=right):
            sides = [_spelled(entity, side, column, floats=floats) for side in (left, right)]
            if operator == "/":
                return f"divide({', '.join(side[1:-1] if side.startswith('(') else side for side in sides)})"
            return f"({sides[0]} {operator} {sides[1]})"
        case _:
            raise ValueError(expression)


def _constant(number: Decimal, *, floats: bool) -> str:
    if number == number.to_integral_value():
        return str(int(number))
    if floats:
        return repr(float(number))
    places = -int(number.as_tuple().exponent)
    return f"sa.literal({decimal(number)}, FixedDecimal({12 + places}, {places}))"
