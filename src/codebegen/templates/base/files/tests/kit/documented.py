"""No answer without a word about it in the OpenAPI document: every request of every test is checked."""

import re
from typing import Any

import httpx

from tests.kit.callers import PREFIX

PARAMETER = re.compile(r"\\\{\w+\\\}")


class Document:
    """Which statuses are foreseen, by path and method."""

    def __init__(self, paths: dict[str, dict[str, Any]]) -> None:
        """Read the paths of a document; those without parameters are asked first."""
        below = (path for path in paths if path.startswith(PREFIX))
        plain_first = sorted(below, key=lambda path: path.count("{"))
        self._paths = [(re.compile(PARAMETER.sub("[^/]+", re.escape(path))), paths[path]) for path in plain_first]

    async def check(self, response: httpx.Response) -> None:
        """Check one answer, unless there is no such path or method, or a test makes the application fail."""
        request = response.request
        operations = next((known for path, known in self._paths if path.fullmatch(request.url.path)), {})
        operation = operations.get(request.method.lower())
        if operation is not None and not response.is_server_error:
            said = f"{request.method} {request.url.path} does not say that it answers {response.status_code}"
            assert str(response.status_code) in operation["responses"], said
