"""Following paths of relations through a blueprint."""

from collections.abc import Iterator
from dataclasses import dataclass

from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation

ROW_FIELDS = {
    "id": Field(name="id", type="integer"),
    "created_at": Field(name="created_at", type="datetime"),
    "updated_at": Field(name="updated_at", type="datetime"),
}
"""Fields every row has without anybody stating them."""
DELETED_AT = Field(name="deleted_at", type="datetime", required=False)
"""What rows that are only hidden have besides."""


ACCOUNT_FIELDS = frozenset({"email", "password", "role", "is_active"})
"""What every account has; a description that states them describes the account, not further columns."""


def is_account_field(entity: Entity, field: Field) -> bool:
    """Whether a field is one that every account has already."""
    return entity.kind == "user" and field.name in ACCOUNT_FIELDS


@dataclass(frozen=True, slots=True)
class Target:
    """Where a path ends: the keys walked, the last entity, and the field if the path ends in one."""

    relations: tuple[Relation, ...]
    entity: Entity
    field: Field | None


def follow(blueprint: Blueprint, entity: Entity, path: str) -> Target | None:
    """Walk `path` from `entity` over keys (never many-to-many); None where a step does not exist."""
    walked: list[Relation] = []
    names = path.split(".")
    for place, name in enumerate(names):
        relation = entity.relations_by_name.get(name)
        if relation is not None and relation.kind != "many_to_many":
            target = blueprint.entities_by_name.get(relation.target)
            if target is None:
                return None
            walked.append(relation)
            entity = target
            continue
        field = entity.fields_by_name.get(name) or ROW_FIELDS.get(name) or _hidden(entity, name)
        if field is None or place != len(names) - 1:
            return None
        return Target(tuple(walked), entity, field)
    return Target(tuple(walked), entity, None)


def _hidden(entity: Entity, name: str) -> Field | None:
    """When a row was hidden, where rows are."""
    return DELETED_AT if entity.soft_delete and name == DELETED_AT.name else None


def user_paths(blueprint: Blueprint, entity: Entity, depth: int = 3) -> Iterator[str]:
    """Paths over keys from `entity` to the account, shortest first, never through the same entity twice."""
    frontier: list[tuple[Entity, tuple[str, ...], frozenset[str]]] = [(entity, (), frozenset({entity.name}))]
    for _ in range(depth):
        following: list[tuple[Entity, tuple[str, ...], frozenset[str]]] = []
        for here, names, seen in frontier:
            for relation in here.relations:
                target = blueprint.entities_by_name.get(relation.target)
                if relation.kind == "many_to_many" or target is None:
                    continue
                if target.kind == "user":
                    yield ".".join((*names, relation.name))
                elif target.name not in seen:
                    following.append((target, (*names, relation.name), seen | {target.name}))
        frontier = following
