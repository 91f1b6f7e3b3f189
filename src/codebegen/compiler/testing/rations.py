"""Rations: how many rows an account may make in a while, so that tests which are about something else let time pass."""

from dataclasses import dataclass

from codebegen.blueprint.model import Entity
from codebegen.blueprint.rules import QuotaRule


@dataclass(frozen=True, slots=True)
class Ration:
    """After so many `rows` of a `table` tests let `minutes` pass; one more could be made at the same time."""

    table: str
    rows: int
    minutes: int


def ration_of(entity: Entity) -> Ration | None:
    """The strictest quota over time of an entity, if it has one."""
    quotas = [(rule.limit, rule.minutes) for rule in entity.rules if isinstance(rule, QuotaRule) and rule.minutes]
    if not quotas or entity.owner is None:
        return None
    limit = min(limit for limit, _ in quotas)
    return Ration(entity.plural[:63], max(1, limit - 1), max(minutes or 0 for _, minutes in quotas) + 1)
