"""What follows from tenancy: the roles inside a tenant, the keys of a membership, which rows belong to a tenant."""

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation

ROLE = "role"
"""The field of a membership that says what somebody is in the tenant."""
USER = "user"
"""The relation of a membership to the account."""
OWNER = "owner"
"""The role of whoever creates a tenant."""
ROLES = (OWNER, "admin", "member")
"""The roles inside a tenant where nothing is said."""

_MANAGING = frozenset({OWNER, "admin", "administrator"})
_READING = frozenset({"viewer", "guest", "reader", "read_only", "observer", "auditor"})


def tenant_of(blueprint: Blueprint) -> Entity | None:
    """The entity that keeps rows apart."""
    return blueprint.entities_by_name.get(blueprint.tenancy.tenant) if blueprint.tenancy else None


def membership_of(blueprint: Blueprint) -> Entity | None:
    """The entity that joins accounts to tenants."""
    return blueprint.entities_by_name.get(blueprint.tenancy.membership) if blueprint.tenancy else None


def is_tenant(blueprint: Blueprint, entity: Entity) -> bool:
    """Whether its rows are the tenants themselves."""
    return blueprint.tenancy is not None and entity.name == blueprint.tenancy.tenant


def is_membership(blueprint: Blueprint, entity: Entity) -> bool:
    """Whether its rows say who belongs to which tenant."""
    return blueprint.tenancy is not None and entity.name == blueprint.tenancy.membership


def is_kept_apart(blueprint: Blueprint, entity: Entity) -> bool:
    """Whether only members of a tenant reach a row."""
    return blueprint.tenancy is not None and (entity.tenant is not None or is_tenant(blueprint, entity))


def anchor_of(blueprint: Blueprint, entity: Entity) -> Relation | None:
    """The key that says which tenant a row belongs to, directly or through what it points to."""
    if blueprint.tenancy is None or entity.tenant is None:
        return None
    return entity.relations_by_name.get(entity.tenant.partition(".")[0])


def tenant_key(blueprint: Blueprint, entity: Entity) -> Relation | None:
    """The key of an entity that points to the tenant itself, if it has one."""
    tenant = blueprint.tenancy.tenant if blueprint.tenancy else ""
    keys = [r for r in entity.relations if r.target == tenant and r.kind != "many_to_many"]
    named = [r for r in keys if r.name == naming.snake(tenant)]
    return next(iter(named + keys), None)


def roles_of(membership: Entity) -> tuple[str, ...]:
    """What somebody can be in a tenant."""
    role = membership.fields_by_name.get(ROLE)
    return role.values if role is not None and role.values else ROLES


def managing(roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles that manage a tenant and its members; they may do what any role there may."""
    return tuple(role for role in roles if role in _MANAGING)


def writing(roles: tuple[str, ...]) -> tuple[str, ...]:
    """The roles that may change things where nothing is said; all of them are given as none."""
    kept = tuple(role for role in roles if role not in _READING)
    return () if kept == roles else kept
