"""Profiles: people who may have an account. The caller's own is bound to the caller."""

import pytest

from .expect import ok, problem
from .plan import Entity
from .running import World, may_make

pytestmark = pytest.mark.needs("profiles")


@pytest.fixture
def profiles(world: World) -> list[Entity]:
    return world.profiles


def test_a_profile_has_a_nullable_unique_key_to_the_account(profiles: list[Entity]) -> None:
    for entity in profiles:
        relation = next(relation for relation in entity.relations if relation.name == "user")
        assert (relation.target, relation.required, relation.unique) == ("User", False, True)


def test_ones_own_profile_is_bound_to_the_caller_once(
    world: World, profiles: list[Entity], subtests: pytest.Subtests
) -> None:
    for entity in filter(may_make, profiles):
        with subtests.test(entity.name):
            person, other = world.newcomer(), world.newcomer()
            body = world.body(entity, by=person)
            smuggled = {**body, "user_id": other.account["id"]}
            problem(person.post(entity.path, json=smuggled), 422)
            made = ok(person.post(entity.path, json=body), 201)
            assert made["user_id"] == person.account["id"]
            problem(person.post(entity.path, json=world.body(entity, by=person)), 409)
            problem(person.patch(f"{entity.path}/{made['id']}", json={"user_id": other.account["id"]}), 422)
            if "owner" in entity.allowed("update"):
                ok(person.patch(f"{entity.path}/{made['id']}", json={}))
                assert other.patch(f"{entity.path}/{made['id']}", json={}).status_code in {403, 404}


def test_an_administrator_leaves_it_open_or_sets_it(
    world: World, profiles: list[Entity], subtests: pytest.Subtests
) -> None:
    for entity in profiles:
        with subtests.test(entity.name):
            person = world.newcomer()
            open_ = world.make(entity)
            assert open_["user_id"] is None
            world.make(entity)
            place = f"{entity.path}/{open_['id']}"
            assert (
                ok(world.admin.patch(place, json={"user_id": person.account["id"]}))["user_id"] == person.account["id"]
            )
            taken = {**world.body(entity), "user_id": person.account["id"]}
            problem(world.admin.post(entity.path, json=taken), 409)
            problem(world.admin.post(entity.path, json={**world.body(entity), "user_id": world.plan.nobody}), 422)
            if "owner" in entity.allowed("update"):
                ok(person.patch(place, json={}))
            assert ok(world.admin.patch(place, json={"user_id": None}))["user_id"] is None


def test_own_resolves_through_the_profile(world: World, profiles: list[Entity], subtests: pytest.Subtests) -> None:
    names = {entity.name for entity in profiles}
    for entity in world.plan.collections:
        bound = world.plan.bound(entity)
        if bound is None or bound.target not in names or not may_make(entity) or not world.referable(entity):
            continue
        with subtests.test(entity.name, key=bound.key):
            person, other = world.newcomer(), world.newcomer()
            mine = world.profile(world.plan.entities[bound.target], person)
            theirs = world.profile(world.plan.entities[bound.target], other)
            body = world.body(entity, by=person)
            made = ok(person.post(entity.path, json=body), 201)
            assert made[bound.key] == mine["id"]
            problem(person.post(entity.path, json={**world.body(entity, by=person), bound.key: theirs["id"]}), 422)
            place = f"{entity.path}/{made['id']}"
            problem(person.patch(place, json={bound.key: theirs["id"]}), 422)
            if "owner" in entity.allowed("update"):
                ok(person.patch(place, json={}))
                assert other.patch(place, json={}).status_code in {403, 404}
