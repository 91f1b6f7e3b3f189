"""Tenants: who shares what, where the text says that some see only their own organization's data."""

from collections.abc import Iterator

from codebegen import naming
from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Blueprint, Entity, Tenancy, UniqueTogether
from codebegen.blueprint.node import Provenance, inferred
from codebegen.blueprint.passes.edit import assume, changed, each_entity
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.tenancy import OWNER, ROLE, USER, roles_of, tenant_key

_TENANTS = ("Tenant", "Organization", "Organisation", "Workspace", "Company", "Team", "Agency", "Firm", "Business")
_MEMBERSHIPS = ("Membership", "Member", "TeamMember", "Seat")


def separate_tenants(blueprint: Blueprint) -> Blueprint:
    """The tenant, its membership, and for every other entity the way to the tenant that its rows belong to."""
    if blueprint.tenancy is None and not blueprint.has("multi_tenant"):
        return blueprint
    blueprint = _with_membership(_with_tenant(blueprint))
    blueprint = each_entity(blueprint, lambda entity: _without_shortcuts(blueprint, entity))
    return _scoped(_as_things(blueprint))


def _with_tenant(blueprint: Blueprint) -> Blueprint:
    """A tenancy, and the entity that it names."""
    tenancy = blueprint.tenancy
    if tenancy is None:
        names = blueprint.entities_by_name
        tenant = next((name for name in _TENANTS if name in names), "Organization")
        own = (f"{tenant}Member", f"{tenant}Membership", *_MEMBERSHIPS)
        membership = next((name for name in own if name in names), "Membership")
        tenancy = Tenancy(tenant=tenant, membership=membership, provenance=_why(blueprint))
        blueprint = changed(blueprint, tenancy=tenancy)
    if tenancy.tenant not in blueprint.entities_by_name:
        reason = inferred("somebody has to share what others must not see")
        name = Field(name="name", required=False, provenance=reason)
        tenant_entity = Entity(name=tenancy.tenant, id_type=blueprint.id_type, fields=(name,), provenance=reason)
        blueprint = changed(blueprint, entities=(tenant_entity, *blueprint.entities))
        blueprint = assume(blueprint, f"entities.{tenancy.tenant}", f"tenants are called {tenancy.tenant.lower()}")
    return each_entity(blueprint, lambda e: changed(e, kind="normal") if e.name == tenancy.tenant else e)


def _why(blueprint: Blueprint) -> Provenance:
    feature = next((f for f in blueprint.features if f.key == "multi_tenant"), None)
    return feature.provenance if feature is not None else inferred("the description speaks of tenants")


def _with_membership(blueprint: Blueprint) -> Blueprint:
    assert blueprint.tenancy is not None  # noqa: S101 - `_with_tenant` was first
    name = blueprint.tenancy.membership
    if name not in blueprint.entities_by_name:
        reason = inferred("an account belongs to a tenant by a membership")
        made = Entity(name=name, id_type=blueprint.id_type, provenance=reason)
        blueprint = changed(blueprint, entities=(*blueprint.entities, made))
    return each_entity(blueprint, lambda e: _membership(blueprint, e) if e.name == name else e)


def _membership(blueprint: Blueprint, entity: Entity) -> Entity:
    """An account in a tenant, once, in one role; whatever else it holds is left open."""
    key = tenant_key(blueprint, entity)
    name = key.name if key is not None else _free_name(blueprint, entity)
    tenant = blueprint.tenancy.tenant if blueprint.tenancy else ""
    account = entity.relations_by_name.get(USER)
    keys = (
        _joined(key, name, tenant),
        _joined(account, USER, "User"),
    )
    others = [changed(r, required=False) for r in entity.relations if r.name not in (USER, name)]
    fields = [changed(f, required=False) for f in entity.fields if f.name not in (ROLE, "email", "password")]
    together = UniqueTogether(fields=(USER, name), provenance=entity.provenance)
    unique = [one for one in entity.unique_together if set(one.fields) != {USER, name}]
    return changed(
        entity,
        kind="association",
        owner=None,
        soft_delete=False,
        tenant=name,
        fields=(_role(entity), *fields),
        relations=(*keys, *others),
        unique_together=(together, *unique),
    )


def _joined(said: Relation | None, name: str, target: str) -> Relation:
    """A key of the membership: required, and once and for all."""
    base = said or Relation(name=name, kind="many_to_one", target=target)
    origin = base.provenance if base.origin == "stated" else Provenance()
    return changed(
        base, kind="many_to_one", required=True, immutable=True, on_delete="cascade", provenance=origin, read_only=False
    )


def _role(entity: Entity) -> Field:
    said = entity.fields_by_name.get(ROLE)
    values = roles_of(entity)
    values = values if OWNER in values else (OWNER, *values)
    default = said.default if said is not None and said.default in values else None
    least = default or ("member" if "member" in values else values[-1])
    base = said or Field(name=ROLE, provenance=inferred("what somebody is in the tenant"))
    return changed(base, type="enum", values=values, default=least, required=False, unique=False, immutable=False)


def _free_name(blueprint: Blueprint, entity: Entity) -> str:
    """The name of a key to the tenant that says nothing else yet."""
    assert blueprint.tenancy is not None  # noqa: S101 - asked only where there are tenants
    name = naming.snake(blueprint.tenancy.tenant)
    taken = {*entity.fields_by_name, *entity.relations_by_name}
    return name if not taken & {name, f"{name}_id"} else f"owning_{name}"


