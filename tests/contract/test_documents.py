"""What is said in words that hold for the whole API: health, the document, unknown paths, wrong methods."""

import pytest

from .expect import ok, problem
from .plan import Json
from .running import World


def test_health_answers_at_the_root(world: World) -> None:
    assert world.anonymous.get(f"{world.address}/health").status_code == 200
    problem(world.anonymous.get("/health"), 404)


def test_the_document_lists_every_collection(world: World) -> None:
    document = ok(world.anonymous.get(f"{world.address}/openapi.json"))
    for entity in world.plan.collections:
        collection, item = f"/api/v1{entity.path}", f"/api/v1{entity.path}/"
        assert {"get", "post"} <= set(document["paths"][collection])
        operations = next(
            value for path, value in document["paths"].items() if path.startswith(item) and path.endswith("}")
        )
        assert {"get", "patch", "delete"} <= set(operations)
        assert "put" not in operations


def test_paths_are_plural_and_in_kebab_case(world: World) -> None:
    for entity in world.plan.collections:
        assert entity.path == f"/{entity['plural'].replace('_', '-')}"


@pytest.mark.parametrize("path", ["/nowhere", "/api/v1/nowhere", "/api/v1/nowhere/3"])
def test_an_unknown_path_is_404(world: World, path: str) -> None:
    problem(world.anonymous.get(f"{world.address}{path}"), 404)


def test_another_method_is_405_with_what_is_allowed(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        with subtests.test(entity.name):
            answer = world.admin.put(f"{entity.path}/1", json={})
            problem(answer, 405)
            assert {"GET", "PATCH", "DELETE"} <= {word.strip() for word in answer.headers["allow"].split(",")}
            answer = world.admin.delete(entity.path)
            problem(answer, 405)
            assert {"GET", "POST"} <= {word.strip() for word in answer.headers["allow"].split(",")}


def test_a_wrong_id_is_422_and_an_unknown_one_404(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        for method in ("GET", "PATCH", "DELETE"):
            with subtests.test(entity.name, method=method):
                body: Json | None = {} if method == "PATCH" else None
                problem(world.admin.request(method, f"{entity.path}/not-an-id", json=body), 422)
                for unknown in (0, -1, 987654321, 10**30) if world.plan.counts_ids else (world.plan.nobody,):
                    problem(world.admin.request(method, f"{entity.path}/{unknown}", json=body), 404)


def test_a_body_that_is_no_json_is_422(world: World, subtests: pytest.Subtests) -> None:
    for entity in world.plan.collections:
        with subtests.test(entity.name):
            headers = {"Content-Type": "application/json"}
            problem(world.admin.post(entity.path, content=b'{"a":', headers=headers), 422)
            problem(world.admin.post(entity.path, json=["a", "list"]), 422)
