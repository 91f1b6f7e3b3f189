"""A generated project, running: its server on loopback, its database in a file, and the people who call it."""

import itertools
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any, Self

import httpx

from . import payloads
from .plan import Entity, Plan, Relation

ADMIN = ("first.admin@example.com", "the first administrator 1")
ACCOUNT = {"email", "password", "role", "is_active"}
PASSWORD = "a long enough password 1"
_people = itertools.count(1)


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def settings(database: str, **more: str) -> dict[str, str]:
    """The environment that the contract names, and nothing else."""
    return {
        "PATH": os.environ["PATH"],
        "DATABASE_URL": database,
        "SECRET_KEY": "a key for tests, long enough to be accepted by anything",
        "FIRST_ADMIN_EMAIL": ADMIN[0],
        "FIRST_ADMIN_PASSWORD": ADMIN[1],
        **more,
    }


@contextmanager
def served(project: Path, environment: dict[str, str], log: Path) -> Iterator[str]:
    """The project's address while its server runs."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "app.main:app", "--port", str(port), "--log-level", "warning"]
    with (
        log.open("wb") as out,
        subprocess.Popen(command, cwd=project, env=environment, stdout=out, stderr=out) as server,
    ):
        try:
            await_health(server, f"http://127.0.0.1:{port}", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def await_health(server: subprocess.Popen[bytes], address: str, log: Path) -> None:
    """Return when the server answers; fail with its log when it died."""
    for _ in range(600):
        if server.poll() is not None:
            raise AssertionError(f"the server ended with {server.returncode}:\n{log.read_text()}")
        try:
            httpx.get(f"{address}/health", timeout=5)
        except httpx.TransportError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError(f"the server never answered:\n{log.read_text()}")


class Person(httpx.Client):
    """Somebody who calls the API: with a token, or anonymous."""

    def __init__(self, address: str, email: str = "", password: str = PASSWORD) -> None:
        super().__init__(base_url=f"{address}/api/v1", timeout=30)
        self.email, self.password = email, password
        self.tokens: dict[str, Any] = {}
        self.account: dict[str, Any] = {}

    def login(self) -> Self:
        """Log in with one's own credentials, and know one's account."""
        answer = self.post("/auth/login", data={"username": self.email, "password": self.password})
        assert answer.status_code == 200, answer.text
        self.tokens = answer.json()
        self.headers["Authorization"] = f"Bearer {self.tokens['access_token']}"
        self.account = self.get("/users/me").json()
        return self


class World:
    """A running project and what a tester knows about it."""

    def __init__(self, plan: Plan, address: str) -> None:
        self.plan, self.address = plan, address
        self._open = ExitStack()
        self.anonymous = self.someone()
        self.admin = self.someone(*ADMIN).login() if plan.accounts else self.anonymous
        self._people: dict[tuple[str, int], Person] = {}
        self._only: dict[tuple[str, str], Any] = {}
        self._turns = itertools.cycle(range(4))

    def someone(self, email: str = "", password: str = PASSWORD) -> Person:
        """A caller without a token, closed with the world."""
        return self._open.enter_context(Person(self.address, email, password))

    def close(self) -> None:
        """Close what callers hold open."""
        self._open.close()

    def registration(self) -> dict[str, Any]:
        """A body that registers somebody new."""
        profile = payloads.fields_of(self.plan.user) if self.plan.user else {}
        profile = {name: value for name, value in profile.items() if name not in ACCOUNT}
        email = f"somebody{next(_people)}@example.com"
        return {**profile, "email": email, "password": PASSWORD}

    def newcomer(self, role: str = "user") -> Person:
        """Somebody new, with an account and a role, but without a profile."""
        if not self.plan.accounts:
            return self.anonymous
        body = self.registration()
        answer = self.anonymous.post("/auth/register", json=body)
        assert answer.status_code == 201, answer.text
        person = self.someone(body["email"]).login()
        if role != "user":
            answer = self.admin.patch(f"/users/{person.account['id']}", json={"role": role})
            assert answer.status_code == 200, answer.text
        return person

    def person(self, role: str = "user", which: int = 0) -> Person:
        """One of those with a role, who is asked for again and again; they have every profile they may have."""
        if (role, which) not in self._people:
            person = self._people[role, which] = self.newcomer(role)
            for entity in self.profiles:
                self.profile(entity, person)
        return self._people[role, which]

    @property
    def profiles(self) -> list[Entity]:
        """The entities that describe a person with an account."""
        return [entity for entity in self.plan.collections if entity.kind == "profile"]

    def profile(self, entity: Entity, person: Person) -> dict[str, Any]:
        """A profile of somebody, made by the administrator."""
        body = {**self.body(entity, by=self.admin), "user_id": person.account.get("id")}
        answer = self.admin.post(entity.path, json=body)
        assert answer.status_code == 201, f"{entity.path} {body}: {answer.text}"
        made: dict[str, Any] = answer.json()
        return made

    def body(self, entity: Entity, *, by: Person | None = None, every: bool = False) -> dict[str, Any]:
        """A body that makes an item: what is stated and required, or everything that may be written."""
        body = payloads.fields_of(entity, every=every)
        bound = self.plan.bound(entity)
        for relation in entity.relations:
            if relation == bound and not self.must_name(entity, by or self.admin):
                continue
            if (every or (relation.required and relation.stated)) and relation.target != entity.name:
                keys = [self.joining(entity, relation) or self.refer(relation.target, by)]
                body[relation.key] = keys if relation.many else keys[0]
        return body

    def joining(self, entity: Entity, relation: Relation) -> Any:
        """The id of somebody new, for a membership."""
        joins = self.plan.membership is not None and entity.name == self.plan.membership.name
        return self.newcomer().account["id"] if joins and relation.target == "User" else None

    def home(self, by: Person) -> dict[str, Any]:
        """The tenant of somebody, in which all lies that they make."""
        assert self.plan.tenant is not None
        tenant = self.plan.entities[self.plan.tenant.target]
        if (tenant.name, by.email) not in self._only:
            self._only[tenant.name, by.email] = self.make(tenant, by=by)
        return dict(self._only[tenant.name, by.email])

    def must_name(self, entity: Entity, by: Person) -> bool:
        """Whether somebody has no profile that the owner could be taken from: the administrator."""
        bound = self.plan.bound(entity)
        return bool(bound and self.plan.entities[bound.target].kind == "profile" and by is self.admin)

    def refer(self, name: str, by: Person | None = None) -> Any:
        """The id of a new item to point to; of an account, a new one. Where there are tenants, all is in one."""
        entity = self.plan.entities[name]
        if self.plan.tenant is not None and name in (self.plan.tenant.target, "User"):
            whose = by if by is not None and by.account else self.admin
            return whose.account["id"] if name == "User" else self.home(whose)["id"]
        if entity.kind == "user":
            return self.person("user", 90 + next(self._turns)).account["id"]
        mine = entity.kind != "profile" and "owner" in entity.allowed("update") and may_make(entity)
        if not mine or by is None or not by.account or by is self.admin:
            return self.make(entity)["id"]
        if not self.alone(entity):
            return self.make(entity, by=by)["id"]
        if (entity.name, by.email) not in self._only:
            self._only[entity.name, by.email] = self.make(entity, by=by)["id"]
        return self._only[entity.name, by.email]

    def maker(self, entity: Entity) -> Person:
        """The administrator, who may make anything; or somebody new, where everybody has only one such item."""
        return self.newcomer() if self.alone(entity) else self.admin

    def alone(self, entity: Entity) -> bool:
        """Whether everybody has only one such item."""
        bound = self.plan.bound(entity)
        return bound is not None and bound.unique and entity.kind != "profile"

    def post(
        self, entity: Entity, *, by: Person | None = None, given: dict[str, Any] | None = None, every: bool = False
    ) -> httpx.Response:
        """The answer to a valid body."""
        maker = by or self.maker(entity)
        return maker.post(entity.path, json={**self.body(entity, by=maker, every=every), **(given or {})})

    def make(
        self, entity: Entity, *, by: Person | None = None, given: dict[str, Any] | None = None, every: bool = False
    ) -> dict[str, Any]:
        """A new item."""
        answer = self.post(entity, by=by, given=given, every=every)
        assert answer.status_code == 201, (
            f"{entity.path} {answer.request.content!r}: {answer.status_code} {answer.text}"
        )
        made: dict[str, Any] = answer.json()
        return made

    def referable(self, entity: Entity) -> bool:
        """Whether anybody with an account may see all that a new item points to."""
        seen = [self.plan.entities[r.target] for r in entity.relations if r.required and r.stated]
        return all(open_to_all(target) or target.kind in {"user", "profile"} or own(target) for target in seen)


def open_to_all(entity: Entity) -> bool:
    """Whether anybody with an account may read it."""
    return bool({"authenticated", "public"} & entity.allowed("read")) and not entity.conditional("read")


def own(entity: Entity) -> bool:
    """Whether people make and read their own."""
    return may_make(entity) and "owner" in entity.allowed("update") & entity.allowed("read")


def may_make(entity: Entity) -> bool:
    """Whether anybody with an account may make one."""
    return bool({"authenticated", "public", "owner"} & entity.allowed("create"))
