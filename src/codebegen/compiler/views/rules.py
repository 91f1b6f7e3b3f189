"""Rules of one entity as the service checks them: one method a rule, and when each is asked."""

from dataclasses import replace

from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.rules import (
    CapacityRule,
    CheckRule,
    NoOverlapRule,
    QuotaRule,
    RequiredIfRule,
    RequiresRule,
    Rule,
    TimeLimitRule,
)
from codebegen.compiler.views.count_rules import capacity, no_overlap, quota, requires
from codebegen.compiler.views.row_rules import condition, time_limit
from codebegen.compiler.views.rule import RuleView


def rules_of(blueprint: Blueprint, entity: Entity) -> tuple[RuleView, ...]:
    """Every rule that the compiler can spell."""
    views = (rule_of(blueprint, entity, rule) for rule in entity.rules)
    keys = {relation.name for relation in entity.relations}
    return tuple(
        replace(view, name=f"{view.name}_rule") if view.name in keys else view for view in views if view is not None
    )


def rule_of(blueprint: Blueprint, entity: Entity, rule: Rule) -> RuleView | None:
    """One rule, None where it can't be spelled."""
    match rule:
        case CheckRule() | RequiredIfRule():
            return condition(blueprint, entity, rule)
        case TimeLimitRule():
            return time_limit(blueprint, entity, rule)
        case CapacityRule():
            return capacity(blueprint, entity, rule)
        case NoOverlapRule():
            return no_overlap(blueprint, entity, rule)
        case QuotaRule():
            return quota(blueprint, entity, rule)
        case RequiresRule():
            return requires(blueprint, entity, rule)
        case _:
            return None
