"""Rules: what must hold whatever the caller may do. An administrator obeys them too."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field as PydanticField

from codebegen.blueprint.expressions import Expression, mentions_caller
from codebegen.blueprint.node import Element, EntityName, Name, Path, Tagged
from codebegen.blueprint.permissions import Operation


class BaseRule(Element, Tagged):
    """`name` is unique in the entity; `message` is what a caller reads when the rule refuses."""

    name: Name
    message: str = ""


class CheckRule(BaseRule):
    """`condition` holds for every row: comparisons of fields, ranges that depend on others. Refused with 422."""

    kind: Literal["check"] = "check"
    condition: Expression


class RequiredIfRule(BaseRule):
    """`field` has a value whenever `condition` holds. Refused with 422."""

    kind: Literal["required_if"] = "required_if"
    field: Name
    condition: Expression


class CapacityRule(BaseRule):
    """At most `limit` rows point to one target of `relation`. Refused with 409.

    `limit` is a constant, or a field of the target (`capacity`). Only rows with `condition` count.
    """

    kind: Literal["capacity"] = "capacity"
    relation: Path
    limit: int | Name
    condition: Expression | None = None


class NoOverlapRule(BaseRule):
    """Rows with the same `scope` don't overlap from `start` to `end` (a field) or for `minutes`. Refused with 409."""

    kind: Literal["no_overlap"] = "no_overlap"
    scope: tuple[Name, ...]
    start: Name
    end: Name | None = None
    minutes: int | None = None
    condition: Expression | None = None


class QuotaRule(BaseRule):
    """One account makes at most `limit` rows per `minutes` (429 beyond), or ever where there are none (409)."""

    kind: Literal["quota"] = "quota"
    limit: int
    minutes: int | None = None
    scope: tuple[Name, ...] = ()


class TimeLimitRule(BaseRule):
    """`operations` are possible only before (or after) the moment at `field`, moved by `minutes`. Refused with 409.

    Within 15 minutes of creation: `field=created_at, minutes=15, side=before`; up to 24 hours before the start:
    `field=starts_at, minutes=-1440, side=before`. `exempt` roles may always.
    """

    kind: Literal["time_limit"] = "time_limit"
    operations: tuple[Operation, ...]
    field: Path
    side: Literal["before", "after"] = "before"
    minutes: int = 0
    exempt: tuple[Name, ...] = ()


class RequiresRule(BaseRule):
    """Creating a row requires that a row of `entity` exists whose paths `match` those of the new row (or `caller`).

    "Only customers who bought the product can review it": `entity=OrderItem`, with the same product and the caller's.
    Refused with 403.
    """

    kind: Literal["requires"] = "requires"
    entity: EntityName
    match: tuple[tuple[Path, Path | Literal["caller"]], ...]


class CustomRule(BaseRule):
    """A rule in words that has no form here yet; reported and listed in the ledger as not implemented."""

    kind: Literal["custom"] = "custom"
    text: str


Rule = Annotated[
    CheckRule | RequiredIfRule | CapacityRule | NoOverlapRule | QuotaRule | TimeLimitRule | RequiresRule | CustomRule,
    PydanticField(discriminator="kind"),
]


def settled_by(rules: Iterable[Rule]) -> frozenset[str]:
    """What never changes, since a new row was allowed because of it: the book of a review by somebody who bought it."""
    pairs = [pair for rule in rules if isinstance(rule, RequiresRule) for pair in rule.match]
    return frozenset(right.removeprefix("this.") for _, right in pairs if right != "caller")


def asks_caller(rule: Rule, operation: str) -> bool:
    """Whether a rule on an operation has to know who is calling."""
    match rule:
        case QuotaRule():
            return operation == "create"
        case RequiresRule(match=pairs):
            return operation == "create" and any(right == "caller" for _, right in pairs)
        case TimeLimitRule(operations=operations, exempt=exempt):
            return bool(exempt) and operation in operations
        case CheckRule(condition=condition) | RequiredIfRule(condition=condition):
            return operation in ("create", "update") and mentions_caller(condition)
        case CapacityRule(condition=limited) | NoOverlapRule(condition=limited):
            return operation != "delete" and limited is not None and mentions_caller(limited)
        case CustomRule():
            return False
