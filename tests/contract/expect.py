"""What every answer of a kind looks like."""

from typing import Any

import httpx


def problem(answer: httpx.Response, status: int) -> dict[str, Any]:
    """An error by RFC 9457, with the status that was expected."""
    assert answer.status_code == status, shown(answer)
    assert answer.headers["content-type"].startswith("application/problem+json"), shown(answer)
    body: dict[str, Any] = answer.json()
    assert {"type", "title", "status", "detail"} <= set(body), shown(answer)
    assert body["status"] == status
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")
    if status == 422:
        assert body["errors"], "422 names no place"
        assert all(isinstance(error, dict) for error in body["errors"])
    if status == 429:
        assert int(answer.headers["retry-after"]) >= 0
    return body


def ok(answer: httpx.Response, status: int = 200) -> dict[str, Any]:
    """An answer with an object, and the status that was expected."""
    assert answer.status_code == status, shown(answer)
    body: dict[str, Any] = answer.json()
    return body


def nothing(answer: httpx.Response) -> None:
    """204 and no body."""
    assert answer.status_code == 204, shown(answer)
    assert answer.content == b""


def items(answer: httpx.Response) -> list[dict[str, Any]]:
    """The items of a list."""
    listed: list[dict[str, Any]] = ok(answer)["items"]
    return listed


def shown(answer: httpx.Response) -> str:
    """An answer in words, for a failure."""
    request = answer.request
    place = f"{request.method} {request.url} {request.content[:400]!r}"
    return f"{place} -> {answer.status_code} {answer.headers.get('content-type')} {answer.text[:600]}"
