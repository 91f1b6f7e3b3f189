"""Who may do what, as a policy module spells it: one condition on rows per operation, so that lists and items agree."""

from collections.abc import Iterator
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.expressions import Caller, Compare, Expression, FieldRef, Value
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.permissions import Grant, Permission
from codebegen.blueprint.tenancy import anchor_of, is_kept_apart
from codebegen.compiler.dialect import Dialect, dialect_of
from codebegen.compiler.literals import prose, shortened
from codebegen.compiler.views.tenancy import in_tenant

_DENIED = Permission(operation="read")
_ANY_MEMBER = Grant(kind="member")


@dataclass(frozen=True, slots=True)
class ConditionView:
    """Rows for which a caller may do something.

    `public` everybody, `authenticated` every account; otherwise accounts with one of `roles` for all rows, and every
    account for rows that meet one of `conditions`; `anonymous` are the conditions for callers without an account.
    """

    name: str
    says: str
    dialect: Dialect
    who: str = ""
    public: bool = False
    authenticated: bool = False
    roles: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    anonymous: tuple[str, ...] = ()

    @property
    def everybody(self) -> bool:
        """Whether rows play no part for accounts."""
        return self.public or self.authenticated

    @property
    def ignores_actor(self) -> bool:
        """Whether it makes no difference at all who is calling."""
        return self.public or (self.authenticated and not self.anonymous)

    @property
    def needs_account(self) -> bool:
        """Whether a caller without an account is refused at once."""
        return not self.public and not self.anonymous

    @property
    def role_test(self) -> str:
        """Whether a caller may reach all rows."""
        return role_test(self.roles)

    @property
    def condition(self) -> str:
        """The condition on a row for everybody else."""
        return self.dialect.any_of(self.conditions)

    @property
    def anonymous_condition(self) -> str:
        """The condition on a row for callers without an account."""
        return self.dialect.any_of(self.anonymous)

    @property
    def never(self) -> str:
        """The condition that no row meets."""
        return self.dialect.never


def role_test(roles: tuple[str, ...]) -> str:
    """A test of the caller's role; the administrator is always among them."""
    if len(roles) == 1:
        return "actor.is_admin"
    return "actor.role in {" + ", ".join(roles) + "}"


@dataclass(frozen=True, slots=True)
class CreateView:
    """Who may create: everybody, every account, or accounts with one of `roles`.

    Accounts with one of `choosing` may also create for others: they choose whose a new row is.
    """

    public: bool
    authenticated: bool
    roles: tuple[str, ...]
    choosing: tuple[str, ...]
    says: str

    @property
    def everybody(self) -> bool:
        """Whether nobody (who gets this far) is refused."""
        return self.public or self.authenticated

    @property
    def role_test(self) -> str:
        """Whether the role of a caller is enough."""
        return role_test(self.roles)

    @property
    def choice_test(self) -> str:
        """Whether a caller creates for others too."""
        return role_test(self.choosing)


@dataclass(frozen=True, slots=True)
class ParentView:
    """The key of a row that must be one's own before anything can be added to it, and the condition on that row.

    With `in_path` it is asked only of a row in the path: another key says as much of a row in a body.
    """

    relation: str
    words: str
    condition: str
    role_test: str
    in_path: bool = False


def condition_of(blueprint: Blueprint, entity: Entity, operation: str, name: str, says: str) -> ConditionView:
    """The rows for which `operation` is permitted."""
    grants = (entity.permission(operation) or _DENIED).allow
    dialect = dialect_of(blueprint)
    apart = is_kept_apart(blueprint, entity)
    who = describe(entity.permission(operation))
    public = any(g.kind == "public" and g.when is None for g in grants)
    authenticated = not apart and any(g.kind == "authenticated" and g.when is None for g in grants)
    asked = (grant.when for grant in grants if grant.kind == "public")
    anonymous = tuple(dialect.holds(blueprint, entity, when) for when in asked if when is not None)
    conditions = [*anonymous]
    roles = _full_roles(()) if apart else _full_roles(grants)
    for grant in grants:
        if grant.kind != "role" or role_member(str(grant.role)) not in roles:
            conditions += _row_condition(blueprint, entity, grant)
    return ConditionView(
        name=name,
        says=shortened(f"Limit what a caller may {says}: {who}", 100) + ".",
        dialect=dialect,
        who=who,
        public=public,
        authenticated=authenticated,
        roles=roles,
        conditions=tuple(dict.fromkeys(conditions)),
        anonymous=anonymous,
    )


