"""Views of the tests that keep tenants apart: references from one tenant into another, and memberships."""

from collections.abc import Iterator
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.tenancy import is_kept_apart, managing, roles_of, tenant_key
from codebegen.compiler.testing.keys import Key, many_of
from codebegen.compiler.testing.making import Plan, Planner
from codebegen.compiler.testing.rights import grants, is_member, standing


@dataclass(frozen=True, slots=True)
class ForeignTenantView:
    """A key (or a set) that may not lead from a row into another tenant, though the sender belongs to both."""

    relation: str
    key: str
    test: str
    words: str
    target: str
    creates: bool
    changeable: bool


@dataclass(frozen=True, slots=True)
class SeatView:
    """Somebody with a role in the tenant of the maker: whether they add, change and remove others."""

    name: str
    role: str
    creates: bool
    updates: bool
    deletes: bool


@dataclass(frozen=True, slots=True)
class TenancyTestView:
    """Everything that `tests/test_tenancy.py` says."""

    tenant: Plan
    membership: Plan
    key: str
    tenant_key: str
    least: str
    segment: str
    maker: str
    stranger: str
    seats: tuple[SeatView, ...]


def foreign_tenants(planner: Planner, plan: Plan) -> tuple[ForeignTenantView, ...]:
    """Every way by which a row of one tenant might come to point into another."""
    if not plan.apart or not plan.owned or plan.is_tenant or plan.is_membership or plan.sender != "owner":
        return ()
    return tuple(_foreign(planner, plan))


def _foreign(planner: Planner, plan: Plan) -> Iterator[ForeignTenantView]:
    blueprint = planner.blueprint
    for key in plan.keys:
        target = _in_other_tenant(planner, plan, key)
        if key.source == "plain" and key.written and target is not None:
            moves = key is plan.anchor
            if not moves or key.changeable:
                yield _view(key.relation.name, key.name, target, creates=not moves, changeable=key.changeable)
    for many in many_of(blueprint, plan.entity):
        target = (
            _row_elsewhere(planner, many.target.name, plan) if many.target.kind != "user" else _stranger(planner, plan)
        )
        if target is not None:
            yield _view(many.name, many.key, f"[{target}]", creates=True, changeable=True)


def _view(relation: str, key: str, target: str, *, creates: bool, changeable: bool) -> ForeignTenantView:
    words = " ".join(naming.words(relation))
    return ForeignTenantView(relation, key, naming.snake(relation), words, target, creates, changeable)


def _in_other_tenant(planner: Planner, plan: Plan, key: Key) -> str | None:
    if key.target.kind == "user":
        return _stranger(planner, plan)
    other = planner.plan(key.target.name)
    return None if other.is_tenant else _row_elsewhere(planner, key.target.name, plan)


def _stranger(planner: Planner, plan: Plan) -> str | None:
    """The id of an account that is a member of another's tenant only."""
    tenancy = planner.blueprint.tenancy
    if tenancy is None or plan.other is None:
        return None
    return f'({planner.plan(tenancy.membership).make_call(f"people.{plan.other.attribute}")})["user_id"]'


def _row_elsewhere(planner: Planner, name: str, plan: Plan) -> str | None:
    """The id of a row in another tenant of the same maker; None where it needs more than its way to the tenant."""
    other = planner.plan(name)
    owner = f"people.{plan.maker.attribute}"
    if other.is_tenant:
        return f'({other.make_call(owner)})["id"]'
    anchor = other.anchor
    only_one = other.single or other.entity.kind == "profile"  # nobody has another one elsewhere
    if anchor is None or only_one or not other.owned or not is_kept_apart(planner.blueprint, other.entity):
        return None
    rest = [r for r in other.references if r.key is not anchor and r.plan is not None and r.plan.apart]
    above = _row_elsewhere(planner, anchor.target.name, plan)
    if rest or above is None or other.profiles:
        return None
    return f'({other.make_call(owner, f"{anchor.name}={above}")})["id"]'


def seated(planner: Planner, plan: Plan) -> str:
    """The call that makes whoever has a role in the maker's tenant (`people[name]`) the person that rows are of.

    Empty where rows are not of a person who says which tenant they belong to, or where that takes more.
    """
    person, tenancy = plan.person, planner.blueprint.tenancy
    if person is None or tenancy is None or person is not plan.anchor or plan.sender != "owner" or not plan.owned:
        return ""
    profile = planner.plan(person.target.name)
    key = profile.anchor
    if key is None or len(profile.references) != 1 or key.target.name != tenancy.tenant:
        return ""
    home = planner.plan(tenancy.tenant).place_call(f"people.{plan.maker.attribute}")
    return profile.make_call("people[name]", f'{key.name}=({home})["id"]')


def tenancy_tests(planner: Planner) -> TenancyTestView | None:
    """The view of the tests of memberships, where there are tenants."""
    tenancy = planner.blueprint.tenancy
    if tenancy is None:
        return None
    tenant, membership = planner.plan(tenancy.tenant), planner.plan(tenancy.membership)
    key = tenant_key(planner.blueprint, membership.entity)
    if key is None or tenant.other is None:
        return None
    roles = roles_of(membership.entity)
    below = [role for role in roles if role not in managing(roles)]
    return TenancyTestView(
        tenant=tenant,
        membership=membership,
        key=key.key,
        tenant_key=key.name,
        least=(below or list(roles))[-1],
        segment=naming.kebab(key.inverse or membership.entity.plural),
        maker=tenant.maker.attribute,
        stranger=tenant.other.attribute,
        seats=tuple(_seat(membership, person.attribute, str(person.seat)) for person in planner.seats),
    )


def _seat(membership: Plan, name: str, role: str) -> SeatView:
    """What somebody with a role may do to the membership of another."""
    held = frozenset({standing(role)})

    def may(operation: str) -> bool:
        given = [grant for grant in grants(membership.entity, operation) if grant.kind == "member"]
        return any(is_member(held, grant.roles) for grant in given)

    return SeatView(name, role, may("create"), may("update"), may("delete"))
