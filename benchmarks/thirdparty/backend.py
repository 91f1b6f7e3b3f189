"""The generated project on the other side of an adapter."""

from dataclasses import dataclass
from typing import Any

import httpx

Answer = tuple[int, Any]


@dataclass(frozen=True)
class Backend:
    """Requests to a generated project, on behalf of whoever has the token."""

    url: str
    client: httpx.Client

    def ask(self, method: str, path: str, token: str = "", body: object = None, **query: str | int) -> Answer:
        """Status and JSON of an answer."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        place = f"{self.url}/api/v1{path}"
        answer = self.client.request(method, place, headers=headers, params=query, json=body)
        return answer.status_code, answer.json() if answer.content else None

    def first(self, path: str, token: str = "", **query: str | int) -> dict[str, Any] | None:
        """The first item of a list, if there is one."""
        status, page = self.ask("GET", path, token, **query)
        return page["items"][0] if status == httpx.codes.OK and page["items"] else None

    def log_in(self, email: str, password: str) -> Answer:
        """The answer of the login form."""
        form = {"username": email, "password": password}
        answer = self.client.post(f"{self.url}/api/v1/auth/login", data=form)
        return answer.status_code, answer.json()
