"""Blueprints that once gave projects which did not parse, lint, import or migrate; each names what was wrong."""

from typing import Any

from codebegen.blueprint import Blueprint

Data = dict[str, Any]


def _fields(*names: str, **keys: object) -> list[Data]:
    return [{"name": name, **keys} for name in names]


def _key(name: str, target: str) -> Data:
    return {"name": name, "kind": "many_to_one", "target": target, "required": False}


def _many(name: str, target: str) -> Data:
    return {"name": name, "kind": "many_to_many", "target": target}


def _entity(name: str, *relations: Data, **keys: object) -> Data:
    return {"name": name, "relations": list(relations), "fields": _fields("title"), **keys}


def _machine(*names: str, **keys: object) -> Data:
    status = {"name": "status", "type": "enum", "values": ["draft", "live"]}
    moves = [{"name": name, "from": ["draft"], "to": "live", **keys} for name in names]
    machine = {"field": "status", "initial": "draft", "transitions": moves}
    return {"fields": [status], "state_machines": [machine]}


def _field(path: str) -> Data:
    return {"kind": "field", "path": path}


def _value(constant: object) -> Data:
    return {"kind": "value", "value": constant}


def _compared(left: Data, right: Data, operator: str = "==") -> Data:
    return {"kind": "compare", "operator": operator, "left": left, "right": right}


def _compare(path: str, constant: object, operator: str = "==") -> Data:
    return _compared(_field(path), _value(constant), operator)


def _math(path: str, operator: str, right: Data) -> Data:
    return {"kind": "arithmetic", "operator": operator, "left": _field(path), "right": right}


def _rule(name: str, condition: Data, kind: str = "check", **keys: object) -> Data:
    return {"kind": kind, "name": name, "condition": condition, **keys}


def _all(*parts: Data) -> Data:
    return {"kind": "all", "of": list(parts)}


def _any(*parts: Data) -> Data:
    return {"kind": "any", "of": list(parts)}


_IN_A, _IN_B = _compare("state", "a"), _compare("state", "b")
_TEXTS = 'say "this"', "a\\", '"""', "two\nlines", "\u202ebidi", "\x1b\x7f\x85", "– “quotes” – кот", "long " * 40
_BIG = {"name": "people", "type": "integer", "max": 9_000_000_000}

_ENTITIES: dict[str, list[Data]] = {
    "a move and a toggle called by keywords and methods": [
        _entity("Loan", actions=[{"kind": "toggle", "name": n} for n in ("list", "like", "star")])
        | _machine("return", "delete", "update", "create", "get", "page", "missing", "unlike", "import"),
        _entity("Star"),
    ],
    "a set and a toggle whose table another entity has": [
        _entity("Post", _many("tags", "Tag"), actions=[{"kind": "toggle", "name": "like"}]),
        _entity("Tag"),
        _entity("PostTag"),
        _entity("PostLike"),
    ],
    "two sets that point at each other, and one at itself": [
        _entity("Author", _many("books", "Book"), _many("friends", "Author")),
        _entity("Book", _many("authors", "Author")),
    ],
    "a set of rows that have no text to show": [
        _entity(
            "Box",
            _many("types", "Label"),
            _key("list", "Label"),
            _many("models", "Label"),
        ),
        _entity("Label", fields=_fields("uuid", type="uuid") + _fields("data", type="json")),
    ],
    "entities called like what every project has": [
        _entity(name)
        for name in (
            "Role Entity Settings App Logger Module Parent AuthSession IdempotencyKey LoginFailure Short".split()
        )
    ],
    "fields called like what a class body needs": [
        _entity(
            "Thing",
            fields=_fields("enum_type", "property", "list", "types", "models", "sa", "change", "is_admin", "l", "self")
            + _fields("kind", type="enum", values=["password", "token", "name", "A+", "A-"])
            + _fields("metadata", "json", "copy", type="time", default="now"),
        )
    ],
    "fields called like the filters of other fields": [
        _entity("Car", fields=_fields("price", "price_min", "limit", "limit_is", "created_at_min", type="integer"))
    ],
    "two enumerations that spell one class": [
        _entity("Order", fields=[{"name": "item_state", "type": "enum", "values": ["a", "b"]}]),
        _entity("OrderItem", fields=[{"name": "state", "type": "enum", "values": ["a", "b"]}]),
        _entity("Login", fields=[{"name": "failure", "type": "enum", "values": ["a", "b"]}]),
    ],
    "texts that try to leave their place": [
        _entity("Note", description=text, fields=_fields("body", default=text)) | {"name": f"Note{number}"}
        for number, text in enumerate(_TEXTS)
    ],
    "moments with and without zones, and bounds that are not included": [
        _entity(
            "Visit",
            fields=_fields("at", type="datetime", min="2020-01-01", max="2030-01-01T00:00:00Z", exclusive_max=True)
            + _fields("on", type="date", min="2020-01-01", exclusive_min=True, default="today"),
        )
    ],
    "whole numbers beyond 32 bits": [_entity("Planet", fields=[_BIG])],
    "ids that are said to be UUIDs": [_entity("Parcel", id_type="uuid"), _entity("Label", _key("parcel", "Parcel"))],
    "true, constants first, decimals and zero in conditions": [
        _entity(
            "Offer",
            fields=_fields("title", required=False)
            + _fields("open", type="boolean")
            + _fields("price", "cost", type="money"),
            rules=[
                _rule("sound", {"kind": "any", "of": [_compare("open", True), _compare("price", "0.50", ">")]}),
                _rule("needed", {"kind": "not", "of": _compare("open", False)}, kind="required_if", field="title"),
                _rule("margin", _compared(_value(2), _math("price", "/", _field("cost")), "<")),
            ],
        )
    ],
    "unique among the living with names that are cut": [
        _entity("V" + "ery" * 18, soft_delete=True, fields=_fields("one", "two", unique=True))
    ],
    "conditions that ask for two values of one field": [
        _entity(
            f"Parcel{number}",
            fields=[{"name": "state", "type": "enum", "values": ["a", "b", "c"], "required": bool(number)}],
            rules=[
                _rule("both", _all(_IN_A, _IN_B)),
                _rule("either", _any(_IN_A, _IN_B)),
                _rule("unless", _any(_compare("state", "a", "!="), _IN_B)),
                _rule("deep", _any(_all(_IN_A, _any(_IN_B, {"kind": "is_null", "of": _field("state")})), _IN_B)),
            ],
        )
        for number in (0, 1)
    ]
    + [
        _entity("Draft")
        | _machine("publish", guard=_any(_compare("status", "draft", "!="), _compare("status", "live")))
    ],
    "values that are not computed are no columns to sort by": [
        _entity(
            "Cart",
            fields=_fields("n", type="integer"),
            computed=[{"name": "twice", "function": "expression", "expression": _math("n", "*", _value(2))}],
        )
    ],
}

