"""The HTTP operations that a blueprint promises, by the contract that every generated project keeps."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from codebegen import naming
from codebegen.blueprint.histories import SEGMENT
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.features import EndpointSpec, FeatureSpec

PREFIX = "/api/v1"

Access = Literal["public", "protected"]

_ACCOUNTS: tuple[tuple[str, str, Access], ...] = (
    ("POST", "/auth/register", "public"),
    ("POST", "/auth/login", "public"),
    ("POST", "/auth/refresh", "public"),
    ("POST", "/auth/logout", "protected"),
    ("GET", "/users/me", "protected"),
    ("PATCH", "/users/me", "protected"),
    ("GET", "/users", "protected"),
    ("GET", "/users/{id}", "protected"),
    ("PATCH", "/users/{id}", "protected"),
)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation: `method` in capitals, `path` with `{id}` where an item is named.

    `entity` and `operation` (as in permissions) say whose rows it is about; both are empty for accounts and health, and
    for what comes with a `feature`.
    `public` is reachable without an account, if only for some rows.
    """

    method: str
    path: str
    access: Access
    entity: str = ""
    operation: str = ""
    feature: str = ""


def endpoints(blueprint: Blueprint, features: Iterable[FeatureSpec] = ()) -> tuple[Endpoint, ...]:
    """Every operation, in the order of the API: health, accounts, entity by entity, features that were added."""
    found = [Endpoint("GET", "/health", "public")]
    if blueprint.has_accounts:
        found += [Endpoint(method, PREFIX + path, access) for method, path, access in _ACCOUNTS]
    for entity in blueprint.entities:
        if entity.kind != "user":
            found += _of_entity(blueprint, entity)
        else:
            found += _of_actions(blueprint, entity)
    found += [endpoint for feature in features for endpoint, _, _ in of_feature(blueprint, feature)]
    return tuple(found)


def of_feature(blueprint: Blueprint, feature: FeatureSpec) -> Iterator[tuple[Endpoint, EndpointSpec, Entity | None]]:
    """What comes with a feature; an operation that is there for each entity comes with that entity."""
    for spec in feature.endpoints:
        if spec.like is None:
            access = spec.access if blueprint.has_accounts else "public"
            yield Endpoint(spec.method, PREFIX + spec.path, access, feature=feature.key), spec, None
            continue
        for entity in blueprint.entities:
            if entity.kind != "user":
                path = PREFIX + spec.path.replace("{collection}", entity.path)
                access = _access(blueprint, entity, spec.like)
                yield Endpoint(spec.method, path, access, feature=feature.key), spec, entity


def _of_entity(blueprint: Blueprint, entity: Entity) -> Iterator[Endpoint]:
    yield from _pair(blueprint, entity, entity.path)
    item = f"{entity.path}/{{id}}"
    for method, operation in (("GET", "read"), ("PATCH", "update"), ("DELETE", "delete")):
        yield _one(blueprint, entity, method, item, operation)
    if entity.soft_delete:
        yield _one(blueprint, entity, "POST", f"{item}/restore", "delete")
    for machine in entity.state_machines:
        for move in machine.transitions:
            yield _one(blueprint, entity, "POST", f"{item}/{move.name}", f"transition:{move.name}")
    if entity.histories:
        yield _one(blueprint, entity, "GET", f"{item}/{SEGMENT}", "read")
    yield from _of_actions(blueprint, entity)
    yield from _below_parents(blueprint, entity)


def _of_actions(blueprint: Blueprint, entity: Entity) -> Iterator[Endpoint]:
    """What can be done to a row beyond changing it; accounts have these as well."""
    for action in entity.actions:
        if action.kind == "toggle":
            for method in ("PUT", "DELETE"):
                path = f"{entity.path}/{{id}}/{action.name}"
                yield _one(blueprint, entity, method, path, f"action:{action.name}")
    for compound in entity.compounds:
        yield _one(blueprint, entity, "POST", compound.path, f"action:{compound.name}")


def _below_parents(blueprint: Blueprint, entity: Entity) -> Iterator[Endpoint]:
    """`/posts/{id}/comments`: one level, for every key to another collection."""
    for relation in entity.relations:
        parent = blueprint.entities_by_name[relation.target]
        if relation.kind == "many_to_one" and parent.kind != "user" and not relation.read_only:
            segment = naming.kebab(relation.inverse or entity.plural)
            yield from _pair(blueprint, entity, f"{parent.path}/{{id}}/{segment}")


def _pair(blueprint: Blueprint, entity: Entity, path: str) -> Iterator[Endpoint]:
    yield _one(blueprint, entity, "GET", path, "list")
    yield _one(blueprint, entity, "POST", path, "create")


def _one(blueprint: Blueprint, entity: Entity, method: str, path: str, operation: str) -> Endpoint:
    return Endpoint(method, PREFIX + path, _access(blueprint, entity, operation), entity.name, operation)


def _access(blueprint: Blueprint, entity: Entity, operation: str) -> Access:
    if not blueprint.has_accounts:
        return "public"
    permission = entity.permission(operation)
    open_to_all = permission is not None and any(grant.kind == "public" for grant in permission.allow)
    return "public" if open_to_all else "protected"
