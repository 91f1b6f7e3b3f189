"""Rules and unique combinations: names that exist."""

from collections.abc import Iterator

from codebegen.blueprint.expressions import Expression, references
from codebegen.blueprint.lookup import follow
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.rules import (
    CapacityRule,
    CheckRule,
    CustomRule,
    NoOverlapRule,
    QuotaRule,
    RequiredIfRule,
    RequiresRule,
    Rule,
    TimeLimitRule,
)
from codebegen.diagnostics import Diagnostic, error


def check_rules(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every path of every rule, and every unique combination."""
    for entity in blueprint.entities:
        place = f"entities.{entity.name}"
        for unique in entity.unique_together:
            for name in unique.fields:
                if name not in entity.fields_by_name and name not in entity.relations_by_name:
                    hint = "name fields or relations of the entity"
                    yield error("unknown-field", f"{place}.unique_together", f"there is no {name}", hint)
        names: set[str] = set()
        for rule in entity.rules:
            where = f"{place}.rules.{rule.name}"
            if rule.name in names:
                yield error("duplicate-name", where, "two rules have this name", "rename one")
            names.add(rule.name)
            for path in _paths(rule):
                if follow(blueprint, entity, path) is None:
                    yield error("unknown-path", where, f"{path} leads nowhere", "name fields and relations that exist")
            yield from _targets(blueprint, entity, rule, where)


def _paths(rule: Rule) -> tuple[str, ...]:
    """Every path of a rule that starts at its own entity."""
    match rule:
        case CheckRule(condition=condition):
            return references(condition)
        case RequiredIfRule(field=field, condition=condition):
            return (field, *references(condition))
        case CapacityRule(relation=relation, condition=condition):
            return (relation, *_optional(condition))
        case NoOverlapRule(scope=scope, start=start, end=end, condition=condition):
            return (*scope, start, *((end,) if end else ()), *_optional(condition))
        case QuotaRule(scope=scope):
            return scope
        case TimeLimitRule(field=field):
            return (field,)
        case RequiresRule(match=pairs):
            return tuple(right.removeprefix("this.") for _, right in pairs if right != "caller")
        case CustomRule():
            return ()


def _optional(condition: Expression | None) -> tuple[str, ...]:
    return references(condition) if condition is not None else ()


def _unless_found(blueprint: Blueprint, entity: Entity, path: str, place: str) -> Iterator[Diagnostic]:
    if follow(blueprint, entity, path) is None:
        yield error("unknown-field", place, f"{path} leads nowhere", "add the field, or use a number")


def _targets(blueprint: Blueprint, entity: Entity, rule: Rule, place: str) -> Iterator[Diagnostic]:
    """What a rule says of other entities."""
    if isinstance(rule, CapacityRule) and isinstance(rule.limit, str):
        path = f"{rule.relation}.{rule.limit}"
        yield from _unless_found(blueprint, entity, path, place)
    if isinstance(rule, RequiresRule):
        other = blueprint.entities_by_name.get(rule.entity)
        if other is None:
            yield error("unknown-entity", place, f"there is no entity {rule.entity}", "name one that exists")
            return
        for left, _ in rule.match:
            if follow(blueprint, other, left) is None:
                yield error("unknown-path", place, f"{rule.entity} has no {left}", "name its fields and relations")
    if isinstance(rule, NoOverlapRule) and (rule.end is None) == (rule.minutes is None):
        yield error("overlap-end", place, "an interval needs an end or a length", "set either `end` or `minutes`")
