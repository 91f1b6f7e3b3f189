"""Rights: everybody may do what the plan allows and nothing else; the owner comes from the token."""

from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from .expect import nothing, ok, problem, shown
from .plan import Entity
from .running import Person, World

ITEM = ("read", "update", "delete")


def call(person: Person, operation: str, place: str) -> httpx.Response:
    """The request of an operation on an item."""
    match operation:
        case "read":
            return person.get(place)
        case "update":
            return person.patch(place, json={})
        case _:
            return person.delete(place)


def callers(world: World) -> Iterator[tuple[str, Person]]:
    """Somebody of every kind who owns nothing."""
    yield "anonymous", world.anonymous
    for role in ("user", *world.plan.roles):
        yield role, world.person(role, 7)


def may(entity: Entity, operation: str, who: str) -> bool:
    """Whether somebody who owns nothing may, by the plan."""
    allowed = entity.allowed(operation)
    return "public" in allowed or (who != "anonymous" and bool({"authenticated", who} & allowed))


@pytest.mark.needs("no accounts")
def test_without_accounts_everything_is_public_and_that_is_said(world: World) -> None:
    assert any("public" in str(assumption).lower() for assumption in world.plan.data["report"]["assumptions"])
    assert world.anonymous.post("/auth/login", data={"username": "x@example.com", "password": "y"}).status_code == 404
    for entity in world.plan.collections:
        for operation in ("list", "create", *ITEM):
            assert "public" in entity.allowed(operation)


def test_strangers_may_do_what_the_plan_allows(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        for who, person in callers(world) if world.plan.accounts else []:
            place = f"{entity.path}/{world.make(entity)['id']}"
            readable = may(entity, "read", who)
            for operation in ITEM:
                if entity.conditional(operation) or entity.conditional("read"):
                    continue
                with subtests.test(entity.name, operation=operation, who=who):
                    answer = call(person, operation, place)
                    if may(entity, operation, who):
                        assert answer.status_code in {200, 204, 409}, shown(answer)
                    elif who == "anonymous":
                        problem(answer, 401)
                    else:
                        problem(answer, 403 if readable else 404)


def test_strangers_make_and_list_what_the_plan_allows(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        for who, person in callers(world) if world.plan.accounts else []:
            item = world.make(entity)
            with subtests.test(entity.name, operation="list", who=who):
                check_list(entity, who, item, person.get(entity.path, params={"sort": "-id"}))
            with subtests.test(entity.name, operation="create", who=who):
                maker = world.newcomer(who) if world.alone(entity) and who != "anonymous" else person
                inside = "member" in entity.allowed("create")
                answer = maker.post(entity.path, json=world.body(entity, by=world.admin if inside else maker))
                if may(entity, "create", who):
                    assert not world.referable(entity) or answer.status_code in {201, 409}, shown(answer)
                elif who == "anonymous":
                    problem(answer, 401)
                elif inside:
                    problem(answer, 422)
                elif "owner" not in entity.allowed("create"):
                    problem(answer, 403)


def check_list(entity: Entity, who: str, item: dict[str, Any], answer: httpx.Response) -> None:
    """A list shows an item to those who may read it, and to no others."""
    if entity.conditional("list") or entity.conditional("read"):
        return
    if who == "anonymous" and not may(entity, "list", who):
        problem(answer, 401)
    elif may(entity, "list", who) and may(entity, "read", who):
        assert item["id"] in [listed["id"] for listed in ok(answer)["items"]]
    elif answer.status_code == 200:
        assert item["id"] not in [listed["id"] for listed in answer.json()["items"]]
    else:
        problem(answer, 403)


def test_the_owner_comes_from_the_token(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections if world.plan.accounts else []:
        bound = world.plan.bound(entity)
        if bound is None or bound.target != "User" or entity.kind == "profile":
            continue
        if not {"authenticated", "owner"} & entity.allowed("create"):
            continue
        with subtests.test(entity.name):
            person, other = world.person("user", 2), world.person("user", 3)
            made = world.make(entity, by=person)
            assert made[bound.key] == person.account["id"]
            smuggled = {**world.body(entity, by=person), bound.key: other.account["id"]}
            problem(person.post(entity.path, json=smuggled), 422)
            place = f"{entity.path}/{made['id']}"
            for operation in ("read", "update"):
                if "owner" in entity.allowed(operation):
                    ok(call(person, operation, place))
            if not {"authenticated", "public"} & entity.allowed("update"):
                assert other.patch(place, json={}).status_code in {403, 404}
            answer = world.admin.patch(place, json={bound.key: other.account["id"]})
            assert answer.status_code in {200, 422}, shown(answer)
            if "owner" in entity.allowed("delete"):
                problem(person.patch(place, json={bound.key: other.account["id"]}), 422)
                nothing(person.delete(place))


def test_other_keys_to_accounts_are_writable(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections if world.plan.accounts else []:
        bound = world.plan.bound(entity)
        for relation in entity.relations:
            if relation.target != "User" or relation == bound or relation.many or entity.kind == "profile":
                continue
            with subtests.test(entity.name, key=relation.key):
                person = world.person("user", 4)
                made = world.make(entity, given={relation.key: person.account["id"]})
                assert made[relation.key] == person.account["id"]
                problem(
                    world.admin.post(entity.path, json={**world.body(entity), relation.key: world.plan.nobody}), 422
                )


def test_rights_where_nothing_is_said(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections if world.plan.accounts and world.plan.tenant is None else []:
        inferred = {p["operation"] for p in entity["permissions"] if p["origin"] != "stated"}
        said = {p["operation"] for p in entity["permissions"]} - inferred
        for operation in inferred & {"list", "read", "create", "update", "delete"}:
            with subtests.test(entity.name, operation=operation):
                allowed = entity.allowed(operation)
                if operation in {"list", "read"}:
                    assert allowed & {"authenticated", "public", "owner"}
                elif entity.owner:
                    expected = {"authenticated", "owner"} if operation == "create" else {"owner"}
                    assert allowed <= expected
                    assert allowed
                elif not world.plan.data["roles"] and not said:
                    assert allowed == {"authenticated"}


def test_who_made_an_item_restores_it(world: World, subtests: pytest.Subtests) -> None:
    for entity in (entity for entity in world.plan.collections if entity["soft_delete"] and world.plan.accounts):
        bound = world.plan.bound(entity)
        with subtests.test(entity.name):
            if bound is None or bound.target != "User" or "owner" not in entity.allowed("delete"):
                continue
            person, other = world.person("user", 5), world.person("user", 6)
            place = f"{entity.path}/{world.make(entity, by=person)['id']}"
            nothing(person.delete(place))
            assert other.post(f"{place}/restore").status_code in {403, 404}
            problem(world.anonymous.post(f"{place}/restore"), 401)
            ok(person.post(f"{place}/restore"))
            ok(person.get(place))
