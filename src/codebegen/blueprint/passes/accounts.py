"""Accounts: whether people log in, the one `User`, and the roles an account can have."""

from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import BUILT_IN_ROLES, Blueprint, Entity, Feature, Role
from codebegen.blueprint.node import inferred
from codebegen.blueprint.passes.edit import assume, changed, each_entity
from codebegen.features import catalogue


def absorb_account_fields(blueprint: Blueprint) -> Blueprint:
    """A stated role list of User becomes the roles; its first value that is not `admin` is the default."""
    user = _user(blueprint)
    role = user.fields_by_name.get("role") if user else None
    if role is None or not role.values:
        return blueprint
    known = {r.name for r in blueprint.roles}
    added = [Role(name=v, provenance=role.provenance) for v in role.values if v.isidentifier() and v not in known]
    default = role.default if role.default in role.values else next((v for v in role.values if v != "admin"), "user")
    return changed(blueprint, roles=(*blueprint.roles, *added), default_role=str(default))


def add_accounts(blueprint: Blueprint) -> Blueprint:
    """`User` and the feature `auth` where login, roles, ownership or tenancy are implied; else all is public."""
    reason = _why_accounts(blueprint)
    if reason is None:
        people = each_entity(blueprint, lambda e: changed(e, kind="normal") if e.kind == "profile" else e)
        return assume(people, "features", "no login, roles or ownership are mentioned: everything is public")
    if not blueprint.has("auth"):
        feature = Feature(key="auth", provenance=inferred(reason))
        blueprint = changed(blueprint, features=(*blueprint.features, feature))
    user = _user(blueprint)
    if user is None:
        user = Entity(name="User", kind="user", id_type=blueprint.id_type, provenance=inferred(reason))
        return changed(blueprint, entities=(*blueprint.entities, user))  # what was told comes first
    return each_entity(blueprint, lambda e: _as_account(e) if e.name == "User" else e)


def _as_account(user: Entity) -> Entity:
    """Account fields have the types that accounts need, whatever the text called them."""
    types = {"email": "email", "password": "password", "is_active": "boolean"}
    fields = tuple(_typed(field, types) for field in user.fields)
    return changed(user, kind="user", fields=fields)


def _typed(field: Field, types: dict[str, str]) -> Field:
    if field.name == "email":
        return changed(field, type="email", unique=True)
    if field.name in types:
        return changed(field, type=types[field.name], write_only=field.name == "password")
    return field


def _user(blueprint: Blueprint) -> Entity | None:
    return blueprint.entities_by_name.get("User")


def _why_accounts(blueprint: Blueprint) -> str | None:
    """The first thing in the blueprint that needs to know who is calling."""
    wanted = next((f.key for f in blueprint.features if f.key == "auth" or "auth" in catalogue()[f.key].needs), None)
    if wanted is not None:
        return f"the description asks for {'accounts' if wanted == 'auth' else catalogue()[wanted].title.lower()}"
    if blueprint.tenancy is not None or blueprint.has("multi_tenant"):
        return "tenants have members"
    if any(role.name not in BUILT_IN_ROLES or role.origin == "stated" for role in blueprint.roles):
        return "the description names roles"
    for entity in blueprint.entities:
        if entity.kind == "user" or any(relation.target == "User" for relation in entity.relations):
            return "the description names users"
        if entity.owner or entity.tenant:
            return f"{entity.name} belongs to people"
        if entity.notices:
            return f"people are told about {entity.plural or entity.name}"
        if any(action.kind == "toggle" for action in entity.actions):
            return f"people mark {entity.plural or entity.name}"
        if any(grant.kind != "public" for permission in entity.permissions for grant in permission.allow):
            return f"not everybody may do everything with {entity.name}"
    return None
