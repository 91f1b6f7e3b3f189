"""Answers that a request may get before its endpoint is reached."""

from collections.abc import Callable, Mapping
from typing import Any

from app.core.errors import problems

METHODS = frozenset({"get", "post", "put", "patch", "delete"})


def add_response(document: Mapping[str, Any], status: int, applies: Callable[[str, str, dict[str, Any]], bool]) -> None:
    """Document a status wherever it applies, given path, method and operation."""
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if method in METHODS and applies(path, method, operation):
                operation["responses"].setdefault(str(status), problems(status)[status])
