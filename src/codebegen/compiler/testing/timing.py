"""Rules about time and room, as conditions that a row or what it points to must meet for everything to be possible."""

from decimal import Decimal

from codebegen.blueprint.expressions import Arithmetic, Compare, Expression, FieldRef, Now, Value
from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Entity
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.rules import CapacityRule, NoOverlapRule, TimeLimitRule
from codebegen.blueprint.steps import AdjustStep

DAY = 1440
ROOM = 10
"""How many rows a test may put where room is limited, if the limit is a field of what they point to."""


def possible(rule: TimeLimitRule) -> Expression:
    """The condition under which the operations of a time limit are possible."""
    operator = ">" if rule.side == "before" else "<="
    return Compare(operator=operator, left=FieldRef(path=rule.field), right=Now(minutes=-rule.minutes))


def time_laws(entity: Entity) -> list[Expression]:
    """What makes every limited operation possible."""
    return [possible(rule) for rule in entity.rules if isinstance(rule, TimeLimitRule)]


def asked_of(entity: Entity, relation: str) -> list[Expression]:
    """What the rules of an entity ask of the row behind one of its keys, as conditions on that row."""
    asked: list[Expression] = []
    for rule in entity.rules:
        if isinstance(rule, TimeLimitRule) and rule.field.startswith(f"{relation}."):
            field = rule.field.removeprefix(f"{relation}.")
            if "." not in field:
                asked.append(possible(rule.model_copy(update={"field": field})))
        if isinstance(rule, CapacityRule) and rule.relation == relation and isinstance(rule.limit, str):
            asked.append(Compare(operator=">=", left=FieldRef(path=rule.limit), right=Value(value=ROOM)))
    return asked


def room_of(entity: Entity, relation: Relation, target: Entity) -> list[Expression]:
    """What lets rows and their moves add to the number of the row behind a key.

    It is as far as can be from where it moves to; half of that way where it moves both ways.
    """
    added: dict[str, list[bool]] = {}
    moves = [move for machine in entity.state_machines for move in machine.transitions]
    steps = [step for move in moves for step in move.steps if isinstance(step, AdjustStep)]
    sums = [(one.relation, one.field, one.amount) for one in entity.tallies]
    for key, name, amount in (*sums, *((one.relation, one.field, one.amount) for one in steps)):
        if key == relation.name:
            added.setdefault(name, []).append(takes(amount))
    found: list[Expression] = []
    for name, taken in added.items():
        number = target.fields_by_name.get(name)
        if number is not None:
            least, most = bounds(number)
            edge = most if all(taken) else least if not any(taken) else (least + most) // 2
            spelled = f"{edge:.{number.places}f}" if number.places is not None else int(edge)
            found.append(Compare(operator="==", left=FieldRef(path=name), right=Value(value=spelled)))
    return found


def takes(amount: Expression) -> bool:
    """Whether an amount is one that is taken away, as far as can be told from how it is written."""
    match amount:
        case Value(value=constant):
            return float(str(constant)) < 0
        case Arithmetic(operator="*", right=Value(value=factor)):
            return float(str(factor)) < 0
        case _:
            return False


def bounds(number: Field) -> tuple[Decimal, Decimal]:
    """The least and the greatest value that a number is given in tests; 0 is the least where nothing is said."""
    unit = Decimal(1).scaleb(-(number.places or 0))
    least = Decimal(0) if number.min is None else Decimal(str(number.min)) + (unit if number.exclusive_min else 0)
    largest = Decimal(10) ** 10 - unit if number.places is not None else Decimal(2**31 - 1)
    most = largest if number.max is None else Decimal(str(number.max)) - (unit if number.exclusive_max else 0)
    return least, most


def slots(entity: Entity) -> dict[str, int]:
    """Moments that no two rows share, because rows must not overlap: how far each is into the slot of its row."""
    found: dict[str, int] = {}
    for rule in entity.rules:
        if isinstance(rule, NoOverlapRule):
            kinds = {name: entity.fields_by_name[name].type for name in (rule.start, rule.end) if name}
            if set(kinds.values()) <= {"datetime"} or set(kinds.values()) <= {"date"}:
                found[rule.start] = 0
                if rule.end is not None:
                    found[rule.end] = 60 if "datetime" in kinds.values() else DAY
    return found


def slot_length(entity: Entity) -> int:
    """Minutes from one slot to the next."""
    longest = [rule.minutes or 0 for rule in entity.rules if isinstance(rule, NoOverlapRule)]
    return max(3 * DAY, *(2 * minutes for minutes in longest), 3 * DAY)
