"""What a step must not write to a row by the way: values that rules, counts or other rows depend on."""

from codebegen.blueprint.behaviour import Transition
from codebegen.blueprint.expressions import Expression, references
from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.rules import CapacityRule, CheckRule, NoOverlapRule, RequiredIfRule, Rule, TimeLimitRule
from codebegen.blueprint.tenancy import is_membership


def bound_by(blueprint: Blueprint, entity: Entity, field: Field) -> str | None:
    """Why a step may not write a field, in words; None where it may."""
    name = f"{entity.name}.{field.name}"
    together = any(field.name in unique.fields for unique in entity.unique_together)
    if field.unique or field.immutable or together or is_membership(blueprint, entity):
        return f"{name} is unique, fixed, or a right"
    for rule in entity.rules:
        if field.name in _asked(rule):
            return f"the rule {rule.name} asks for {name}"
    for tally in entity.tallies:
        if field.name in _paths(tally.amount, tally.condition):
            return f"{tally.name} counts by {name}"
    return None


def move_bound_by(blueprint: Blueprint, entity: Entity, move: Transition) -> str | None:
    """Why a step may not make a move, in words; None where it may."""
    operation = f"transition:{move.name}"
    limited = any(isinstance(rule, TimeLimitRule) and operation in rule.operations for rule in entity.rules)
    if move.guard is not None or move.steps or limited:
        return f"{move.name} has conditions or steps of its own"
    machines = [machine.field for machine in entity.state_machines if move in machine.transitions]
    written = (entity.fields_by_name.get(name) for name in (*machines, *(effect.field for effect in move.effects)))
    reasons = (bound_by(blueprint, entity, field) for field in written if field is not None)
    return next((reason for reason in reasons if reason is not None), None)


def _asked(rule: Rule) -> set[str]:
    """The fields of the row itself by which a rule judges it."""
    match rule:
        case CheckRule(condition=condition):
            return _paths(condition)
        case RequiredIfRule(condition=condition, field=name):
            return {name, *_paths(condition)}
        case CapacityRule(condition=limited):
            return _paths(limited)
        case NoOverlapRule(start=start, end=end, condition=limited):
            return {start, end or "", *_paths(limited)}
        case _:
            return set()


def _paths(*expressions: Expression | None) -> set[str]:
    return {path for one in expressions if one is not None for path in references(one)}
