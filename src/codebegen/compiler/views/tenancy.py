"""What keeps tenants apart, as generated modules spell it: membership and belonging as conditions on rows."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.tenancy import (
    OWNER,
    ROLE,
    anchor_of,
    is_kept_apart,
    is_membership,
    is_tenant,
    membership_of,
    roles_of,
    tenant_key,
    tenant_of,
)
from codebegen.compiler.dialect import dialect_of
from codebegen.compiler.views.enums import enums_of
from codebegen.compiler.views.names import EntityNames, names_of


@dataclass(frozen=True, slots=True)
class TenancyView:
    """The tenant, who belongs to it, and how that is spelled."""

    tenant: EntityNames
    membership: EntityNames
    key: str
    role_class: str
    owner: str


def tenancy_view(blueprint: Blueprint) -> TenancyView | None:
    """The view, where there are tenants."""
    tenant, membership = tenant_of(blueprint), membership_of(blueprint)
    key = tenant_key(blueprint, membership) if membership is not None else None
    if tenant is None or membership is None or key is None:
        return None
    role = enums_of(blueprint, membership)[ROLE]
    return TenancyView(
        tenant=names_of(tenant),
        membership=names_of(membership),
        key=naming.attribute(key.key),
        role_class=f"models.{role.name}",
        owner=f"models.{role.member(OWNER)}",
    )


def in_tenant(blueprint: Blueprint, entity: Entity, roles: tuple[str, ...] = ()) -> str:
    """The condition that the caller is a member of the tenant of a row, with one of `roles` if there are any."""
    membership = membership_of(blueprint)
    assert membership is not None  # noqa: S101 - asked only where there are tenants
    enum = enums_of(blueprint, membership)[ROLE]
    named = () if set(roles) >= set(roles_of(membership)) else roles
    asked = ", ".join(["actor", *(f"models.{enum.member(role)}" for role in named)])
    return dialect_of(blueprint).inside(blueprint, entity, entity.tenant or "", f"tenancy.tenants_of({asked})")


def same_tenant(blueprint: Blueprint, entity: Entity, relation: Relation) -> str | None:
    """The condition that a row to refer to is of the same tenant as what the anchor of `entity` points to.

    It is spelled over the anchor's key; None where there is nothing to ask: for the tenant itself, and what is shared.
    """
    dialect = dialect_of(blueprint)
    anchor = anchor_of(blueprint, entity)
    target = blueprint.entities_by_name[relation.target]
    if anchor is None or is_tenant(blueprint, target) or (is_membership(blueprint, entity) and relation.name == "user"):
        return None
    above = blueprint.entities_by_name[anchor.target]
    here = naming.attribute(anchor.key)
    if above.tenant is not None:
        here = dialect.value_of(blueprint, above, here, above.tenant)
    if target.kind == "user":
        return dialect.inside(blueprint, target, "", f"tenancy.members_of({here})")
    if not is_kept_apart(blueprint, target) or target.tenant is None:
        return None
    return dialect.same(blueprint, target, target.tenant, here)
