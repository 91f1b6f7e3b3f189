"""What tests check again and again."""

from typing import Any

import httpx

PROBLEM = "application/problem+json"


def refused(response: httpx.Response, status: int, *places: str) -> None:
    """Check that a request was refused with a problem, and that a 422 names at least these members of the body."""
    assert response.status_code == status, f"{response.request.method} {response.request.url}: {response.text}"
    assert response.headers["content-type"] == PROBLEM
    problem = response.json()
    assert problem["status"] == status
    assert {"type", "title", "detail"} <= problem.keys()
    if status == 401:
        assert response.headers["www-authenticate"].startswith("Bearer")
    if status == 422:
        assert set(places) <= wrong_members(response)


def wrong_members(response: httpx.Response) -> set[str]:
    """Return the members of the body that a 422 complains about."""
    return {str(error["loc"][1]) for error in response.json()["errors"] if len(error["loc"]) > 1}


def shows(item: dict[str, Any], expected: dict[str, Any]) -> None:
    """Check that an item shows what it was given."""
    assert {name: item.get(name) for name in expected} == expected
