"""Every promised operation with what it does and who may call it, in words."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity
from codebegen.documentation.words import callers

PREFIX = "/api/v1"

_FIXED = {
    ("POST", "/auth/register"): ("create an account", "anyone"),
    ("POST", "/auth/login"): ("log in: e-mail and password for tokens", "anyone"),
    ("POST", "/auth/refresh"): ("a refresh token for new tokens", "anyone"),
    ("POST", "/auth/logout"): ("end this login", "any account"),
    ("GET", "/users/me"): ("read one's own account", "any account"),
    ("PATCH", "/users/me"): ("change one's own account", "any account"),
    ("GET", "/users"): ("list accounts", "administrator"),
    ("GET", "/users/{}"): ("read an account", "administrator"),
    ("PATCH", "/users/{}"): ("change role, or whether it may log in", "administrator"),
}
_COLLECTION = {"GET": "list", "POST": "create"}
_ITEM = {"GET": "read", "PATCH": "update", "DELETE": "delete"}


class Operation(Protocol):
    """What is needed of a promised operation."""

    @property
    def method(self) -> str:
        """In capitals."""
        ...

    @property
    def path(self) -> str:
        """As in OpenAPI."""
        ...

    @property
    def access(self) -> str:
        """`public` or `protected`."""
        ...


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One row of the table; `entity` and `operation` (as in permissions) where it is about rows of one."""

    method: str
    path: str
    does: str
    callers: str
    entity: str = ""
    operation: str = ""


def endpoints(blueprint: Blueprint, operations: Iterable[Operation]) -> tuple[Endpoint, ...]:
    """The operations in their order, each explained."""
    collections = {entity.path: entity for entity in blueprint.entities}
    return tuple(_endpoint(blueprint, collections, operation) for operation in operations)


def _endpoint(blueprint: Blueprint, collections: dict[str, Entity], operation: Operation) -> Endpoint:
    local = operation.path.removeprefix(PREFIX)
    fixed = _FIXED.get((operation.method, re.sub(r"\{[^}]*\}", "{}", local)))
    if fixed:
        return Endpoint(operation.method, operation.path, *fixed)
    for entity, name, does in _meanings(collections, operation.method, local):
        who = callers(entity.permission(name), accounts=blueprint.has_accounts)
        return Endpoint(operation.method, operation.path, does, who, entity.name, name)
    who = "anyone" if operation.access == "public" else "any account, as the rules allow"
    does = "whether the service and its database are well" if local == "/health" else "see the OpenAPI document"
    return Endpoint(operation.method, operation.path, does, who)


def _meanings(collections: dict[str, Entity], method: str, path: str) -> Iterator[tuple[Entity, str, str]]:
    """(entity, operation, words) of a path below a collection; nothing for any other path."""
    match = re.fullmatch(r"(/[^{}]+?)(/\{[^}]*\})?(/[^{}/]+)?", path)
    entity = collections.get(match[1]) if match else None
    if match is None or entity is None:
        return
    row = naming.title(entity.name).lower()
    rows = entity.plural.replace("_", " ")
    if match[2] is None:
        if match[3] is None and method in _COLLECTION:
            yield entity, _COLLECTION[method], {"GET": f"list {rows}", "POST": f"create a {row}"}[method]
    elif match[3] is None:
        yield entity, _ITEM.get(method, "read"), f"{_ITEM.get(method, 'read')} a {row}"
    else:
        yield from _below(collections, entity, method, match[3].removeprefix("/"))


def _below(collections: dict[str, Entity], entity: Entity, method: str, name: str) -> Iterator[tuple[Entity, str, str]]:
    row = naming.title(entity.name).lower()
    words, verb = name.replace("-", " "), name.replace("-", "_")
    child = collections.get(f"/{name}")
    if child is not None and method in _COLLECTION:
        yield child, _COLLECTION[method], {"GET": f"list its {words}", "POST": "create one below it"}[method]
    elif method == "POST" and name == "restore" and entity.soft_delete:
        yield entity, "delete", f"bring a deleted {row} back"
    elif method == "POST":
        yield entity, f"transition:{verb}", f"{words} a {row}"
    elif method in ("PUT", "DELETE"):
        yield entity, f"action:{verb}", f"{'set' if method == 'PUT' else 'take back'} one's {words}"
