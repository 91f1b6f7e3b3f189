"""The OpenAPI document against the promise."""

from collections.abc import Callable
from typing import Any

import pytest

from codebegen.verify.expected import ExpectedApi, ExpectedEntity, ExpectedOperation
from codebegen.verify.structure import compare

BEARER: list[dict[str, list[str]]] = [{"bearer": []}]
Change = Callable[[dict[str, Any]], Any]


def document() -> dict[str, Any]:
    item = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/CarRead"}}}}
    write = {"anyOf": [{"$ref": "#/components/schemas/CarWrite"}, {"type": "null"}]}
    return {
        "paths": {
            "/api/v1/cars": {
                "get": {"responses": {}},
                "post": {
                    "security": BEARER,
                    "requestBody": {"content": {"application/json": {"schema": write}}},
                    "responses": {"201": item},
                },
            },
            "/api/v1/cars/{car_id}": {
                "get": {"responses": {"200": item}},
                "patch": {"security": BEARER, "responses": {"200": item}},
            },
        },
        "components": {
            "schemas": {
                "CarWrite": {"properties": {"plate": {}}},
                "CarRead": {"allOf": [{"$ref": "#/components/schemas/CarWrite"}, {"properties": {"id": {}}}]},
            }
        },
    }


PROMISE = ExpectedApi(
    operations=(
        ExpectedOperation("GET", "/api/v1/cars", "public"),
        ExpectedOperation("POST", "/api/v1/cars", "protected"),
        ExpectedOperation("GET", "/api/v1/cars/{id}", "public"),
        ExpectedOperation("PATCH", "/api/v1/cars/{id}", "protected"),
    ),
    entities=(ExpectedEntity("Car", "/api/v1/cars", ("id", "plate"), ("plate",)),),
)


def test_a_kept_promise_is_silent() -> None:
    assert list(compare(PROMISE, document())) == []


@pytest.mark.parametrize(
    ("change", "place", "words", "severity"),
    [
        (lambda d: d["paths"]["/api/v1/cars"].pop("post"), "POST /api/v1/cars", "missing", "error"),
        (lambda d: d["paths"]["/api/v1/cars"]["post"].pop("security"), "POST /api/v1/cars", "no security", "error"),
        (
            lambda d: d["paths"]["/api/v1/cars"]["post"].update(security=[*BEARER, {}]),
            "POST /api/v1/cars",
            "no security",
            "error",
        ),
        (lambda d: d["paths"]["/api/v1/cars/{car_id}"].update(put={}), "PUT /api/v1/cars/{}", "PATCH", "error"),
        (lambda d: d["paths"].update({"/x": {"get": {}}}), "GET /x", "does not ask", "warning"),
        (
            lambda d: d["components"]["schemas"]["CarRead"]["allOf"].pop(),
            "GET /api/v1/cars/{id}",
            "Car.id is not shown",
            "error",
        ),
        (
            lambda d: d["components"]["schemas"]["CarWrite"]["properties"].clear(),
            "POST /api/v1/cars",
            "Car.plate can't be written",
            "error",
        ),
    ],
)
def test_a_broken_promise_is_found(change: Change, place: str, words: str, severity: str) -> None:
    changed = document()
    change(changed)
    found = [item for item in compare(PROMISE, changed) if item.place == place and words in item.message]
    assert [item.severity for item in found] == [severity]


def test_security_of_the_whole_document_counts() -> None:
    changed = document() | {"security": BEARER}
    del changed["paths"]["/api/v1/cars"]["post"]["security"]
    assert list(compare(PROMISE, changed)) == []


def test_a_document_that_refers_to_itself_ends() -> None:
    changed = document()
    changed["components"]["schemas"]["CarRead"] = {"$ref": "#/components/schemas/CarRead"}
    assert any("Car.id" in item.message for item in compare(PROMISE, changed))
