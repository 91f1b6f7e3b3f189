"""Parts of a blueprint in plain words: who may do something, what a rule demands, what an expression says."""

from typing import assert_never

from codebegen.blueprint import Entity, Expression, Grant, Permission, Rule
from codebegen.blueprint.behaviour import Action, Computed, Tally
from codebegen.blueprint.expressions import All, AnyOf, Arithmetic, Caller, Compare, FieldRef, IsNull, Not, Now, Value
from codebegen.blueprint.notices import SELF, Notice
from codebegen.blueprint.rules import (
    CapacityRule,
    CheckRule,
    CustomRule,
    NoOverlapRule,
    QuotaRule,
    RequiredIfRule,
    RequiresRule,
    TimeLimitRule,
)
from codebegen.blueprint.steps import (
    AdjustStep,
    CreateStep,
    ForEachStep,
    MoveStep,
    RequireStep,
    SetStep,
    Step,
)

_UNITS = (("day", 1440), ("hour", 60))
_COMPARE = {"==": "is", "!=": "is not", "<": "<", "<=": "≤", ">": ">", ">=": "≥"}


def callers(permission: Permission | None, *, accounts: bool) -> str:
    """Who may do it; the administrator, who always may, is named only where nobody else may."""
    if not accounts:
        return "anyone"
    if permission is None or not permission.allow:
        return "administrator"
    return ", ".join(dict.fromkeys(grant(one) for one in permission.allow))


def happening(entity: Entity, notice: Notice) -> str:
    """What somebody is told of."""
    if notice.event == "due":
        return f"{notice.hours} hours before `{entity.name}.{notice.field}`"
    if notice.event == "becomes":
        return f"`{entity.name}.{notice.field}` becomes {expression(Value(value=notice.value))}"
    return (
        f"{entity.name}: `{notice.field}` is assigned"
        if notice.event == "assigned"
        else f"{entity.name} {notice.event}"
    )


def recipient(notice: Notice) -> str:
    """Who is told."""
    return f"every `{notice.role}`" if notice.role else "the account" if notice.to == SELF else f"`{notice.to}`"


def grant(one: Grant) -> str:
    """One group of callers."""
    narrowed = f" where {expression(one.when)}" if one.when else ""
    return _group(one) + narrowed


def _group(one: Grant) -> str:
    match one.kind:
        case "public":
            return "anyone"
        case "authenticated":
            return "any account"
        case "owner":
            return f"owner (`{one.path}`)" if one.path else "owner"
        case "role":
            return f"`{one.role}`"
        case "member":
            return f"member ({', '.join(one.roles)})" if one.roles else "member"
        case _:
            assert_never(one.kind)


def expression(tree: Expression) -> str:
    """An expression as people write it."""
    match tree:
        case Value(value=value):
            return "nothing" if value is None else f"{value}"
        case FieldRef(path=path):
            return f"`{path}`"
        case Now(minutes=minutes):
            return f"now {minutes:+d} minutes" if minutes else "now"
        case Caller():
            return "the caller"
        case IsNull(of=field):
            return f"`{field.path}` is empty"
        case Not(of=part):
            return f"not ({expression(part)})"
        case _:
            return _joined(tree)


def _joined(tree: Compare | Arithmetic | All | AnyOf) -> str:
    match tree:
        case Compare(operator=operator, left=left, right=right):
            return f"{expression(left)} {_COMPARE[operator]} {expression(right)}"
        case Arithmetic(operator=operator, left=left, right=right):
            return f"({expression(left)} {operator} {expression(right)})"
        case All(of=parts):
            return " and ".join(map(expression, parts))
        case AnyOf(of=parts):
            return "(" + " or ".join(map(expression, parts)) + ")"
        case _:
            assert_never(tree)


def rule(entity: Entity, one: Rule) -> str:
    """What a rule demands, in a line."""
    match one:
        case CheckRule():
            return expression(one.condition)
        case RequiredIfRule():
            return f"`{one.field}` is required where {expression(one.condition)}"
        case CapacityRule():
            limit = one.limit if isinstance(one.limit, int) else f"`{one.limit}`"
            return f"at most {limit} {entity.plural} for one `{one.relation}`{_where(one.condition)}"
        case NoOverlapRule():
            end = f"`{one.end}`" if one.end else f"{_duration(one.minutes or 0)} later"
            scope = ", ".join(f"`{name}`" for name in one.scope)
            return f"no two with the same {scope} overlap from `{one.start}` to {end}{_where(one.condition)}"
        case QuotaRule():
            period = f" in {_duration(one.minutes)}" if one.minutes else ""
            return f"at most {one.limit} {entity.plural} per account{period}"
        case _:
            return _conduct(one)


def _conduct(one: TimeLimitRule | RequiresRule | CustomRule) -> str:
    match one:
        case TimeLimitRule():
            acts = ", ".join(name.rpartition(":")[2].replace("_", " ") for name in one.operations)
            return f"{acts} only {_side(one)}"
        case RequiresRule():
            return f"only with a matching {one.entity}"
        case CustomRule():
            return one.text
        case _:
            assert_never(one)


def _side(one: TimeLimitRule) -> str:
    """`until 1 day before `start``: up to which moment, or from which on."""
    if not one.minutes:
        return f"{one.side} `{one.field}`"
    bound = "until" if one.side == "before" else "from"
    return f"{bound} {_duration(abs(one.minutes))} {'before' if one.minutes < 0 else 'after'} `{one.field}`"


def _duration(minutes: int) -> str:
    """Minutes, in the largest unit that has no rest."""
    name, size = next((unit for unit in _UNITS if minutes % unit[1] == 0), ("minute", 1))
    return f"{minutes // size} {name}{'' if minutes == size else 's'}"


def computed(one: Computed) -> str:
    """What a value is made of."""
    if one.function == "expression" and one.expression is not None:
        return f"`{one.name}` is {expression(one.expression)}"
    of = expression(one.expression) if one.expression is not None else f"`{one.field}`" if one.field else ""
    source = f"{of} over all {one.entity}" if of else f"all {one.entity}"
    return f"`{one.name}` is the {one.function} of {source}{_where(one.condition)}"


def tally(one: Tally) -> str:
    """What a row adds, and to what."""
    return f"each adds {expression(one.amount)} to `{one.relation}.{one.field}`{_where(one.condition)}"


def action(one: Action) -> str:
    """What an act does."""
    match one.kind:
        case "toggle":
            return "on or off for each account"
        case "association":
            return f"leaves a row of {one.entity}"
        case "compound":
            return one.text or (f"makes a row of {one.makes}" if one.makes else "changes several rows at once")
        case "custom":
            return one.text
        case _:
            assert_never(one)


def step(one: Step) -> str:
    """What a step of a move does to other rows."""
    match one:
        case RequireStep():
            return f"only where {expression(one.condition)}"
        case AdjustStep():
            return f"adds {expression(one.amount)} to `{one.relation}.{one.field}`"
        case CreateStep():
            return f"makes a row of {one.entity}"
        case SetStep():
            return f"sets `{_behind(one.relation, one.field)}` to {expression(one.value)}"
        case MoveStep():
            return f"makes the move `{_behind(one.relation, one.transition)}`"
        case ForEachStep():
            inner = [step(part) for part in one.steps] + (["deletes it"] if one.clear else [])
            return f"for each {one.entity}: {', '.join(inner)}"
        case _:
            assert_never(one)


def _behind(relation: str | None, name: str) -> str:
    return f"{relation}.{name}" if relation else name


def _where(condition: Expression | None) -> str:
    return f", counting those where {expression(condition)}" if condition else ""
