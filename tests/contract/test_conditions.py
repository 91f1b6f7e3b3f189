"""`ETag` and `If-Match`, `Idempotency-Key`, and the order in which a request is refused."""

import pytest

from . import payloads
from .expect import nothing, ok, problem, shown
from .running import World


def test_every_item_has_an_etag_that_changes_with_it(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        with subtests.test(entity.name):
            answer = world.post(entity)
            place = f"{entity.path}/{ok(answer, 201)['id']}"
            tag = answer.headers["etag"]
            assert tag.startswith(('"', 'W/"'))
            assert world.admin.get(place).headers["etag"] == tag
            field = next(
                (f for f in entity.fields if f.type in {"string", "text"} and f.name not in entity.states), None
            )
            change = {field.name: payloads.value(field)} if field else {}
            changed = world.admin.patch(place, json=change, headers={"If-Match": tag})
            ok(changed)
            if field is None:
                continue
            assert changed.headers["etag"] != tag
            problem(world.admin.patch(place, json=change, headers={"If-Match": tag}), 412)
            problem(world.admin.delete(place, headers={"If-Match": tag}), 412)
            ok(world.admin.patch(place, json=change, headers={"If-Match": "*"}))
            latest = world.admin.get(place).headers["etag"]
            ok(world.admin.patch(place, json={}, headers={"If-Match": f'"something else", {latest}'}))
            nothing(world.admin.delete(place, headers={"If-Match": world.admin.get(place).headers["etag"]}))


def test_the_same_key_and_body_make_one_item(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        with subtests.test(entity.name):
            by, key = world.maker(entity), {"Idempotency-Key": f"key-{payloads.number()}"}
            body = world.body(entity, by=by)
            first = by.post(entity.path, json=body, headers=key)
            total = ok(world.admin.get(entity.path))["total"]
            again = by.post(entity.path, json=body, headers=key)
            assert (again.status_code, again.json()) == (201, first.json()), shown(again)
            assert again.headers["location"] == first.headers["location"]
            assert again.headers["etag"] == first.headers["etag"]
            assert ok(world.admin.get(entity.path))["total"] == total
            problem(by.post(entity.path, json={**body, "surely_unknown": 1}, headers=key), 422)


def test_a_key_is_of_its_user_and_path(world: World) -> None:
    made = set()
    for entity in world.plan.collections:
        by = world.maker(entity)
        answer = by.post(entity.path, json=world.body(entity, by=by), headers={"Idempotency-Key": "everywhere"})
        ok(answer, 201)
        made.add(answer.headers["location"])
    assert len(made) == len(world.plan.collections)


def test_refusals_come_in_order(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        with subtests.test(entity.name):
            place = f"{entity.path}/{world.make(entity)['id']}"
            bad = {"surely_unknown": 1}
            stale = {"If-Match": '"stale"'}
            if world.plan.accounts and "public" not in entity.allowed("update"):
                problem(world.anonymous.patch(place, json=bad, headers=stale), 401)
                problem(world.anonymous.patch(f"{entity.path}/{world.plan.nobody}", json=bad), 401)
                problem(world.anonymous.delete(f"{entity.path}/{world.plan.nobody}", headers=stale), 401)
            problem(world.admin.patch(f"{entity.path}/{world.plan.nobody}", json=bad, headers=stale), 404)
            stranger = world.person("user", 1)
            if world.plan.accounts and not {"authenticated", "public"} & entity.allowed("update"):
                seen = stranger.get(place).status_code == 200
                problem(stranger.patch(place, json=bad, headers=stale), 403 if seen else 404)
                problem(stranger.delete(place, headers=stale), 403 if seen else 404)
            problem(world.admin.patch(place, json=bad, headers=stale), 422)
            for relation in entity.relations:
                nobody = [world.plan.nobody] if relation.many else world.plan.nobody
                problem(world.admin.patch(place, json={relation.key: nobody}, headers=stale), 422)
            problem(world.admin.patch(place, json={}, headers=stale), 412)
