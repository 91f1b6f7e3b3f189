"""What the blueprint promises of the HTTP API, as plain facts that the compiler fills in."""

from dataclasses import dataclass
from typing import Literal

Access = Literal["public", "protected"]


@dataclass(frozen=True, slots=True)
class ExpectedOperation:
    """One operation: `method` in capitals, `path` as in OpenAPI (parameter names do not matter)."""

    method: str
    path: str
    access: Access


@dataclass(frozen=True, slots=True)
class ExpectedEntity:
    """One collection: the fields an item shows, and those a `POST` takes (empty where there is no `POST`)."""

    name: str
    collection: str
    readable: tuple[str, ...]
    writable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExpectedApi:
    """The whole promise. `login` is the path of the password form, or nothing where there are no accounts."""

    operations: tuple[ExpectedOperation, ...]
    entities: tuple[ExpectedEntity, ...] = ()
    login: str = ""
