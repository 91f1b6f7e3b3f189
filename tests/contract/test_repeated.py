"""`Idempotency-Key` on every `POST` that makes or does something: a repeated request gets the answer that it had."""

from typing import Any

import httpx
import pytest

from . import payloads
from .expect import ok, problem
from .running import Person, World


def twice(by: Person, path: str, body: Any = None, status: int = 200) -> dict[str, Any]:
    """The answer to a request that is sent twice under one key, and refused with another body."""
    headers = {"Idempotency-Key": f"key-{payloads.number()}"}
    first, second = (_post(by, path, body, headers) for _ in range(2))
    item = ok(first, status)
    assert ok(second, status) == item
    assert second.headers.get("location") == first.headers.get("location")
    problem(_post(by, path, {"surely": "another"}, headers), 422)
    return item


def _post(by: Person, path: str, body: Any, headers: dict[str, str]) -> httpx.Response:
    return by.post(path, headers=headers) if body is None else by.post(path, json=body, headers=headers)


@pytest.mark.needs("accounts")
def test_registering(world: World) -> None:
    body = world.registration()
    account = twice(world.anonymous, "/auth/register", body, 201)
    assert account["email"] == body["email"]
    problem(world.anonymous.post("/auth/register", json=body), 409)


def test_making_a_child(world: World, subtests: pytest.Subtests) -> None:
    for entity, relation, parent in world.plan.children():
        with subtests.test(entity.name, parent=parent.name):
            body = {k: v for k, v in world.body(entity).items() if k != relation.key}
            place = f"{parent.path}/{world.make(parent)['id']}{entity.path}"
            assert twice(world.admin, place, body, 201)["id"]


def test_moving(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        for field, machine in entity.states.items():
            for move in machine["transitions"]:
                if machine["initial"] not in move["from"]:
                    continue
                with subtests.test(entity.name, move=move["name"]):
                    place = f"{entity.path}/{world.make(entity)['id']}/{move['name']}"
                    assert twice(world.admin, place)[field] == move["to"]


def test_restoring(world: World, subtests: pytest.Subtests) -> None:
    for entity in (one for one in world.plan.collections if one["soft_delete"]):
        with subtests.test(entity.name):
            place = f"{entity.path}/{world.make(entity)['id']}"
            world.admin.delete(place)
            twice(world.admin, f"{place}/restore")
            ok(world.admin.get(place))
