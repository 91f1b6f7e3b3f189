"""State machines and toggles."""

from collections import deque
from typing import Any

import pytest

from .expect import nothing, ok, problem
from .plan import Entity, Json
from .running import World, open_to_all


def moves_to(machine: Json, state: str) -> list[str] | None:
    """The names of the moves from the initial state to another."""
    ways: deque[tuple[str, list[str]]] = deque([(machine["initial"], [])])
    seen = set()
    while ways:
        here, way = ways.popleft()
        if here == state:
            return way
        if here not in seen:
            seen.add(here)
            ways += [(move["to"], [*way, move["name"]]) for move in machine["transitions"] if here in move["from"]]
    return None


def brought(world: World, entity: Entity, machine: Json, state: str) -> str | None:
    """The place of a new item in a state; nothing where no moves lead there."""
    way = moves_to(machine, state)
    if way is None:
        return None
    place = f"{entity.path}/{world.make(entity)['id']}"
    for name in way:
        ok(world.admin.post(f"{place}/{name}"))
    return place


def machines(world: World) -> list[tuple[Entity, str, Json]]:
    """Every state machine."""
    return [(e, field, machine) for e in world.plan.collections for field, machine in e.states.items()]


def test_an_item_starts_in_the_initial_state(world: World, subtests: pytest.Subtests) -> None:
    for entity, field, machine in machines(world):
        with subtests.test(entity.name, field=field):
            item = world.make(entity)
            assert item[field] == machine["initial"]
            problem(world.admin.patch(f"{entity.path}/{item['id']}", json={field: machine["initial"]}), 422)


def test_every_legal_move_and_no_other(world: World, subtests: pytest.Subtests) -> None:
    for entity, field, machine in machines(world):
        states = next(f["values"] for f in entity.fields if f.name == field)
        for state in states:
            for move in machine["transitions"]:
                with subtests.test(entity.name, state=state, move=move["name"]):
                    place = brought(world, entity, machine, state)
                    if place is None:
                        continue
                    answer = world.admin.post(f"{place}/{move['name']}")
                    if state in move["from"]:
                        assert ok(answer)[field] == move["to"]
                        assert ok(world.admin.get(place))[field] == move["to"]
                        assert "etag" in answer.headers
                    else:
                        problem(answer, 409)
                        assert ok(world.admin.get(place))[field] == state


def test_moves_on_what_is_not_there(world: World, subtests: pytest.Subtests) -> None:
    for entity, _field, machine in machines(world):
        for move in machine["transitions"]:
            with subtests.test(entity.name, move=move["name"]):
                problem(world.admin.post(f"{entity.path}/{world.plan.nobody}/{move['name']}"), 404)
                problem(world.admin.post(f"{entity.path}/nonsense/{move['name']}"), 422)
                problem(world.admin.get(f"{entity.path}/{world.make(entity)['id']}/{move['name']}"), 405)
                stale = {"If-Match": '"stale"'}
                place = f"{entity.path}/{world.make(entity)['id']}"
                if machine["initial"] in move["from"]:
                    problem(world.admin.post(f"{place}/{move['name']}", headers=stale), 412)


def test_moves_are_for_whom_the_plan_allows(world: World, subtests: pytest.Subtests) -> None:
    for entity, _field, machine in machines(world) if world.plan.accounts else []:
        for move in machine["transitions"]:
            allowed = entity.allowed(f"transition:{move['name']}")
            with subtests.test(entity.name, move=move["name"]):
                place = f"{entity.path}/{world.make(entity)['id']}/{move['name']}"
                if "public" not in allowed:
                    problem(world.anonymous.post(place), 401)
                if not {"authenticated", "public", "user"} & allowed:
                    assert world.person("user", 8).post(place).status_code in {403, 404}


def test_transitions_are_named_by_verbs(world: World) -> None:
    for _entity, _field, machine in machines(world):
        states = {machine["initial"], *(move["to"] for move in machine["transitions"])}
        for move in machine["transitions"]:
            assert move["name"] not in states or move["name"].startswith("to_") or move["name"] == move["to"]
            assert move["from"]


def test_toggles(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        for name in entity.toggles if open_to_all(entity) else ():
            with subtests.test(entity.name, toggle=name):
                place = f"{entity.path}/{world.make(entity)['id']}"
                check_toggle(world, place, name)


def check_toggle(world: World, place: str, name: str) -> None:
    """On and off, as often as one likes, counted for everybody."""
    one, two = world.person("user", 0), world.person("user", 1)

    def count() -> Any:
        return ok(one.get(place))[f"{name}_count"]

    assert count() == 0
    nothing(one.put(f"{place}/{name}"))
    nothing(one.put(f"{place}/{name}"))
    assert count() == 1
    nothing(two.put(f"{place}/{name}"))
    assert count() == 2
    nothing(one.delete(f"{place}/{name}"))
    nothing(one.delete(f"{place}/{name}"))
    assert count() == 1
    problem(world.anonymous.put(f"{place}/{name}"), 401)
    gone = place.rsplit("/", 1)[0] + f"/{world.plan.nobody}"
    problem(one.put(f"{gone}/{name}"), 404)
    problem(one.patch(place, json={f"{name}_count": 5}), 422 if one.patch(place, json={}).status_code == 200 else 403)
