"""Lists: the envelope, paging, sorting, searching and filtering."""

from typing import Any

import pytest

from . import payloads
from .expect import items, ok, problem
from .plan import Entity, Field
from .running import World

ORDERED = {"integer", "decimal", "money", "float", "date", "datetime", "time", "duration"}
PARAMETERS = {"limit", "offset", "sort", "q"}


def parameter(name: str, suffix: str = "") -> str:
    """The parameter that filters by a field."""
    return f"{name}_is" if not suffix and name in PARAMETERS else name + suffix


def three(world: World, entity: Entity) -> list[dict[str, Any]]:
    """Three items with every field."""
    return [world.make(entity, every=True) for _ in range(3)]


def test_the_envelope(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        with subtests.test(entity.name):
            made = three(world, entity)
            whole = ok(world.admin.get(entity.path))
            assert set(whole) == {"items", "total", "limit", "offset"}
            assert (whole["limit"], whole["offset"]) == (20, 0)
            assert whole["total"] >= 3
            page = ok(world.admin.get(entity.path, params={"limit": 1, "offset": whole["total"] - 2}))
            assert (len(page["items"]), page["total"], page["limit"]) == (1, whole["total"], 1)
            assert page["items"][0]["id"] == made[-2]["id"], "the default order is by id"
            beyond = ok(world.admin.get(entity.path, params={"offset": 10_000}))
            assert beyond["items"] == []
            assert beyond["total"] == whole["total"]


def test_parameters_out_of_bounds_or_unknown_are_422(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        for sent in (
            {"limit": 0},
            {"limit": 101},
            {"limit": "x"},
            {"offset": -1},
            {"surely_unknown": 1},
            {"sort": "surely_unknown"},
            {"sort": "-"},
            {"sort": "id,,id"},
        ):
            with subtests.test(entity.name, sent=sent):
                problem(world.admin.get(entity.path, params=sent), 422)
        ok(world.admin.get(entity.path, params={"limit": 100}))


def test_sorting(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        made = three(world, entity)
        total = ok(world.admin.get(entity.path))["total"]
        with subtests.test(entity.name):
            newest = items(world.admin.get(entity.path, params={"sort": "-id", "limit": 3}))
            assert [item["id"] for item in newest] == [item["id"] for item in made][::-1]
            newest = items(world.admin.get(entity.path, params={"sort": "-created_at,-id", "limit": 3}))
            assert [item["id"] for item in newest] == [item["id"] for item in made][::-1]
        for field in (field for field in entity.fields if field.type in ORDERED | {"string"}):
            with subtests.test(entity.name, field=field.name):
                listed = items(world.admin.get(entity.path, params={"sort": f"-{field.name},id", "limit": 100}))
                values = [number(field, item) for item in listed if item[field.name] is not None]
                assert values == sorted(values, reverse=True)
                assert len(listed) == min(total, 100)


def number(field: Field, item: dict[str, Any]) -> Any:
    """What a value is sorted by."""
    return float(item[field.name]) if field.type in {"decimal", "money"} else item[field.name]


def test_every_field_filters(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        made = three(world, entity)
        for field in entity.fields:
            if (
                field.type in {"text", "json", "list", "geo", "password", "file", "image"}
                or made[1][field.name] is None
            ):
                continue
            with subtests.test(entity.name, field=field.name):
                wanted = made[1][field.name]
                sent = str(wanted).lower() if isinstance(wanted, bool) else wanted
                listed = items(world.admin.get(entity.path, params={parameter(field.name): sent, "sort": "-id"}))
                assert made[1]["id"] in [item["id"] for item in listed]
                assert {str(item[field.name]) for item in listed} == {str(wanted)}


def test_references_filter(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        made = three(world, entity)
        for relation in entity.relations:
            if relation.many or made[1][relation.key] is None:
                continue
            with subtests.test(entity.name, key=relation.key):
                wanted = made[1][relation.key]
                listed = items(world.admin.get(entity.path, params={relation.key: wanted, "sort": "-id"}))
                assert made[1]["id"] in [item["id"] for item in listed]
                assert {item[relation.key] for item in listed} == {wanted}
                problem(world.admin.get(entity.path, params={relation.key: "not-an-id"}), 422)


def test_ranges(world: World, subtests: pytest.Subtests) -> None:
    stamps = [Field({"name": name, "type": "datetime"}) for name in ("created_at", "updated_at")]
    for entity in world.plan.collections:
        made = three(world, entity)
        for field in [*entity.fields, *stamps]:
            if field.type not in ORDERED - {"time"} or made[0][field.name] is None:
                continue
            with subtests.test(entity.name, field=field.name):
                least, most = sorted(
                    (item[field.name] for item in made[:2]), key=float if field.type in {"decimal", "money"} else None
                )
                sent = {parameter(field.name, "_min"): least, parameter(field.name, "_max"): most, "sort": "-id"}
                listed = items(world.admin.get(entity.path, params=sent))
                assert {made[0]["id"], made[1]["id"]} <= {item["id"] for item in listed}
                low, high = number(field, {field.name: least}), number(field, {field.name: most})
                assert all(low <= number(field, item) <= high for item in listed)
                problem(world.admin.get(entity.path, params={parameter(field.name, "_min"): "nonsense"}), 422)


def test_a_filter_of_a_wrong_type_is_422(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        for field in entity.fields:
            if field.type in ORDERED | {"enum", "boolean", "uuid"}:
                with subtests.test(entity.name, field=field.name):
                    problem(world.admin.get(entity.path, params={parameter(field.name): "not~valid"}), 422)


def test_q_finds_words_anywhere_in_a_text(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        for field in entity.fields:
            if field.type not in {"string", "text"} or (field["max_length"] or 99) < 12:
                continue
            with subtests.test(entity.name, field=field.name):
                sought = f"Zq{payloads.word(payloads.number())}ÉЖ"
                item = world.make(entity, given={field.name: f"{sought}"})
                listed = items(world.admin.get(entity.path, params={"q": sought.lower()}))
                assert [found["id"] for found in listed] == [item["id"]]
        with subtests.test(entity.name):
            assert items(world.admin.get(entity.path, params={"q": "100%_surely\\nowhere'"})) == []


def test_children_are_listed_and_made_below_their_parent(world: World, subtests: pytest.Subtests) -> None:
    for entity, relation, parent in world.plan.children():
        if entity is world.plan.membership:  # a tenant has a member from its first moment
            continue
        with subtests.test(entity.name, parent=parent.name):
            mother, other = world.make(parent), world.make(parent)
            body = {k: v for k, v in world.body(entity).items() if k != relation.key}
            place = f"{parent.path}/{mother['id']}{entity.path}"
            answer = world.admin.post(place, json=body)
            child = ok(answer, 201)
            assert child[relation.key] == mother["id"]
            assert answer.headers["location"].endswith(f"/api/v1{entity.path}/{child['id']}")
            listed = ok(world.admin.get(place))
            assert ([item["id"] for item in listed["items"]], listed["total"]) == ([child["id"]], 1)
            assert items(world.admin.get(f"{parent.path}/{other['id']}{entity.path}")) == []
            problem(world.admin.get(f"{parent.path}/{world.plan.nobody}{entity.path}"), 404)
            problem(world.admin.post(f"{parent.path}/{world.plan.nobody}{entity.path}", json=body), 404)
            problem(world.admin.get(place, params={"surely_unknown": 1}), 422)
            problem(world.admin.post(place, json={**body, relation.key: other["id"]}), 422)
