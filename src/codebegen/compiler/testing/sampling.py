"""The least body of a row, and what is known of it: its own values, and those of what it points to."""

from typing import TYPE_CHECKING

from codebegen.blueprint.expressions import Expression
from codebegen.blueprint.model import Entity
from codebegen.compiler.testing.conditions import Row
from codebegen.compiler.testing.keys import Key
from codebegen.compiler.testing.laws import lawful, sample
from codebegen.compiler.testing.values import Code, Value

if TYPE_CHECKING:
    from codebegen.compiler.testing.making import Plan, Reference


def asked(plan: "Plan", conditions: list[Expression]) -> Row:
    """What a row is given so that it meets conditions; nothing where that is not to be had."""
    return (lawful(plan.entity, plan.facts, {}, *conditions) or {}) if conditions else {}


def sampled(entity: Entity, keys: tuple[Key, ...], made: tuple["Reference", ...]) -> tuple[Row, Row]:
    """The body, and what is known of its row: values, whether keys are set, and what is known of what they point to."""
    filled = {reference.key.name for reference in made}
    behind: dict[str, Value] = {}
    for key in keys:
        is_set = key.name in filled or key.source in ("token", "person", "account")
        behind[key.relation.name] = Code("a key") if is_set else None
    for reference in made:
        if reference.plan is not None:
            known = {**reference.plan.facts, **reference.given}
            behind |= {f"{reference.key.relation.name}.{path}": value for path, value in known.items()}
    body, facts = sample(entity, behind)
    return body, {**facts, **behind}
