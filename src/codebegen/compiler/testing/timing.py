"""Rules about time and room, as conditions that a row or what it points to must meet for everything to be possible."""

from codebegen.blueprint.expressions import Compare, Expression, FieldRef, Now, Value
from codebegen.blueprint.model import Entity
from codebegen.blueprint.rules import CapacityRule, NoOverlapRule, TimeLimitRule

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
