"""Tenancy: the tenant comes from the path or the body, its creator becomes its owner, outsiders get 404."""

from collections.abc import Iterator
from typing import Any

import pytest

from .expect import nothing, ok, problem
from .plan import Entity, Relation
from .running import Person, World

pytestmark = pytest.mark.needs("tenants")


@pytest.fixture
def key(world: World) -> Relation:
    """The key of a membership to its tenant."""
    assert world.plan.tenant is not None
    return world.plan.tenant


@pytest.fixture
def members(world: World) -> str:
    """The collection of memberships."""
    assert world.plan.membership is not None
    return world.plan.membership.path


def inside(world: World) -> Iterator[Entity]:
    """Everything that members of a tenant share."""
    assert world.plan.membership is not None
    yield from (one for one in world.plan.collections if "member" in one.allowed("read"))


def made_by(world: World, entity: Entity, person: Person) -> dict[str, Any]:
    """An item of somebody's own tenant."""
    assert world.plan.tenant is not None
    if entity.name == world.plan.tenant.target:
        return world.home(person)
    body = {**world.body(entity, by=person)}
    for relation in entity.relations:
        target = world.plan.entities[relation.target]
        if relation.key in body and target.kind != "user" and relation.target != world.plan.tenant.target:
            body[relation.key] = made_by(world, target, person)["id"]
    item: dict[str, Any] = ok(person.post(entity.path, json=body), 201)
    return item


def joined(world: World, members: str, key: Relation, owner: Person, role: str) -> tuple[Person, dict[str, Any]]:
    """Somebody new in the tenant of an owner."""
    person = world.newcomer()
    body = {key.key: world.home(owner)["id"], "user_id": person.account["id"], "role": role}
    return person, ok(owner.post(members, json=body), 201)


def test_its_creator_becomes_its_owner(world: World, key: Relation, members: str) -> None:
    person = world.newcomer()
    home = world.home(person)
    found = ok(person.get(members, params={key.key: home["id"]}))["items"]
    assert [(one["user_id"], one["role"]) for one in found] == [(person.account["id"], "owner")]


def test_outsiders_get_404(world: World, key: Relation, subtests: pytest.Subtests) -> None:
    owner, outsider = world.newcomer(), world.newcomer()
    theirs = world.home(outsider)
    for entity in inside(world):
        item = made_by(world, entity, owner)
        place = f"{entity.path}/{item['id']}"
        with subtests.test(entity.name):
            for headers in ({}, {"X-Tenant": str(theirs["id"]), f"X-{key.target}-Id": str(world.home(owner)["id"])}):
                problem(outsider.get(place, headers=headers), 404)
            problem(outsider.patch(place, json={}), 404)
            problem(outsider.delete(place), 404)
            problem(world.anonymous.get(place), 401)
            assert item["id"] not in [one["id"] for one in ok(outsider.get(entity.path))["items"]]
            ok(owner.get(place))


def test_nobody_reaches_into_another_tenant(world: World, subtests: pytest.Subtests) -> None:
    owner, outsider = world.newcomer(), world.newcomer()
    for entity, relation, parent in world.plan.children():
        if "member" not in parent.allowed("read"):
            continue
        target = made_by(world, parent, owner)
        with subtests.test(entity.name, parent=parent.name):
            below = f"{parent.path}/{target['id']}"
            body = {**world.body(entity, by=outsider), relation.key: target["id"]}
            answer = problem(outsider.post(entity.path, json=body), 422)
            assert relation.key in str(answer["errors"])
            segments = [one for one in openapi(world) if one.startswith(f"{parent.path}/{{")]
            for segment in (one.rpartition("/")[2] for one in segments if one.count("/") == 3):
                assert outsider.get(f"{below}/{segment}").status_code in {404, 405}


def openapi(world: World) -> list[str]:
    """Every path of the project, below its prefix."""
    paths = world.anonymous.get(f"{world.address}/openapi.json").json()["paths"]
    return [path.removeprefix("/api/v1") for path in paths]


def test_somebody_of_two_tenants_does_not_join_them(world: World, subtests: pytest.Subtests) -> None:
    person = world.newcomer()
    assert world.plan.tenant is not None
    tenant = world.plan.entities[world.plan.tenant.target]
    for entity in inside(world):
        for relation in entity.relations:
            target = world.plan.entities[relation.target]
            direct = [one for one in target.relations if one.target == tenant.name and one.required]
            if not relation.many or not direct:
                continue
            with subtests.test(entity.name, key=relation.key):
                other = world.make(tenant, by=person)
                body = {**world.body(target, by=person), direct[0].key: other["id"]}
                foreign = ok(person.post(target.path, json=body), 201)
                place = f"{entity.path}/{made_by(world, entity, person)['id']}"
                problem(person.patch(place, json={relation.key: [foreign["id"]]}), 422)


def test_a_tenant_keeps_an_owner(world: World, key: Relation, members: str) -> None:
    owner = world.newcomer()
    home = world.home(owner)
    (mine,) = ok(owner.get(members, params={key.key: home["id"]}))["items"]
    problem(owner.delete(f"{members}/{mine['id']}"), 409)
    second, _ = joined(world, members, key, owner, "owner")
    nothing(owner.delete(f"{members}/{mine['id']}"))
    path = next(entity.path for entity in world.plan.collections if entity.name == key.target)
    problem(owner.get(f"{path}/{home['id']}"), 404)
    ok(second.get(f"{path}/{home['id']}"))


def test_who_manages_members(world: World, key: Relation, members: str) -> None:
    owner = world.newcomer()
    manager, _ = joined(world, members, key, owner, "admin")
    member, membership = joined(world, members, key, owner, "member")
    home, place = world.home(owner), f"{members}/{membership['id']}"
    body = {key.key: home["id"], "user_id": world.newcomer().account["id"]}
    problem(member.post(members, json=body), 403)
    problem(member.patch(place, json={"role": "admin"}), 403)
    problem(manager.patch(place, json={"role": "owner"}), 403)
    ok(manager.post(members, json=body), 201)
    problem(manager.post(members, json=body), 409)
    assert "email" not in ok(member.get(place))
    nothing(member.delete(place))
    problem(member.get(place), 404)
