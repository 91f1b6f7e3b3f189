"""Numbers that rows change of each other: how much there is so that it is just enough."""

from dataclasses import dataclass
from decimal import Decimal

from codebegen.blueprint.fields import Field
from codebegen.compiler.testing.values import Value

LARGE = 1000


@dataclass(frozen=True, slots=True)
class Room:
    """Values of a number: just enough for one change, what is left then, too little for one, and enough for two."""

    enough: Value
    after: Value
    scant: Value
    twice: Value


def room_for(number: Field, amount: Decimal, earlier: Decimal | int = 0) -> Room | None:
    """The room for an amount; where nothing bounds it, `scant` and `twice` are None. None where no row fits.

    Where something was added `earlier`, there is just enough for that, if there is for the amount.
    """
    if earlier:
        room = room_for(number, Decimal(earlier))
        before = Decimal(str(room.after)) if room is not None else None
        if room is None or before is None or not _holds(number, before + amount):
            return None
        return Room(room.enough, _json(number, before + amount), None, None)
    edge = _edge(number, amount)
    enough = edge - amount if edge is not None else Decimal(LARGE)
    if not amount or not _holds(number, enough):
        return None
    unit = Decimal(1).scaleb(-(number.places or 0)) * (-1 if amount < 0 else 1)
    scant, twice = (enough + unit, enough - amount) if edge is not None else (None, None)
    return Room(
        enough=_json(number, enough),
        after=_json(number, enough + amount),
        scant=_json(number, scant) if scant is not None and _holds(number, scant) else None,
        twice=_json(number, twice) if twice is not None and _holds(number, twice) else None,
    )


def _edge(number: Field, amount: Decimal) -> Decimal | None:
    """The bound towards which a number moves."""
    bound = number.max if amount > 0 else 0 if number.min is None else number.min
    exclusive = number.exclusive_max if amount > 0 else number.exclusive_min and number.min is not None
    if bound is None:
        return None
    unit = Decimal(1).scaleb(-(number.places or 0))
    return Decimal(str(bound)) + ((-unit if amount > 0 else unit) if exclusive else 0)


def _holds(number: Field, value: Decimal) -> bool:
    """Whether a row can be made with a value."""
    low = number.min is None or value >= Decimal(str(number.min)) + (1 if number.exclusive_min else 0)
    return low and (number.max is None or value <= Decimal(str(number.max)) - (1 if number.exclusive_max else 0))


def _json(number: Field, value: Decimal) -> Value:
    """A number as JSON shows it: a text of fixed scale where it is exact."""
    return f"{value:.{number.places}f}" if number.places is not None else int(value)
