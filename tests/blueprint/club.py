"""A blueprint in which everything is right, and short words for ways to make it wrong."""

from collections.abc import Callable
from typing import Any

Data = dict[str, Any]


def event() -> Data:
    """A small blueprint in which everything is right."""
    return {
        "name": "club",
        "features": [{"key": "auth"}],
        "roles": [{"name": "editor"}],
        "entities": [
            {"name": "User", "kind": "user"},
            {
                "name": "Event",
                "fields": [
                    {"name": "title", "max_length": 80},
                    {"name": "starts_at", "type": "datetime"},
                    {"name": "ends_at", "type": "datetime"},
                    {"name": "seats", "type": "integer", "min": 1},
                    {"name": "status", "type": "enum", "values": ["draft", "live"]},
                ],
                "relations": [{"name": "host", "kind": "many_to_one", "target": "User"}],
                "owner": "host",
                "state_machines": [
                    {
                        "field": "status",
                        "initial": "draft",
                        "transitions": [{"name": "publish", "from": ["draft"], "to": "live"}],
                    }
                ],
                "actions": [{"kind": "toggle", "name": "like"}],
            },
            {
                "name": "Ticket",
                "fields": [{"name": "price", "type": "money"}, {"name": "tags", "type": "list", "item_type": "string"}],
                "relations": [
                    {"name": "event", "kind": "many_to_one", "target": "Event"},
                    {"name": "friends", "kind": "many_to_many", "target": "Ticket"},
                ],
            },
        ],
    }


def tenants(tenant: str, membership: str, **paths: str) -> Callable[[Data], Any]:
    """Tenants, and the ways to them that some entities claim."""

    def change(data: Data) -> None:
        data["tenancy"] = {"tenant": tenant, "membership": membership}
        for entity in data["entities"]:
            if entity["name"] in paths:
                key = {"name": "maybe", "kind": "many_to_one", "target": "Event", "required": False}
                entity |= {"tenant": paths[entity["name"]], "relations": [*entity["relations"], key]}
        if tenant == "Guild":
            data["entities"].append({"name": "Guild", "fields": [{"name": "name"}]})

    return change


def compare(left: Data, right: Data, operator: str = "==") -> Data:
    return {"kind": "compare", "operator": operator, "left": left, "right": right}


def field(path: str) -> Data:
    return {"kind": "field", "path": path}


def value(constant: object) -> Data:
    return {"kind": "value", "value": constant}


def rule(kind: str, **more: object) -> Data:
    return {"kind": kind, "name": "the_rule", **more}


def when(condition: Data, operation: str = "read", kind: str = "authenticated") -> Data:
    return {"operation": operation, "allow": [{"kind": kind, "when": condition}]}


LATE = compare(field("ends_at"), field("starts_at"), "<")
E, T, U = 1, 2, 0
Case = tuple[str, str, str, Callable[[Data], Any]]


def e(data: Data, number: int = E) -> Data:
    found: Data = data["entities"][number]
    return found


def put(key: str, item: object, number: int = E) -> Callable[[Data], Any]:
    """Adds an item to a list of an entity."""
    return lambda data: e(data, number).setdefault(key, []).append(item)


def set_(key: str, item: object, number: int = E) -> Callable[[Data], Any]:
    return lambda data: e(data, number).update({key: item})


def add(number: int = E, **keys: object) -> Callable[[Data], Any]:
    """Adds a field."""
    return put("fields", {"name": "extra", **keys}, number)


def computed(**keys: object) -> Callable[[Data], Any]:
    base = {"name": "total", "function": "sum", "entity": "Ticket", "relation": "event", "field": "price"}
    return put("computed", {k: v for k, v in (base | keys).items() if v is not None})


def move(**keys: object) -> Callable[[Data], Any]:
    base = {"name": "hide", "from": ["live"], "to": "draft"}
    return lambda data: e(data)["state_machines"][0]["transitions"].append(base | keys)
