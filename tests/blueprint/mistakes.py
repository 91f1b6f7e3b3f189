"""A blueprint in which everything is right, and every way to make it wrong: code, place, words, and the mistake."""

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


RULE, FIELD = "entities.Event.rules.the_rule", "entities.Event.fields.extra"
CASES: list[Case] = [
    # names
    ("no-entities", "entities", "", lambda d: d.update(entities=[], features=[], roles=[])),
    ("duplicate-name", "entities", "entity Event", lambda d: d["entities"].append(e(d))),
    ("duplicate-name", "entities", "Python name", lambda d: d["entities"].append({"name": "EVENT"})),
    ("duplicate-name", "entities", "path", lambda d: (set_("path", "/x")(d), set_("path", "/x", T)(d))),
    ("duplicate-name", "entities", "plural", lambda d: (set_("plural", "x")(d), set_("plural", "x", T)(d))),
    ("duplicate-name", "roles", "editor", lambda d: d["roles"].append({"name": "editor"})),
    ("default-role", "default_role", "administrator", lambda d: d.update(default_role="admin")),
    ("reserved-path", "entities.Event", "/auth", set_("path", "/auth/things")),
    ("path-shape", "entities.Event.path", "words", set_("path", '/"{x}')),
    ("duplicate-name", "entities.Event", "title", put("fields", {"name": "title"})),
    ("duplicate-name", "entities.Event", "host_id", put("fields", {"name": "host_id"})),
    ("duplicate-name", "entities.Event", "like_count", put("fields", {"name": "like_count"})),
    ("duplicate-name", "entities.Event", "Python name", lambda d: [add(name=n)(d) for n in ("class", "class_")]),
    (
        "duplicate-name",
        "entities.Event",
        "relation host",
        put("relations", {"name": "host", "kind": "one_to_one", "target": "User"}),
    ),
    ("reserved-field", "entities.Event.fields.id", "every row", add(name="id")),
    ("reserved-field", "entities.User.fields.password_hash", "every row", add(U, name="password_hash")),
    ("unknown-field", "entities.Event.display_field", "shown", set_("display_field", "nothing")),
    ("unknown-field", "entities.Event.search", "seats", set_("search", ["seats"])),
    (
        "long-name",
        f"entities.Event.relations.{'x' * 61}",
        "60",
        put("relations", {"name": "x" * 61, "kind": "many_to_one", "target": "User"}),
    ),
    ("long-name", f"entities.{'X' * 63}", "60", lambda d: d["entities"].append({"name": "X" * 63})),
    ("reserved-table", "entities.SqliteThing", "sqlite", lambda d: d["entities"].append({"name": "SqliteThing"})),
    # fields
    ("list-of-what", FIELD, "item_type", add(type="list")),
    ("list-of-what", FIELD, "hold", add(type="list", item_type="enum")),
    ("list-of-what", FIELD, "hold", add(item_type="integer")),
    ("no-unit", FIELD, "unit", add(type="duration")),
    ("unique-type", FIELD, "json", add(type="json", unique=True)),
    ("scale-type", FIELD, "decimal places", add(scale=2)),
    ("scale-range", FIELD, "11", add(type="decimal", scale=11)),
    ("enum-values", FIELD, "needs", add(type="enum")),
    ("enum-values", FIELD, "no values", add(values=["a"])),
    ("enum-values", FIELD, "twice", add(type="enum", values=["a", "a"])),
    ("enum-values", FIELD, "seen", add(type="enum", values=["a\u202e"])),
    ("enum-values", FIELD, "63", add(type="enum", values=["x" * 64])),
    ("enum-default", FIELD, "not among", add(type="enum", values=["a"], default="b")),
    ("bounds-type", FIELD, "min and max", add(type="boolean", min=1)),
    ("bounds-type", FIELD, "exclusive", add(type="integer", exclusive_min=True)),
    ("bounds-type", FIELD, "length", add(type="integer", max_length=3)),
    ("bounds-value", FIELD, "number", add(type="integer", min="1); drop table users")),
    ("bounds-value", FIELD, "number", add(type="float", max=float("nan"))),
    ("bounds-value", FIELD, "whole", add(type="integer", max=2**60)),
    ("bounds-value", FIELD, "digits", add(type="money", max=10**12)),
    ("bounds-value", FIELD, "places", add(type="decimal", scale=1, min="0.05")),
    ("bounds-value", FIELD, "ISO", add(type="date", min="yesterday")),
    ("bounds-value", FIELD, "items", add(type="list", item_type="string", max=-1)),
    ("bounds-value", FIELD, "length", add(max_length=0)),
    ("bounds-value", FIELD, "length", add(type="text", max_length=10**9)),
    ("bounds-order", FIELD, "between", add(type="integer", min=3, max=2)),
    ("bounds-order", FIELD, "between", add(type="integer", min=3, max=3, exclusive_max=True)),
    ("bounds-order", FIELD, "at least 300", add(min_length=300)),
    ("default-type", FIELD, "number", add(type="integer", default="many")),
    ("default-type", FIELD, "true and false", add(type="boolean", default="yes")),
    ("default-type", FIELD, "text", add(default=3)),
    ("default-type", FIELD, "UUID", add(type="uuid", default="x")),
    ("default-type", FIELD, "slug", add(type="slug", default="Not A Slug")),
    ("default-type", FIELD, "e-mail", add(type="email", default="nobody")),
    ("default-type", FIELD, "web", add(type="url", default="javascript:x")),
    ("default-type", FIELD, "pattern", add(pattern="^a$", default="b")),
    ("default-type", FIELD, "password", add(type="password", default="secret12")),
    ("default-type", FIELD, "json", add(type="json", default="{}")),
    ("default-type", FIELD, "stored", add(default="a\0b")),
    ("default-type", FIELD, "zone", add(type="time", default="10:00:00+02:00")),
    ("default-bounds", FIELD, "out of bounds", add(type="integer", min=3, default=1)),
    ("not-a-text", FIELD, "look into", add(type="integer", searchable=True)),
    ("not-comparable", FIELD, "filt", add(type="json", filterable=True)),
    ("not-comparable", FIELD, "sort", add(type="list", item_type="string", sortable=True)),
    ("pattern-type", FIELD, "no pattern", add(type="integer", pattern="1")),
    ("pattern-syntax", FIELD, "regular expression", add(pattern="(")),
    ("pattern-syntax", FIELD, "regular expression", add(pattern="(?=look)ahead")),
    # relations
    (
        "unknown-entity",
        "entities.Event.relations.x",
        "Nowhere",
        put("relations", {"name": "x", "kind": "many_to_one", "target": "Nowhere"}),
    ),
    (
        "duplicate-inverse",
        "entities.Ticket.relations.second",
        "two kinds",
        lambda d: [
            put("relations", {"name": n, "kind": "many_to_one", "target": "Event", "inverse": "same"}, T)(d)
            for n in ("first", "second")
        ],
    ),
    (
        "on-delete",
        "entities.Event.relations.x",
        "null",
        put("relations", {"name": "x", "kind": "many_to_one", "target": "User", "on_delete": "set_null"}),
    ),
    (
        "first-row",
        "entities.Event.relations.x",
        "first row",
        put("relations", {"name": "x", "kind": "many_to_one", "target": "Event"}),
    ),
    (
        "many-name",
        "entities.Event.relations.x_id",
        "name of a key",
        put("relations", {"name": "x_id", "kind": "many_to_many", "target": "User"}),
    ),
    (
        "required-cycle",
        "entities.Event.relations",
        "first",
        put("relations", {"name": "x", "kind": "many_to_one", "target": "Ticket"}),
    ),
    # access
    ("not-an-account", "entities.Ticket.owner", "does not lead", set_("owner", "event", T)),
    ("unknown-path", "entities.Ticket.tenant", "nowhere", set_("tenant", "nobody", T)),
    (
        "duplicate-name",
        "entities.Event.permissions.read",
        "two permissions",
        lambda d: [put("permissions", {"operation": "read"})(d) for _ in "ab"],
    ),
    (
        "unknown-operation",
        "entities.Event.permissions.transition:fly",
        "no transition",
        put("permissions", {"operation": "transition:fly"}),
    ),
    (
        "unknown-operation",
        "entities.Event.permissions.action:fly",
        "no action",
        put("permissions", {"operation": "action:fly"}),
    ),
    (
        "unknown-role",
        "entities.Event.permissions.read",
        "no role",
        put("permissions", {"operation": "read", "allow": [{"kind": "role", "role": "king"}]}),
    ),
    (
        "no-owner",
        "entities.Ticket.permissions.read",
        "owns",
        put("permissions", {"operation": "read", "allow": [{"kind": "owner"}]}, T),
    ),
    (
        "no-tenant",
        "entities.Event.permissions.read",
        "tenant",
        put("permissions", {"operation": "read", "allow": [{"kind": "member"}]}),
    ),
    ("three-things", "tenancy", "three", tenants("User", "Ticket")),
    ("not-a-tenant", "entities.Ticket.tenant", "does not lead", tenants("Guild", "Seat", Ticket="event")),
    ("optional-tenant", "entities.Ticket.tenant", "empty", tenants("Guild", "Seat", Ticket="maybe.guild")),
    (
        "unknown-role",
        "entities.Event.permissions.read",
        "nobody in a tenant",
        lambda d: [
            change(d)
            for change in (
                tenants("Guild", "Seat"),
                put("permissions", {"operation": "read", "allow": [{"kind": "member", "roles": ["king"]}]}),
            )
        ],
    ),
    ("create-when", "entities.Event.permissions.create", "no row yet", put("permissions", when(LATE, "create"))),
    (
        "anonymous-owner",
        "entities.Event.permissions.create",
        "anybody",
        put("permissions", {"operation": "create", "allow": [{"kind": "public"}]}),
    ),
    (
        "no-caller",
        "entities.Event.permissions.read",
        "nobody",
        put("permissions", when(compare(field("host"), {"kind": "caller"}), kind="public")),
    ),
    (
        "anonymous-caller",
        "entities.Ticket.permissions.create",
        "asks who",
        lambda d: (
            put("permissions", {"operation": "create", "allow": [{"kind": "public"}]}, T)(d),
            put("rules", rule("requires", entity="Event", match=[["host", "caller"]]), T)(d),
        ),
    ),
    # expressions
    ("unknown-path", RULE, "nowhere", put("rules", rule("check", condition=compare(field("x.y"), value(1))))),
    ("not-a-condition", RULE, "neither", put("rules", rule("check", condition=field("title")))),
    ("nothing-said", RULE, "no condition", put("rules", rule("check", condition={"kind": "all", "of": []}))),
    ("not-comparable", RULE, "a field on one side", put("rules", rule("check", condition=compare(value(1), value(1))))),
    ("not-comparable", RULE, "is_null", put("rules", rule("check", condition=compare(field("title"), value(None))))),
    (
        "not-comparable",
        RULE,
        "such a number",
        put("rules", rule("check", condition=compare(field("seats"), value("x")))),
    ),
    (
        "not-comparable",
        RULE,
        "not a value",
        put("rules", rule("check", condition=compare(field("status"), value("x")))),
    ),
    (
        "not-comparable",
        RULE,
        "more or less",
        put("rules", rule("check", condition=compare(field("status"), value("live"), "<"))),
    ),
    ("not-comparable", RULE, "not a text", put("rules", rule("check", condition=compare(field("title"), value(3))))),
    ("not-comparable", RULE, "now", put("rules", rule("check", condition=compare(field("seats"), {"kind": "now"})))),
    (
        "not-comparable",
        RULE,
        "compared with",
        put("rules", rule("check", condition=compare(field("seats"), field("title")))),
    ),
    (
        "not-comparable",
        RULE,
        "nothing that can be",
        put(
            "rules",
            rule(
                "check",
                condition=compare(
                    {"kind": "arithmetic", "operator": "/", "left": field("seats"), "right": value(0)}, value(1)
                ),
            ),
        ),
    ),
    ("not-comparable", RULE, "not a row", put("rules", rule("check", condition=compare(field("host"), value(1))))),
    # rules
    ("duplicate-name", RULE, "two rules", lambda d: [put("rules", rule("custom", text="x"))(d) for _ in "ab"]),
    (
        "unknown-field",
        "entities.Event.unique_together",
        "no colour",
        set_("unique_together", [{"fields": ["title", "colour"]}]),
    ),
    (
        "unknown-field",
        "entities.Ticket.unique_together",
        "no friends",
        set_("unique_together", [{"fields": ["price", "friends"]}], T),
    ),
    (
        "unique-type",
        "entities.Ticket.unique_together",
        "list",
        set_("unique_together", [{"fields": ["price", "tags"]}], T),
    ),
    (
        "duplicate-name",
        "entities.Event.unique_together",
        "twice",
        set_("unique_together", [{"fields": ["title", "title"]}]),
    ),
    ("unknown-path", RULE, "nowhere", put("rules", rule("required_if", field="colour", condition=LATE))),
    ("unknown-path", RULE, "no relation", put("rules", rule("capacity", relation="title", limit=3))),
    (
        "unknown-field",
        "entities.Ticket.rules.the_rule",
        "whole number",
        put("rules", rule("capacity", relation="event", limit="title"), T),
    ),
    ("not-positive", RULE, "capacity", put("rules", rule("capacity", relation="host", limit=0))),
    ("not-positive", RULE, "quota", put("rules", rule("quota", limit=0))),
    ("overlap-end", RULE, "an end or a length", put("rules", rule("no_overlap", scope=["host"], start="starts_at"))),
    ("not-a-moment", RULE, "no moment", put("rules", rule("no_overlap", scope=["host"], start="title", end="ends_at"))),
    ("not-a-moment", RULE, "no moment", put("rules", rule("time_limit", operations=["update"], field="title"))),
    (
        "unknown-operation",
        RULE,
        "transition:fly",
        put("rules", rule("time_limit", operations=["transition:fly"], field="starts_at")),
    ),
    (
        "unknown-role",
        RULE,
        "king",
        put("rules", rule("time_limit", operations=["update"], field="starts_at", exempt=["king"])),
    ),
    (
        "too-early",
        RULE,
        "before it is created",
        put("rules", rule("time_limit", operations=["create"], field="created_at")),
    ),
    ("unknown-entity", RULE, "Nowhere", put("rules", rule("requires", entity="Nowhere", match=[]))),
    ("nothing-said", RULE, "which row", put("rules", rule("requires", entity="Ticket", match=[]))),
    ("unknown-path", RULE, "Ticket has no", put("rules", rule("requires", entity="Ticket", match=[["x", "host"]]))),
    ("not-an-account", RULE, "account", put("rules", rule("requires", entity="Ticket", match=[["price", "caller"]]))),
    (
        "not-comparable",
        RULE,
        "different types",
        put("rules", rule("requires", entity="Ticket", match=[["price", "host"]])),
    ),
    # behaviour
    (
        "not-a-state",
        "entities.Event.state_machines.title",
        "enum",
        lambda d: e(d)["state_machines"][0].update(field="title"),
    ),
    ("unknown-state", "entities.Event.state_machines.status", "gone is not", move(to="gone")),
    ("duplicate-name", "entities.Event", "called publish", move(name="publish")),
    ("duplicate-name", "entities.Event", "called like", move(name="like")),
    (
        "duplicate-name",
        "entities.Event.state_machines",
        "machines of status",
        lambda d: e(d)["state_machines"].append({"field": "status", "initial": "draft"}),
    ),
    ("no-source", "entities.Event.state_machines.status.hide", "nowhere", move(**{"from": []})),
    (
        "duplicate-name",
        "entities.Event.state_machines.status.restore",
        "already",
        lambda d: (move(name="restore")(d), set_("soft_delete", True)(d)),
    ),
    ("unknown-path", "entities.Event.state_machines.status.hide", "nowhere", move(guard=compare(field("x"), value(1)))),
    (
        "unknown-field",
        "entities.Event.state_machines.status.hide",
        "colour",
        move(effects=[{"field": "colour", "value": value(1)}]),
    ),
    (
        "not-comparable",
        "entities.Event.state_machines.status.hide",
        "no value of seats",
        move(effects=[{"field": "seats", "value": {"kind": "now"}}]),
    ),
    (
        "duplicate-name",
        "entities.Event.state_machines.status.hide",
        "written twice",
        move(effects=[{"field": "status", "value": value("live")}]),
    ),
    ("no-expression", "entities.Event.computed.total", "missing", computed(function="expression")),
    (
        "not-comparable",
        "entities.Event.computed.total",
        "not a number",
        computed(function="expression", expression=field("title")),
    ),
    ("unknown-entity", "entities.Event.computed.total", "Nowhere", computed(entity="Nowhere")),
    ("unknown-relation", "entities.Event.computed.total", "no relation", computed(relation="friends")),
    ("unknown-field", "entities.Event.computed.total", "no field", computed(field="tags")),
    (
        "unknown-entity",
        "entities.Event.actions.rate",
        "Nowhere",
        put("actions", {"kind": "association", "name": "rate", "entity": "Nowhere"}),
    ),
]
