"""Who may do what, read from the blueprint's permissions and the contract, independently of the policies' spelling.

Answers have three values: None where a sample row does not say enough, and then nothing is tested.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.permissions import Grant
from codebegen.blueprint.tenancy import OWNER, membership_of, roles_of
from codebegen.compiler.testing.conditions import Row, compares_null, holds

_TAKEN = frozenset({"anonymous", "admin", "cast", "known"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in the tests: `people.<attribute>`, logged in if there is a role.

    Whoever has a `seat` has that role in every tenant that the maker of rows makes.
    """

    attribute: str
    role: str | None
    seat: str | None = None

    @property
    def is_admin(self) -> bool:
        """Whether they may do everything."""
        return self.role == "admin"


ANONYMOUS = Person("anonymous", None)
ADMIN = Person("admin", "admin")


def accounts(blueprint: Blueprint) -> tuple[Person, ...]:
    """Two accounts of every role but the administrator's."""
    found = []
    for role in blueprint.role_names[:-1]:
        name = naming.attribute(role)
        name = f"{name}_role" if name in _TAKEN else name
        found += [Person(name, role), Person(f"other_{name}", role)]
    return tuple(found)


def seats(blueprint: Blueprint) -> tuple[Person, ...]:
    """One account for every role in a tenant but the owner's, which whoever makes it has."""
    membership = membership_of(blueprint)
    if membership is None or blueprint.tenancy is None:
        return ()
    tenant = naming.snake(blueprint.tenancy.tenant)
    roles = [role for role in roles_of(membership) if role != OWNER]
    names = [naming.attribute(f"{naming.snake(role)}_of_{tenant}") for role in roles]
    return tuple(Person(n, blueprint.default_role, role) for n, role in zip(names, roles, strict=True))


def standing(role: str) -> str:
    """How the roles that somebody has in the tenant of a row stand among the paths that lead to them."""
    return f"member:{role}"


def is_member(owns: frozenset[str], roles: tuple[str, ...] = ()) -> bool:
    """Whether somebody belongs to the tenant of a row, with one of `roles` if there are any."""
    held = {one.removeprefix("member:") for one in owns if one.startswith("member:")}
    return bool(held & set(roles)) if roles else bool(held)


def _apart(entity: Entity) -> bool:
    """Whether a row belongs to a tenant."""
    return entity.tenant is not None or any(g.kind == "member" for p in entity.permissions for g in p.allow)


def grants(entity: Entity, operation: str) -> tuple[Grant, ...]:
    """Who is named for an operation; nobody where nothing is said."""
    permission = entity.permission(operation)
    return permission.allow if permission else ()


def owner_path(entity: Entity, grant: Grant) -> str | None:
    """The path that an owner grant means."""
    return grant.path or entity.owner


def owner_paths(entity: Entity) -> tuple[str, ...]:
    """Every path to an account that some permission names."""
    paths = [owner_path(entity, g) for p in entity.permissions for g in p.allow if g.kind == "owner"]
    return tuple(dict.fromkeys(path for path in paths if path is not None))


def either(answers: Iterable[bool | None]) -> bool | None:
    """True if any is; None if it may be."""
    known = list(answers)
    return True if True in known else None if None in known else False


def allowed(entity: Entity, operation: str, person: Person, owns: frozenset[str], row: Row) -> bool | None:
    """Whether a person who is at the end of the paths `owns` may do `operation` to a row with these facts."""
    if person.is_admin:
        return True
    return either(_granted(entity, grant, person, owns, row) for grant in grants(entity, operation))


def _granted(entity: Entity, grant: Grant, person: Person, owns: frozenset[str], row: Row) -> bool | None:
    match grant.kind:
        case "public":
            meant: bool | None = True
        case "authenticated":
            meant = person.role is not None
        case "role":
            meant = person.role == grant.role and (not _apart(entity) or is_member(owns))
        case "owner":
            meant = person.role is not None and owner_path(entity, grant) in owns
        case "member":
            meant = person.role is not None and is_member(owns, grant.roles)
    if not meant or grant.when is None:
        return meant
    return None if compares_null(grant.when, row) else holds(entity, grant.when, row)


def is_open(entity: Entity, operation: str) -> bool:
    """Whether callers without an account are let in at all."""
    return any(grant.kind == "public" for grant in grants(entity, operation))


def list_status(entity: Entity, person: Person) -> int:
    """What a list answers: it is empty for those who may see some rows in principle, refused to others."""
    if person.is_admin or is_open(entity, "list"):
        return 200
    if person.role is None:
        return 401
    kinds = {g.kind for g in grants(entity, "list")}
    roles = {g.role for g in grants(entity, "list")}
    return 200 if kinds & {"authenticated", "owner", "member"} or person.role in roles else 403


def row_status(
    entity: Entity, operation: str, person: Person, owns: frozenset[str], row: Row, *, done: int
) -> int | None:
    """What an operation on a row answers: `done` where it is permitted."""
    if person.role is None and not is_open(entity, operation):
        return 401
    seen = allowed(entity, "read", person, owns, row)
    may = allowed(entity, operation, person, owns, row)
    if seen is None:
        return None
    if not seen:
        return 404
    return None if may is None else done if may else 403


def may_create(entity: Entity, person: Person) -> bool | None:
    """Whether a person may create, given that what the new row is a part of is their own."""
    if person.is_admin:
        return True
    found: list[bool | None] = []
    for grant in grants(entity, "create"):
        mine = grant.kind == "owner" and person.role is not None
        found.append(mine or _granted(entity, grant, person, own_tenant(person), {}))
    return either(found)


def own_tenant(person: Person) -> frozenset[str]:
    """What somebody is in the tenant that they make rows in: their own, or the one where they have a seat."""
    return frozenset((standing(person.seat or OWNER),)) if person.role is not None else frozenset()


def only_as_owner(entity: Entity, person: Person) -> bool:
    """Whether a person creates only below what is their own."""
    others = [grant for grant in grants(entity, "create") if grant.kind != "owner"]
    return not any(_granted(entity, grant, person, own_tenant(person), {}) for grant in others)


def chooses_owner(entity: Entity, person: Entity, role: str | None) -> bool:
    """Whether accounts of a role make rows for any `person`; those who are such a person make their own only."""
    named = any(grant.kind == "role" and grant.role == role for grant in grants(entity, "create"))
    return named and role != naming.snake(person.name)


def create_status(entity: Entity, person: Person) -> int | None:
    """What `POST` answers to a good body of one's own."""
    if person.role is None and not is_open(entity, "create"):
        return 401
    may = may_create(entity, person)
    return None if may is None else 201 if may else 403