def _full_roles(grants: tuple[Grant, ...]) -> tuple[str, ...]:
    named = [g.role for g in grants if g.kind == "role" and g.when is None and g.role not in (None, "admin")]
    return tuple(dict.fromkeys(role_member(str(role)) for role in ("admin", *named)))


def role_right(entity: Entity, operation: str) -> str | None:
    """The test of a caller's role where it alone decides, None where every account may; rows play no part."""
    grants = (entity.permission(operation) or _DENIED).allow
    if any(grant.kind in ("public", "authenticated") and grant.when is None for grant in grants):
        return None
    return role_test(_full_roles(grants))


def role_member(role: str) -> str:
    """`models.Role.ADMIN`."""
    return f"models.Role.{naming.snake(role).upper()}"


def _row_condition(blueprint: Blueprint, entity: Entity, grant: Grant) -> list[str]:
    """What a grant asks of a row, beyond who the caller is; nothing where it asks for nothing."""
    if is_kept_apart(blueprint, entity):
        return _member_condition(blueprint, entity, grant)
    dialect = dialect_of(blueprint)
    when = dialect.holds(blueprint, entity, grant.when) if grant.when is not None else None
    if grant.kind == "owner":
        own = _own(blueprint, entity, grant)
        return [dialect.all_of([own, when]) if when else own]
    if grant.kind == "authenticated" and when:
        return [when]
    if grant.kind == "role" and when:
        return [dialect.all_of([dialect.caller_is(role_member(str(grant.role))), when])]
    return []


def _member_condition(blueprint: Blueprint, entity: Entity, grant: Grant) -> list[str]:
    """The same where rows belong to a tenant: whatever else is asked, the caller is a member there."""
    if grant.kind == "public":
        return []
    dialect = dialect_of(blueprint)
    parts = [in_tenant(blueprint, entity, grant.roles)]
    if grant.kind == "owner":
        parts.append(_own(blueprint, entity, grant))
    if grant.kind == "role":
        parts.append(dialect.caller_is(role_member(str(grant.role))))
    if grant.when is not None:
        parts.append(dialect.holds(blueprint, entity, grant.when))
    return [dialect.all_of(parts)]


def _own(blueprint: Blueprint, entity: Entity, grant: Grant) -> str:
    path = grant.path or entity.owner
    if entity.kind == "user" or path is None:
        return dialect_of(blueprint).is_caller(entity)
    return dialect_of(blueprint).owned_by(blueprint, entity, path)


def create_of(blueprint: Blueprint, entity: Entity) -> CreateView:
    """Who may create rows; whether what they point to is their own is another question (`parents_of`)."""
    grants = (entity.permission("create") or _DENIED).allow
    person = owning_profile(blueprint, entity)
    others = tuple(g for g in grants if person is None or g.role != naming.snake(person.name))
    return CreateView(
        public=any(g.kind == "public" for g in grants),
        authenticated=any(g.kind in ("authenticated", "owner", "member") for g in grants),
        roles=_full_roles(grants),
        choosing=_full_roles(others),
        says=shortened(f"Tell whether a caller may create: {describe(entity.permission('create'))}", 100) + ".",
    )


def owning_profile(blueprint: Blueprint, entity: Entity) -> Entity | None:
    """The person whom new rows belong to: sellers create listings, and each of them only their own."""
    if entity.kind == "profile":
        return entity
    first = (entity.owner or "").partition(".")[0]
    relation = entity.relations_by_name.get(first)
    target = blueprint.entities_by_name[relation.target] if relation is not None else None
    return target if target is not None and target.kind == "profile" else None


