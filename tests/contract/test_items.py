"""Making, reading, changing and deleting an item: what the contract says of every entity."""

import copy
import json
from typing import Any

import pytest

from . import payloads
from .expect import nothing, ok, problem
from .plan import Entity
from .running import World

STAMPS = {"id", "created_at", "updated_at"}


def is_date_time(text: str) -> bool:
    """Whether it is UTC with `Z`."""
    return text.endswith("Z") and "T" in text


def same(field: Any, sent: Any, got: Any) -> bool:
    """Whether what came back is what was written."""
    if field.type in {"decimal", "money"}:
        return isinstance(got, str) and float(got) == float(sent)
    if field.type == "datetime":
        return is_date_time(got) and got[:19] == sent[:19]
    if field.type == "phone":
        return isinstance(got, str)
    return bool(got == sent)


def test_what_was_written_comes_back(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        with subtests.test(entity.name):
            answer = world.post(entity, every=True)
            body, item = json.loads(answer.request.content), ok(answer, 201)
            assert set(item) >= STAMPS
            assert is_date_time(item["created_at"])
            assert is_date_time(item["updated_at"])
            place = answer.headers["location"].removeprefix(world.address)
            assert place == f"/api/v1{entity.path}/{item['id']}"
            read = ok(world.admin.get(world.address + place))
            assert read == item
            for field in entity.fields:
                if field.name in body:
                    assert same(field, body[field.name], item[field.name]), (field.name, body, item)
            for relation in entity.relations:
                if relation.key in body and not relation.many:
                    assert item[relation.key] == body[relation.key]


def test_the_stated_required_fields_are_enough(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        with subtests.test(entity.name):
            item = world.make(entity)
            for field in entity.fields:
                assert field.name in item
                if field["default"] is not None and field.name not in entity.states and not field["required"]:
                    assert str(item[field.name]) == str(field["default"]) or field.type in {"decimal", "money"}


def test_a_missing_required_field_is_422(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        body = world.body(entity)
        for name in body:
            with subtests.test(entity.name, without=name):
                answer = world.admin.post(entity.path, json={k: v for k, v in body.items() if k != name})
                places = problem(answer, 422)["errors"]
                assert name in str(places)


def test_unknown_and_read_only_fields_are_422(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        item = world.make(entity)
        body = world.body(entity)
        for name, sent in {
            "id": 5,
            "created_at": item["created_at"],
            "updated_at": item["updated_at"],
            "surely_unknown": 1,
            **{field: machine["initial"] for field, machine in entity.states.items()},
        }.items():
            with subtests.test(entity.name, field=name):
                problem(world.admin.post(entity.path, json={**body, name: sent}), 422)
                problem(world.admin.patch(f"{entity.path}/{item['id']}", json={name: sent}), 422)


def test_patch_changes_what_is_there_and_nothing_else(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        item = world.make(entity, every=True)
        place = f"{entity.path}/{item['id']}"
        assert ok(world.admin.patch(place, json={}))["id"] == item["id"]
        for field in changeable(entity):
            with subtests.test(entity.name, field=field.name):
                before = ok(world.admin.get(place))
                sent = payloads.value(field)
                after = ok(world.admin.patch(place, json={field.name: sent}))
                assert same(field, sent, after[field.name])
                computed = {name for name in after if name not in before or name not in item}
                apart = {field.name, "updated_at"} | computed
                assert {k: v for k, v in after.items() if k not in apart} == {
                    k: v for k, v in before.items() if k not in apart
                }


def changeable(entity: Entity) -> list[Any]:
    """The fields that stand alone: no rule ties them to others."""
    tied = str(entity["rules"])
    return [f for f in entity.fields if f.name not in entity.states and f"'{f.name}'" not in tied]


def test_null_clears_or_is_refused(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        item = world.make(entity, every=True)
        for field in changeable(entity):
            with subtests.test(entity.name, field=field.name):
                answer = world.admin.patch(f"{entity.path}/{item['id']}", json={field.name: None})
                if field["required"] or (field["default"] is not None):
                    problem(answer, 422)
                else:
                    assert ok(answer)[field.name] is None


def test_values_of_a_wrong_type_are_422(world: World, subtests: pytest.Subtests) -> None:
    wrong: dict[str, list[Any]] = {
        "string": [5, ["a"], {}, True],
        "text": [5],
        "integer": ["many", 1.5, []],
        "decimal": ["much", [], "NaN", "Infinity"],
        "money": ["much", {}, "NaN"],
        "float": ["much", []],
        "boolean": ["perhaps", 7],
        "date": ["yesterday", "2024-13-01", "01.02.2024"],
        "datetime": ["2024-01-01T10:00:00", "soon", "2024-01-01"],
        "time": ["25:00:00", "noon"],
        "enum": ["not_one_of_these", 3],
        "email": ["not an e-mail"],
        "url": ["not a url", "javascript:alert(1)"],
        "uuid": ["not-a-uuid"],
        "duration": ["long"],
        "list": ["text", {"a": 1}],
    }
    for entity in world.plan.collections:
        body = world.body(entity)
        for field in (field for field in entity.fields if field.name not in entity.states):
            for sent in wrong.get(field.type, []):
                with subtests.test(entity.name, field=field.name, sent=sent):
                    problem(world.admin.post(entity.path, json={**body, field.name: sent}), 422)


def test_a_required_text_is_not_blank_and_bounds_hold(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        body = world.body(entity)
        for field in (field for field in entity.fields if field.name not in entity.states):
            for sent in beyond(field):
                with subtests.test(entity.name, field=field.name, sent=sent):
                    problem(world.admin.post(entity.path, json={**body, field.name: sent}), 422)


def beyond(field: Any) -> list[Any]:
    """Values outside the bounds that the plan states."""
    out: list[Any] = []
    if field.type in {"integer", "duration", "decimal", "money", "float"}:
        out += (
            []
            if field["min"] is None
            else [float(field["min"]) - 1 if field.type == "float" else int(float(field["min"])) - 1]
        )
        out += [] if field["max"] is None else [int(float(field["max"])) + 1]
    if field.type in {"string", "text"}:
        out += [] if field["max_length"] is None else ["x" * (field["max_length"] + 1)]
        out += [] if not field["min_length"] else ["x" * (field["min_length"] - 1)]
    return out


def test_a_unique_value_is_taken_once(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        for field in (field for field in entity.fields if field["unique"]):
            with subtests.test(entity.name, field=field.name):
                sent = payloads.value(field)
                first = world.make(entity, given={field.name: sent})
                again = world.admin.post(entity.path, json={**world.body(entity), field.name: sent})
                problem(again, 409)
                other = world.make(entity, given={field.name: payloads.value(field)})
                problem(world.admin.patch(f"{entity.path}/{other['id']}", json={field.name: sent}), 409)
                ok(world.admin.patch(f"{entity.path}/{first['id']}", json={field.name: sent}))


def test_what_is_unique_together_is_taken_once(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        keys = {relation.name: relation.key for relation in entity.relations}
        bound = world.plan.bound(entity)
        for together in entity["unique_together"]:
            names = [keys.get(name, name) for name in together if bound is None or name != bound.name]
            with subtests.test(entity.name, together=names):
                by = world.person() if world.plan.accounts and bound else world.admin
                first = world.make(entity, by=by)
                sent = {name: copy.deepcopy(first[name]) for name in names}
                problem(by.post(entity.path, json={**world.body(entity, by=by), **sent}), 409)


def test_delete_is_204_then_404(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        with subtests.test(entity.name):
            place = f"{entity.path}/{world.make(entity)['id']}"
            nothing(world.admin.delete(place))
            problem(world.admin.get(place), 404)
            problem(world.admin.delete(place), 404)
            problem(world.admin.patch(place, json={}), 404)


def test_soft_deleted_comes_back_by_restore_and_only_where_stated(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        with subtests.test(entity.name):
            item = world.make(entity)
            place = f"{entity.path}/{item['id']}"
            nothing(world.admin.delete(place))
            restored = world.admin.post(f"{place}/restore")
            if not entity["soft_delete"]:
                problem(restored, 404)
                continue
            assert ok(restored)["id"] == item["id"]
            assert ok(world.admin.get(place))["id"] == item["id"]


def test_what_is_unique_is_so_among_the_living(world: World, subtests: pytest.Subtests) -> None:
    for entity in (entity for entity in world.plan.collections if entity["soft_delete"]):
        for field in (field for field in entity.fields if field["unique"]):
            with subtests.test(entity.name, field=field.name):
                sent = payloads.value(field)
                first = world.make(entity, given={field.name: sent})
                nothing(world.admin.delete(f"{entity.path}/{first['id']}"))
                world.make(entity, given={field.name: sent})
                problem(world.admin.post(f"{entity.path}/{first['id']}/restore"), 409)


def test_numbers_of_fixed_scale_and_moments_have_one_form(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        for field in entity.fields:
            if field.type in {"decimal", "money"} and payloads.bounds(field)[1] is None:
                with subtests.test(entity.name, field=field.name):
                    shown = [world.make(entity, given={field.name: sent})[field.name] for sent in (7, "7", 7.5, "7.5")]
                    scale = len(shown[0].partition(".")[2])
                    assert scale > 0
                    assert shown == [f"{float(text):.{scale}f}" for text in ("7", "7", "7.5", "7.5")]
            if field.type == "datetime" and f"'{field.name}'" not in str(entity["rules"]):
                with subtests.test(entity.name, field=field.name):
                    item = world.make(entity, given={field.name: "2034-05-06T01:30:00+02:00"})
                    assert item[field.name][:19] == "2034-05-05T23:30:00"
                    assert is_date_time(item[field.name])
