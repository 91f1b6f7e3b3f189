"""Members: rights inside a tenant."""

from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.node import inferred
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.blueprint.permissions import Grant, Permission
from codebegen.blueprint.tenancy import (
    OWNER,
    USER,
    is_kept_apart,
    is_membership,
    is_tenant,
    managing,
    membership_of,
    roles_of,
    writing,
)

Usual = dict[str, tuple[tuple[Grant, ...], str]]
"""Operation → who may, and why."""

_READS = ("list", "read")
_MEMBER = Grant(kind="member")


def permit_members(blueprint: Blueprint) -> Blueprint:
    """What accounts may do, members may; who manages a tenant may do what any of its roles may."""
    membership = membership_of(blueprint)
    if membership is None:
        return blueprint
    roles = roles_of(membership)
    return each_entity(
        blueprint, lambda entity: _permitted(blueprint, entity, roles) if is_kept_apart(blueprint, entity) else entity
    )


def _permitted(blueprint: Blueprint, entity: Entity, roles: tuple[str, ...]) -> Entity:
    said = tuple(_narrowed(blueprint, entity, permission, roles) for permission in entity.permissions)
    entity = changed(entity, permissions=said)
    usual = _usual(blueprint, entity, roles)
    known = {permission.operation for permission in said}
    added = [
        Permission(operation=operation, allow=allow, provenance=inferred(reason))
        for operation, (allow, reason) in usual.items()
        if operation not in known
    ]
    return changed(entity, permissions=(*said, *added))


def _narrowed(blueprint: Blueprint, entity: Entity, permission: Permission, roles: tuple[str, ...]) -> Permission:
    if is_tenant(blueprint, entity) and permission.operation == "create":
        return permission
    # What anybody may read is shown in lists too, whichever of the two was told.
    reads = [p for p in entity.permissions if p.operation in _READS and p.origin == "stated"]
    told_public = [grant for p in reads for grant in p.allow if grant.kind == "public"]
    grants: dict[Grant, None] = {}
    for grant in permission.allow:
        public = permission.operation in _READS and grant in told_public
        if grant.kind == "authenticated" or (grant.kind == "public" and not public):
            grants[Grant(kind="member", when=grant.when)] = None
        elif grant.kind == "member" and grant.roles:
            grants[changed(grant, roles=_with_managers(grant.roles, roles))] = None
        else:
            grants[grant] = None
    return changed(permission, allow=tuple(grants))


def _with_managers(named: tuple[str, ...], roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles of a grant, and those above them: owners before administrators before all others."""
    ranks = sorted(managing(roles), key=lambda role: role != OWNER)
    lowest = max(ranks.index(role) if role in ranks else len(ranks) for role in named)
    known = tuple(role for role in roles if role in named or role in ranks[:lowest])
    return (*known, *(role for role in named if role not in roles))


def _usual(blueprint: Blueprint, entity: Entity, roles: tuple[str, ...]) -> Usual:
    """Rights where nothing is said."""
    managers = Grant(kind="member", roles=managing(roles))
    if is_tenant(blueprint, entity):
        owner = Grant(kind="member", roles=(OWNER,))
        found: Usual = {
            "create": ((Grant(kind="authenticated"),), "its creator becomes its owner"),
            "update": ((managers,), "whoever manages it may change it"),
            "delete": ((owner,), "its owners may delete it"),
        }
    elif is_membership(blueprint, entity):
        found = {
            "create": ((managers,), "whoever manages a tenant adds members"),
            "update": ((managers,), "whoever manages a tenant says who is what"),
            "delete": ((managers, Grant(kind="owner", path=USER)), "a member may leave, or be removed"),
        }
    else:
        found = _usual_writes(entity, managers, roles)
    return {**_usual_reads(entity), **found, **_usual_marks(entity)}


def _usual_reads(entity: Entity) -> Usual:
    twin = next((p for p in entity.permissions if p.operation in _READS), None)
    allow = twin.allow if twin else (_MEMBER,)
    return dict.fromkeys(_READS, (allow, "members see what belongs to their tenant"))


def _usual_writes(entity: Entity, managers: Grant, roles: tuple[str, ...]) -> Usual:
    """What the text says of making and changing holds for the other writes too; else all members who write may."""
    writers = (Grant(kind="member", roles=writing(roles)),)
    said = {p.operation: p.allow for p in entity.permissions}
    create = said.get("create") or _of_rows_to_be(said.get("update", ())) or writers
    if entity.owner is not None:
        change: tuple[Grant, ...] = (Grant(kind="owner"), managers)
    else:
        change = said.get("update") or said.get("create") or writers
    return {
        "create": (create, "members add to what they share"),
        "update": (change, "members change what they share"),
        "delete": (change, "whoever may change it may delete it"),
    }


def _of_rows_to_be(grants: tuple[Grant, ...]) -> tuple[Grant, ...]:
    """Grants that a new row can meet."""
    return tuple(grant for grant in grants if grant.when is None and grant.kind != "owner")


def _usual_marks(entity: Entity) -> Usual:
    marks = [action.name for action in entity.actions if action.kind == "toggle"]
    return {f"action:{name}": ((_MEMBER,), "any member") for name in marks}