def parents_of(blueprint: Blueprint, entity: Entity) -> tuple[ParentView, ...]:
    """Parents that must be the caller's own: by a grant to create, the person that owns the row, and their tenant."""
    if not blueprint.has_accounts:
        return ()
    grants = (entity.permission("create") or _DENIED).allow
    own = {} if entity.kind == "profile" else _own_parents(blueprint, entity, grants)
    return tuple((own | {parent.relation: parent for parent in _tenant_parents(blueprint, entity, grants)}).values())


def _own_parents(blueprint: Blueprint, entity: Entity, grants: tuple[Grant, ...]) -> dict[str, ParentView]:
    create = create_of(blueprint, entity)
    everybody = any(g.kind in ("public", "authenticated") for g in grants)
    paths = [] if everybody else [g.path or entity.owner or "" for g in grants if g.kind == "owner"]
    views: dict[str, ParentView] = {}
    for path in [entity.owner or "", *paths]:
        first, _, rest = path.partition(".")
        if not rest:
            continue
        target = blueprint.entities_by_name[entity.relations_by_name[first].target]
        if path in paths or target.kind == "profile":
            words = " ".join(naming.words(target.plural))
            test = create.choice_test if target.kind == "profile" else create.role_test
            views[first] = ParentView(first, words, dialect_of(blueprint).owned_by(blueprint, target, rest), test)
    return views


def _tenant_parents(blueprint: Blueprint, entity: Entity, grants: tuple[Grant, ...]) -> Iterator[ParentView]:
    """What a caller has to be in the tenant that a new row is for, beyond seeing what it is added to."""
    anchor = anchor_of(blueprint, entity)
    if anchor is None or any(grant.kind == "public" for grant in grants):
        return
    for relation in entity.relations:
        target = blueprint.entities_by_name[relation.target]
        if relation.kind == "many_to_many" or not is_kept_apart(blueprint, target):
            continue
        seen = (target.permission("read") or _DENIED).allow
        if _ANY_MEMBER not in grants or any(grant.kind == "public" for grant in seen):
            conditions = dict.fromkeys(_tenant_parent(blueprint, entity, relation.name, grant) for grant in grants)
            words = " ".join(naming.words(target.plural))
            dialect = dialect_of(blueprint)
            condition = dialect.any_of(tuple(conditions)) if conditions else dialect.never
            test = create_of(blueprint, entity).role_test
            yield ParentView(relation.name, words, condition, test, in_path=relation is not anchor)


def _tenant_parent(blueprint: Blueprint, entity: Entity, name: str, grant: Grant) -> str:
    """What one grant asks of the row that a key points to."""
    target = blueprint.entities_by_name[entity.relations_by_name[name].target]
    member = in_tenant(blueprint, target, grant.roles)
    first, _, rest = (grant.path or entity.owner or "").partition(".")
    if grant.kind == "owner" and first == name and rest:
        dialect = dialect_of(blueprint)
        return dialect.all_of([member, dialect.owned_by(blueprint, target, rest)])
    return member


def describe(permission: Permission | None) -> str:
    """Who may do it, in words, for documentation."""
    if permission is None or not permission.allow:
        return "administrators"
    words = [_words(grant) for grant in permission.allow]
    return prose(", ".join(dict.fromkeys(words)))


def _words(grant: Grant) -> str:
    where = f" {_where(grant.when)}" if grant.when is not None else ""
    match grant.kind:
        case "public":
            return f"anybody{where}"
        case "authenticated":
            return f"every account{where}"
        case "owner":
            return f"the owner{where}" if grant.path is None else f"the account at {grant.path}{where}"
        case "role":
            return f"role {grant.role}{where}"
        case "member":
            named = f" who are {' or '.join(grant.roles)}" if grant.roles else ""
            return f"members{named}{where}"


def _where(condition: Expression) -> str:
    """A simple comparison in words; a longer condition stands in the code."""
    match condition:
        case Compare(operator="==", left=FieldRef(path=path), right=Value(value=value)):
            return f"where {path} is {value}"
        case Compare(operator="==", left=FieldRef(path=path), right=Caller()):
            return f"who is its {path}"
        case _:
            return "for some"