def _without_shortcuts(blueprint: Blueprint, entity: Entity) -> Entity:
    """Without direct relations between accounts and tenants: memberships say who belongs where."""
    tenancy = blueprint.tenancy
    if tenancy is None:
        return entity
    gone = set()
    if entity.kind == "user":
        gone = {r.name for r in entity.relations if r.target in (tenancy.tenant, tenancy.membership)}
    elif entity.name == tenancy.tenant:
        many = [r for r in entity.relations if r.kind == "many_to_many"]
        gone = {r.name for r in many if r.target in ("User", tenancy.membership)}
    return changed(entity, relations=tuple(r for r in entity.relations if r.name not in gone)) if gone else entity


def _as_things(blueprint: Blueprint) -> Blueprint:
    """People inside a tenant who have nothing of their own are kept by its members, and have no account."""
    told = {name for entity in blueprint.entities for path in _account_paths(entity) for name in path.split(".")}
    acting = {r.target for entity in blueprint.entities for r in entity.relations if r.name in told}

    def thing(entity: Entity) -> Entity:
        keeps = entity.kind == "profile" and entity.name not in acting and not any(_account_paths(entity))
        return changed(entity, kind="normal") if keeps else entity

    return each_entity(blueprint, thing)


def _account_paths(entity: Entity) -> Iterator[str]:
    """Paths to accounts that are said, by themselves or by a right."""
    if entity.owner:
        yield entity.owner
    yield from (grant.path for permission in entity.permissions for grant in permission.allow if grant.path)


def _scoped(blueprint: Blueprint) -> Blueprint:
    """Every entity with its way to the tenant: by the keys that it needs anyway, or by one of its own."""
    tenancy = blueprint.tenancy
    assert tenancy is not None  # noqa: S101 - `_with_tenant` was first
    shared = {tenancy.tenant, tenancy.membership, "User", *_needed(blueprint, tenancy.tenant)}
    inside = {e.name for e in blueprint.entities if e.kind != "user"} - shared

    def rooted(entity: Entity) -> Entity:
        leans = any(relation.target in inside - {entity.name} for relation in entity.relations if _leads(relation))
        alone = entity.name in inside and not entity.tenant and not leans and _path(blueprint, entity) is None
        return _with_key(blueprint, entity) if alone else entity

    blueprint = each_entity(blueprint, rooted)
    scoped = {
        e.name: changed(e, tenant=e.tenant or _path(blueprint, e)) for e in blueprint.entities if e.name in inside
    }
    blueprint = each_entity(blueprint, lambda e: _unique_inside(blueprint, scoped.get(e.name, e)))
    return each_entity(blueprint, lambda entity: _fixed(blueprint, entity))


def _needed(blueprint: Blueprint, name: str) -> set[str]:
    """What a tenant needs to exist first: that is shared by all."""
    found: set[str] = set()
    front = [name]
    while front:
        entity = blueprint.entities_by_name.get(front.pop())
        targets = {r.target for r in entity.relations if _leads(r)} if entity else set()
        front += targets - found
        found |= targets
    return found


def _leads(relation: Relation) -> bool:
    """Whether every row has this key."""
    return relation.kind != "many_to_many" and relation.required and relation.origin != "inferred"


def _path(blueprint: Blueprint, entity: Entity) -> str | None:
    """The shortest way to the tenant over keys that every row has."""
    assert blueprint.tenancy is not None  # noqa: S101 - asked only where there are tenants
    front: list[tuple[Entity, tuple[str, ...]]] = [(entity, ())]
    seen = {entity.name}
    while front:
        following: list[tuple[Entity, tuple[str, ...]]] = []
        for here, names in front:
            for relation in sorted(filter(_leads, here.relations), key=lambda r: r.target != "User"):
                target = blueprint.entities_by_name.get(relation.target)
                if target is None or target.kind == "user" or target.name in seen:
                    continue
                if target.name == blueprint.tenancy.tenant:
                    return ".".join((*names, relation.name))
                seen.add(target.name)
                following.append((target, (*names, relation.name)))
        front = following
    return None


def _with_key(blueprint: Blueprint, entity: Entity) -> Entity:
    """With a key to the tenant, the last of its relations."""
    tenancy = blueprint.tenancy
    assert tenancy is not None  # noqa: S101 - asked only where there are tenants
    said = tenant_key(blueprint, entity)
    name = said.name if said is not None else _free_name(blueprint, entity)
    base = said or Relation(name=name, kind="many_to_one", target=tenancy.tenant, on_delete="restrict")
    delete = "restrict" if base.on_delete == "set_null" else base.on_delete
    key = changed(base, required=True, on_delete=delete, provenance=Provenance())
    return changed(entity, relations=(*(r for r in entity.relations if r.name != name), key))


def _fixed(blueprint: Blueprint, entity: Entity) -> Entity:
    """A row stays in its tenant."""
    tenant = blueprint.tenancy.tenant if blueprint.tenancy else ""
    return changed(
        entity,
        relations=tuple(
            changed(r, immutable=True, required=True) if r.name == entity.tenant and r.target == tenant else r
            for r in entity.relations
        ),
    )


def _unique_inside(blueprint: Blueprint, entity: Entity) -> Entity:
    """What is unique is unique in its tenant, so that nobody learns from a conflict what others have."""
    tenant = blueprint.tenancy.tenant if blueprint.tenancy else ""
    key = entity.relations_by_name.get(entity.tenant or "")
    if key is None or key.target != tenant:
        return entity
    names = [field.name for field in entity.fields if field.unique]
    known = {frozenset(one.fields) for one in entity.unique_together}
    added = [
        UniqueTogether(fields=(name, key.name), provenance=entity.fields_by_name[name].provenance)
        for name in names
        if frozenset((name, key.name)) not in known
    ]
    fields = tuple(changed(field, unique=False) if field.unique else field for field in entity.fields)
    return changed(entity, fields=fields, unique_together=(*entity.unique_together, *added))