_PUBLIC = [{"operation": "create", "allow": [{"kind": "public"}]}]
_LIMITED = [
    {"kind": "capacity", "name": "event", "relation": "event", "limit": "seats"},
    {"kind": "quota", "name": "enough", "limit": 3, "minutes": 60},
    {"kind": "time_limit", "name": "late", "operations": ["update"], "field": "at", "exempt": ["admin"]},
    {
        "kind": "no_overlap",
        "name": "free",
        "scope": ["event"],
        "start": "at",
        "minutes": 30,
        "condition": _compare("title", "x"),
    },
]

_WITH_ACCOUNTS: dict[str, list[Data]] = {
    "rules on keys that may be empty, of people who have a profile": [
        _entity("Member", kind="profile", permissions=_PUBLIC),
        _entity("Event", fields=_fields("seats", type="integer", required=False)),
        _entity(
            "Ticket",
            _key("event", "Event"),
            _key("holder", "Member"),
            owner="holder.user",
            fields=_fields("title", required=False) + _fields("at", type="datetime", required=False),
            rules=_LIMITED,
        ),
    ],
    "some ids are numbers and some are UUIDs": [
        _entity("User", kind="user", id_type="uuid", fields=[]),
        _entity("Author", kind="profile", permissions=_PUBLIC),
        _entity("Book", _key("author", "Author"), _many("tags", "Tag"), id_type="uuid", owner="author.user"),
        _entity("Tag", _many("books", "Book"), _key("parent", "Tag"), actions=[{"kind": "toggle", "name": "like"}]),
    ],
    "rows that nobody made": [_entity("Order", _key("buyer", "User"), owner="buyer", permissions=_PUBLIC)],
    "a role that may do all, and some of it again": [
        _entity(
            "Page",
            permissions=[
                {
                    "operation": "read",
                    "allow": [
                        {"kind": "role", "role": "editor"},
                        {"kind": "role", "role": "editor", "when": _compare("title", "x")},
                        {"kind": "public", "when": {"kind": "is_null", "of": {"kind": "field", "path": "title"}}},
                    ],
                }
            ],
        )
    ],
    "a guard that asks who is calling": [
        _entity("Task", _key("assignee", "User"))
        | _machine("finish", guard=_compared(_field("assignee"), {"kind": "caller"}), **{"from": ["draft", "draft"]})
    ],
}


def _blueprint(number: int, entities: list[Data], *, auth: bool) -> Blueprint:
    toggles = any(action["kind"] == "toggle" for entity in entities for action in entity.get("actions", ()))
    return Blueprint.model_validate(
        {
            "name": f"project_{number}",
            "description": _TEXTS[number % len(_TEXTS)],
            "title": _TEXTS[-number % len(_TEXTS)],
            "features": [{"key": "auth"}] if auth or toggles else [],
            "roles": [{"name": "editor"}] if auth else [],
            "entities": entities,
        }
    )


REGRESSIONS: dict[str, Blueprint] = {
    name: _blueprint(number, entities, auth=name in _WITH_ACCOUNTS)
    for number, (name, entities) in enumerate({**_ENTITIES, **_WITH_ACCOUNTS}.items())
}
