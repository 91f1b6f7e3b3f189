"""Those who send requests."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import httpx

PREFIX = "/api/v1"
Item = dict[str, Any]
Body = dict[str, Any]
NOTHING: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True)
class Caller:
    """Somebody who sends requests, logged in or not; paths are below `/api/v1`."""

    client: httpx.AsyncClient
    id: Any = None
    headers: dict[str, str] = field(default_factory=dict)

    async def send(
        self,
        method: str,
        path: str,
        body: object = None,
        *,
        headers: Mapping[str, str] = NOTHING,
        query: Mapping[str, object] = NOTHING,
    ) -> httpx.Response:
        """Send a request, with a JSON body if there is one."""
        options: dict[str, Any] = {} if body is None else {"json": body}
        if query:
            options["params"] = query
        return await self.client.request(method, PREFIX + path, headers={**self.headers, **headers}, **options)

    async def get(self, path: str, /, **query: object) -> httpx.Response:
        """Read."""
        return await self.send("GET", path, query=query)

    async def post(self, path: str, body: object = None, /, **headers: str) -> httpx.Response:
        """Create, or do something."""
        return await self.send("POST", path, body, headers=_named(headers))

    async def patch(self, path: str, body: object, /, **headers: str) -> httpx.Response:
        """Change."""
        return await self.send("PATCH", path, body, headers=_named(headers))

    async def put(self, path: str) -> httpx.Response:
        """Mark."""
        return await self.send("PUT", path)

    async def delete(self, path: str, /, **headers: str) -> httpx.Response:
        """Delete, or take a mark away."""
        return await self.send("DELETE", path, headers=_named(headers))

    async def create(self, path: str, body: Body) -> Item:
        """Create something that must be accepted."""
        return _accepted(await self.post(path, body), 201)

    async def act(self, path: str) -> Item:
        """Do something that must be possible."""
        return _accepted(await self.post(path), 200)

    async def read(self, path: str, /, **query: object) -> Item:
        """Read something that must be there."""
        return _accepted(await self.get(path, **query), 200)

    async def ids(self, path: str, /, **query: object) -> list[Any]:
        """Return the ids that a list shows, in its order."""
        return [item["id"] for item in (await self.read(path, **query))["items"]]


def path_of(collection: str, item: Item) -> str:
    """Return where an item lives."""
    return f"{collection}/{item['id']}"


def _accepted(response: httpx.Response, status: int) -> Item:
    """Return the body of a request that must have succeeded."""
    assert response.status_code == status, f"{response.request.method} {response.request.url}: {response.text}"
    item: Item = response.json()
    return item


def _named(headers: dict[str, str]) -> dict[str, str]:
    """Return headers by their real names: `if_match` is `If-Match`."""
    return {name.replace("_", "-"): value for name, value in headers.items()}
