"""Owners, tenants and permissions: paths that lead to accounts, roles that exist."""

from collections.abc import Iterator

from codebegen.blueprint.checks.expressions import Place, check_condition
from codebegen.blueprint.lookup import follow
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.permissions import Grant, Permission
from codebegen.blueprint.rules import asks_caller
from codebegen.blueprint.tenancy import is_kept_apart, membership_of, roles_of
from codebegen.diagnostics import Diagnostic, error


def check_access(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every path and role that a right depends on."""
    tenancy = blueprint.tenancy
    if tenancy is not None and len({tenancy.tenant, tenancy.membership, "User"}) < 3:
        message = "the tenant, its membership and the account are three things"
        yield error("three-things", "tenancy", message, "name three different entities")
    for entity in blueprint.entities:
        place = f"entities.{entity.name}"
        if entity.owner is not None:
            yield from _to_account(blueprint, entity, entity.owner, f"{place}.owner")
        if entity.tenant is not None:
            yield from _to_tenant(blueprint, entity, entity.tenant, f"{place}.tenant")
        operations = set()
        for permission in entity.permissions:
            where = f"{place}.permissions.{permission.operation}"
            if permission.operation in operations:
                yield error("duplicate-name", where, "the operation has two permissions", "join them")
            operations.add(permission.operation)
            yield from _operation_exists(entity, permission, where)
            yield from _creating(blueprint, entity, permission, where)
            for grant in permission.allow:
                yield from _grant(blueprint, entity, grant, where)


def _to_account(blueprint: Blueprint, entity: Entity, path: str, place: str) -> Iterator[Diagnostic]:
    target = follow(blueprint, entity, path)
    if target is None or target.field is not None or target.entity.kind != "user":
        hint = "name the relations that lead to User, joined by dots: pet.owner.user"
        yield error("not-an-account", place, f"{path} does not lead to an account", hint)


def _to_tenant(blueprint: Blueprint, entity: Entity, path: str, place: str) -> Iterator[Diagnostic]:
    """A row has to belong to a tenant, and to one only."""
    tenant = blueprint.tenancy.tenant if blueprint.tenancy else None
    target = follow(blueprint, entity, path)
    if target is None:
        yield error("unknown-path", place, f"{path} leads nowhere", "name its relations")
    elif tenant is not None and (target.field is not None or target.entity.name != tenant):
        yield error("not-a-tenant", place, f"{path} does not lead to {tenant}", "name the relations that lead there")
    elif not all(relation.required for relation in target.relations):
        yield error("optional-tenant", place, f"{path} may be empty", "make every key on the way required")


def _member(blueprint: Blueprint, entity: Entity, grant: Grant, place: str) -> Iterator[Diagnostic]:
    membership = membership_of(blueprint)
    if membership is None or not is_kept_apart(blueprint, entity):
        yield error("no-tenant", place, f"{entity.name} belongs to no tenant", "set `tenant`")
        return
    for role in grant.roles:
        if role not in roles_of(membership):
            hint = f"known roles: {', '.join(roles_of(membership))}"
            yield error("unknown-role", place, f"nobody in a tenant is {role}", hint)


def _operation_exists(entity: Entity, permission: Permission, place: str) -> Iterator[Diagnostic]:
    kind, _, name = permission.operation.partition(":")
    known = {
        "transition": [t.name for machine in entity.state_machines for t in machine.transitions],
        "action": [action.name for action in entity.actions],
    }
    if kind in known and name not in known[kind]:
        hint = f"known: {', '.join(known[kind]) or 'none'}"
        yield error("unknown-operation", place, f"{entity.name} has no {kind} {name}", hint)


def _creating(blueprint: Blueprint, entity: Entity, permission: Permission, place: str) -> Iterator[Diagnostic]:
    """A new row has nothing yet that a condition could look at, and nobody's row has no owner."""
    if permission.operation != "create":
        return
    if any(grant.when is not None for grant in permission.allow):
        hint = "use a rule: {kind: check, condition: …}"
        yield error("create-when", place, "there is no row yet that a condition could be about", hint)
    if not blueprint.has_accounts or all(grant.kind != "public" for grant in permission.allow):
        return
    key = entity.relations_by_name.get((entity.owner or "").split(".")[0])
    target = blueprint.entities_by_name.get(key.target) if key is not None else None
    if key is not None and target is not None and target.kind in ("user", "profile") and key.required:
        message = f"anybody may create it, but its {key.name} is the account that does"
        yield error("anonymous-owner", place, message, f"make {key.name} optional, or let accounts create it")
    for rule in entity.rules:
        if asks_caller(rule, "create"):
            message = f"anybody may create it, but {rule.name} asks who does"
            yield error("anonymous-caller", place, message, "let accounts create it")


def _grant(blueprint: Blueprint, entity: Entity, grant: Grant, place: str) -> Iterator[Diagnostic]:
    if grant.kind == "role" and grant.role not in blueprint.role_names:
        hint = f"known roles: {', '.join(blueprint.role_names)}"
        yield error("unknown-role", place, f"there is no role {grant.role}", hint)
    if grant.kind == "owner":
        path = grant.path or entity.owner
        if path is None and entity.kind != "user":
            yield error("no-owner", place, f"nothing says who owns a {entity.name}", "set `owner`")
        elif path is not None:
            yield from _to_account(blueprint, entity, path, place)
    if grant.kind == "member":
        yield from _member(blueprint, entity, grant, place)
    if grant.when is not None:
        yield from check_condition(Place(blueprint, entity, place, caller=grant.kind != "public"), grant.when)
    if not blueprint.has_accounts and grant.kind != "public":
        yield error("no-accounts", place, "nobody can log in", "add the feature auth")
