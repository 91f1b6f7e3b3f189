"""Numbers that are changed in the database itself, within their bounds."""

from dataclasses import dataclass, replace
from decimal import Decimal

from codebegen import naming
from codebegen.blueprint.expressions import Arithmetic, Expression, Value, references
from codebegen.blueprint.fields import LARGEST, Field
from codebegen.blueprint.model import Entity
from codebegen.compiler.expressions import Renderer, model_of
from codebegen.compiler.literals import decimal, prose, python
from codebegen.compiler.views.types import DIGITS

_INTEGER = 2**31 - 1


@dataclass(frozen=True, slots=True)
class CounterView:
    """A column of numbers, its bounds, and what is said where one would be passed."""

    constant: str
    column: str
    least: str
    most: str
    short: str
    full: str


@dataclass(frozen=True, slots=True)
class AdditionView:
    """So much more (or less) for the number of the row that a key points to, if it does (`optional`)."""

    counter: str
    key: str
    amount: str
    optional: bool = False


def counter_of(target: Entity, field: Field, message: str) -> CounterView:
    """The counter of a field; without a least value of its own it does not fall below 0."""
    words = " ".join(naming.words(field.name))
    least, most = bounds_of(field)
    return CounterView(
        constant=f"{naming.snake(target.name)}_{field.name}".upper(),
        column=f"{model_of(target)}.{naming.attribute(field.name)}",
        least=_number(field, Decimal(0) if field.min is None else least),
        most=_number(field, most),
        short=python(prose(message or f"There is not enough for this: {words}.")),
        full=python(f"This would be too much: {words}."),
    )


def bounds_of(field: Field) -> tuple[Decimal, Decimal]:
    """The least and the greatest value that a column of exact numbers holds."""
    unit = Decimal(1).scaleb(-(field.places or 0))
    largest = Decimal(10) ** (DIGITS - 2) - unit if field.places is not None else Decimal(_INTEGER)
    largest = Decimal(LARGEST) if field.is_big else largest
    least = -largest if field.min is None else Decimal(str(field.min)) + (unit if field.exclusive_min else 0)
    most = largest if field.max is None else Decimal(str(field.max)) - (unit if field.exclusive_max else 0)
    return least, most


def within(field: Field, value: str) -> str:
    """A computed value that is refused where the column could not hold it."""
    least, most = bounds_of(field)
    return f"within({value}, {_number(field, least)}, {_number(field, most)})"


def _number(field: Field, number: Decimal) -> str:
    return decimal(number) if field.places is not None else str(int(number))


def amount_of(renderer: Renderer, amount: Expression, entity: Entity) -> str:
    """An amount as Python; what is taken away stands with a minus before it, and what is not there is nothing."""
    fields = (entity.fields_by_name.get(path) for path in references(amount))
    if any(field is not None and field.nullable for field in fields):
        plain = renderer.field
        renderer = replace(renderer, field=lambda path: f"({plain(path)} or 0)")
    match amount:
        case Arithmetic(operator="*", left=inner, right=Value(value=-1)):
            return f"-{renderer.render(inner)}"
        case _:
            text = renderer.render(amount)
            return text[1:-1] if isinstance(amount, Arithmetic) else text
