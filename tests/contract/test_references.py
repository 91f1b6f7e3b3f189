"""References: written as keys, read as keys or short objects, guarded, and what becomes of them on delete."""

from typing import Any

import pytest

from .expect import items, nothing, ok, problem
from .plan import Entity, Relation
from .running import World


def test_a_missing_reference_is_422(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        bound = world.plan.bound(entity)
        for relation in entity.relations:
            if relation == bound:
                continue
            with subtests.test(entity.name, key=relation.key):
                body = world.body(entity)
                nobody = [world.plan.nobody] if relation.many else world.plan.nobody
                problem(world.admin.post(entity.path, json={**body, relation.key: nobody}), 422)
                item = ok(world.admin.post(entity.path, json=body), 201)
                problem(world.admin.patch(f"{entity.path}/{item['id']}", json={relation.key: nobody}), 422)


def test_a_set_of_references_is_replaced_and_read_as_short_objects(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        for relation in (relation for relation in entity.relations if relation.many):
            with subtests.test(entity.name, key=relation.key):
                one, two, three = (world.refer(relation.target) for _ in range(3))
                item = world.make(entity, given={relation.key: [one, two]})
                assert [other["id"] for other in item[relation.name]] == [one, two]
                place = f"{entity.path}/{item['id']}"
                changed = ok(world.admin.patch(place, json={relation.key: [three]}))
                assert [other["id"] for other in changed[relation.name]] == [three]
                assert "email" not in changed[relation.name][0]
                assert ok(world.admin.patch(place, json={relation.key: []}))[relation.name] == []
                problem(world.admin.patch(place, json={relation.key: [three, world.plan.nobody]}), 422)
                assert ok(world.admin.get(place))[relation.name] == []
                listed = ok(world.admin.get(entity.path, params={"sort": "-id", "limit": 1}))["items"]
                assert listed[0][relation.name] == []


def test_an_optional_reference_is_cleared_by_null_and_by_delete(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        bound = world.plan.bound(entity)
        for relation in entity.relations:
            target = world.plan.entities[relation.target]
            if relation.required or relation.many or relation == bound or relation.name == "user":
                continue
            with subtests.test(entity.name, key=relation.key):
                item = world.make(entity, given={relation.key: world.refer(relation.target)})
                place = f"{entity.path}/{item['id']}"
                assert ok(world.admin.patch(place, json={relation.key: None}))[relation.key] is None
                if target.kind == "user":
                    continue
                other = world.refer(relation.target)
                ok(world.admin.patch(place, json={relation.key: other}))
                nothing(world.admin.delete(f"{target.path}/{other}"))
                assert ok(world.admin.get(place))[relation.key] is None


def test_a_required_reference_cannot_be_cleared(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        bound = world.plan.bound(entity)
        for relation in entity.relations:
            if relation.required and not relation.many and relation != bound:
                with subtests.test(entity.name, key=relation.key):
                    item = world.make(entity)
                    problem(world.admin.patch(f"{entity.path}/{item['id']}", json={relation.key: None}), 422)


def test_delete_takes_children_along_or_is_refused(world: World, subtests: pytest.Subtests) -> None:
    for entity, relation in required(world):
        target = world.plan.entities[relation.target]
        if target["soft_delete"]:
            continue
        with subtests.test(entity.name, key=relation.key):
            item = world.make(entity)
            place, parent = f"{entity.path}/{item['id']}", f"{target.path}/{item[relation.key]}"
            answer = world.admin.delete(parent)
            if answer.status_code == 409 and not entity.name.startswith(target.name):
                problem(answer, 409)
                ok(world.admin.get(place))
                ok(world.admin.get(parent))
            else:
                nothing(answer)
                problem(world.admin.get(place), 404)
                problem(world.admin.get(parent), 404)


def test_parts_of_what_is_softly_deleted_come_back_with_it(world: World, subtests: pytest.Subtests) -> None:
    for entity, relation in required(world):
        target = world.plan.entities[relation.target]
        with subtests.test(entity.name, key=relation.key):
            item = world.make(entity)
            whole = uppermost(world, entity, item)
            if whole is None:
                continue
            nothing(world.admin.delete(whole))
            if entity.name.startswith(target.name):
                problem(world.admin.get(f"{entity.path}/{item['id']}"), 404)
                assert item["id"] not in [other["id"] for other in items(world.admin.get(entity.path))]
            ok(world.admin.post(f"{whole}/restore"))
            assert ok(world.admin.get(f"{entity.path}/{item['id']}")) == item


def required(world: World) -> list[tuple[Entity, Relation]]:
    """Relations without which an item can't be, but for those to accounts."""
    pairs = [(entity, relation) for entity in world.plan.collections for relation in entity.relations]
    return [(e, r) for e, r in pairs if r.required and not r.many and world.plan.entities[r.target].kind != "user"]


def uppermost(world: World, entity: Entity, item: dict[str, Any]) -> str | None:
    """The place of what an item is a part of, however deep, and what is softly deleted."""
    for holder, relation in required(world):
        target = world.plan.entities[relation.target]
        if holder.name != entity.name:
            continue
        if target["soft_delete"]:
            return f"{target.path}/{item[relation.key]}"
        above = uppermost(world, target, ok(world.admin.get(f"{target.path}/{item[relation.key]}")))
        if above is not None and entity.name.startswith(target.name):
            return above
    return None
