"""Permissions: every operation of every entity gets one; what was stated is left as it is."""

from codebegen import naming
from codebegen.blueprint.model import BUILT_IN_ROLES, Blueprint, Entity
from codebegen.blueprint.node import inferred
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.blueprint.permissions import Grant, Permission

OPERATIONS = ("list", "read", "create", "update", "delete")
_WRITES = ("create", "update", "delete")

_PUBLIC = Grant(kind="public")
_AUTHENTICATED = Grant(kind="authenticated")
_OWNER = Grant(kind="owner")


def complete_permissions(blueprint: Blueprint) -> Blueprint:
    """Deny by default, then the rights of the contract where nothing is said."""
    return each_entity(blueprint, lambda entity: _with_permissions(blueprint, entity))


def _with_permissions(blueprint: Blueprint, entity: Entity) -> Entity:
    said = {permission.operation: permission for permission in entity.permissions}
    permissions = list(entity.permissions)
    for operation in (*OPERATIONS, *_further(entity)):
        if operation not in said:
            allow, reason = _default(blueprint, entity, operation, said)
            said[operation] = Permission(operation=operation, allow=allow, provenance=inferred(reason))
            permissions.append(said[operation])
    return changed(entity, permissions=tuple(permissions))


def _further(entity: Entity) -> list[str]:
    moves = {t.name: None for machine in entity.state_machines for t in machine.transitions}
    return [f"transition:{name}" for name in moves] + [f"action:{action.name}" for action in entity.acts]


def _default(
    blueprint: Blueprint, entity: Entity, operation: str, said: dict[str, Permission]
) -> tuple[tuple[Grant, ...], str]:
    if not blueprint.has_accounts:
        return (_PUBLIC,), "there are no accounts"
    if operation.startswith("transition:"):
        return said["update"].allow, "whoever may change it may move it"
    if operation.startswith("action:"):
        return _acting(entity, operation, said)
    if entity.kind == "user":
        return (), "accounts are the administrator's"
    if operation in ("list", "read"):
        return _reading(operation, said)
    return _writing(blueprint, entity, operation, said)


def _acting(entity: Entity, operation: str, said: dict[str, Permission]) -> tuple[tuple[Grant, ...], str]:
    """Everybody marks; what changes several rows starts from one that the caller may change."""
    compound = any(operation == f"action:{action.name}" for action in entity.compounds)
    if not compound or entity.kind == "user":
        return (_AUTHENTICATED,), "anybody with an account"
    return said["update"].allow, "whoever may change it may do this with it"


def _reading(operation: str, said: dict[str, Permission]) -> tuple[tuple[Grant, ...], str]:
    twin = said.get("read" if operation == "list" else "list")
    if twin is not None:
        return twin.allow, "lists show what may be read"
    return (_AUTHENTICATED,), "nothing is said about reading"


def _writing(
    blueprint: Blueprint, entity: Entity, operation: str, said: dict[str, Permission]
) -> tuple[tuple[Grant, ...], str]:
    if entity.owner is not None:
        parts = _owned_through_parent(blueprint, entity)
        if operation == "create" and not parts:
            return (_AUTHENTICATED,), "what you make is yours"
        return (_OWNER,), "it belongs to its owner"
    named = _named_roles(said, operation) or _acting_roles(blueprint, entity)
    if named:
        return named, "the roles that are named for it"
    if blueprint.tenancy is not None:
        return (), "all tenants share it: the administrator's"
    if any(role.name not in BUILT_IN_ROLES or role.origin == "stated" for role in blueprint.roles):
        return (), "roles are stated, none for this: the administrator's"
    return (_AUTHENTICATED,), "no roles are stated"


def _acting_roles(blueprint: Blueprint, entity: Entity) -> tuple[Grant, ...]:
    """Roles that the entity points to as persons: an inspection with a mechanic is the mechanics' work."""
    roles = [role.name for role in blueprint.roles if role.name not in BUILT_IN_ROLES]
    keys = {relation.name for relation in entity.relations} | {
        naming.snake(relation.target) for relation in entity.relations
    }
    return tuple(Grant(kind="role", role=role) for role in roles if role in keys)


def _owned_through_parent(blueprint: Blueprint, entity: Entity) -> bool:
    """Whether ownership comes from a row that must exist already, and not from the caller or their profile."""
    first = (entity.owner or "").split(".")[0]
    relation = entity.relations_by_name.get(first)
    target = blueprint.entities_by_name.get(relation.target) if relation else None
    return target is not None and target.kind not in ("user", "profile")


def _named_roles(said: dict[str, Permission], operation: str) -> tuple[Grant, ...]:
    """The roles (and persons) that stated permissions let write this entity; a new row meets no condition yet."""
    grants = [g for op in _WRITES if (p := said.get(op)) and p.origin == "stated" for g in p.allow]
    if operation == "create":
        grants = [grant for grant in grants if grant.when is None and grant.kind != "owner"]
    return tuple(grant for place, grant in enumerate(grants) if grant not in grants[:place])
