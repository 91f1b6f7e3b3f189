"""Tenants: which way leads to them, who belongs, and what members may."""

import pytest

from codebegen.blueprint import (
    Blueprint,
    Entity,
    Feature,
    Field,
    Grant,
    Permission,
    Relation,
    Tenancy,
    complete,
    stated,
)
from codebegen.blueprint.tenancy import roles_of

SAID = stated("in the description")
WORKSPACE = Tenancy(tenant="Workspace", membership="Member", provenance=SAID)


def to(name: str, target: str, *, required: bool = True) -> Relation:
    return Relation(name=name, kind="many_to_one", target=target, required=required, provenance=SAID)


def text(name: str, *, unique: bool = False) -> Field:
    return Field(name=name, unique=unique, provenance=SAID)


def whole(*entities: Entity, tenancy: Tenancy | None = WORKSPACE) -> Blueprint:
    return complete(Blueprint(name="x", tenancy=tenancy, entities=entities))


def roles(*names: str) -> Entity:
    return Entity(name="Member", fields=(Field(name="role", type="enum", values=names, provenance=SAID),))


def test_the_way_is_the_shortest_over_required_keys() -> None:
    done = whole(
        Entity(name="Workspace"),
        Entity(name="Project", relations=(to("workspace", "Workspace"),)),
        Entity(name="Task", relations=(to("project", "Project"), to("label", "Label", required=False))),
        Entity(name="Label"),
    )
    ways = {entity.name: entity.tenant for entity in done.entities}
    assert ways == {
        "User": None, "Workspace": None, "Member": "workspace",
        "Project": "workspace", "Task": "project.workspace", "Label": "workspace",
    }  # fmt: skip
    key = done.entities_by_name["Label"].relations_by_name["workspace"]
    assert (key.required, key.immutable, key.on_delete) == (True, True, "restrict")


def test_what_a_tenant_needs_is_shared_by_all() -> None:
    done = whole(Entity(name="Workspace", relations=(to("plan", "Plan"),)), Entity(name="Plan"))
    assert done.entities_by_name["Plan"].tenant is None
    assert allowed(done, "Plan", "read") == (Grant(kind="authenticated"),)
    assert allowed(done, "Plan", "update") == ()


def test_the_feature_alone_is_enough() -> None:
    blueprint = Blueprint(name="x", features=(Feature(key="multi_tenant"),), entities=(Entity(name="Invoice"),))
    done = complete(blueprint)
    assert done.tenancy is not None
    assert {"Organization", "Membership", "User"} <= done.entities_by_name.keys()
    assert done.entities_by_name["Invoice"].tenant == "organization"


def test_a_membership_joins_an_account_once() -> None:
    member = Entity(name="Member", kind="profile", fields=(text("email"), text("title")))
    made = whole(Entity(name="Workspace"), member).entities_by_name["Member"]
    assert made.kind == "association"
    assert made.owner is None
    assert [(r.name, r.required, r.immutable, r.on_delete) for r in made.relations] == [
        ("workspace", True, True, "cascade"),
        ("user", True, True, "cascade"),
    ]
    assert [(field.name, field.required) for field in made.fields] == [("role", False), ("title", False)]
    assert [one.fields for one in made.unique_together] == [("user", "workspace")]


@pytest.mark.parametrize(
    ("said", "known", "least"),
    [
        (("owner", "editor"), ("owner", "editor"), "editor"),
        (("admin", "member"), ("owner", "admin", "member"), "member"),
    ],
)
def test_there_is_always_an_owner(said: tuple[str, ...], known: tuple[str, ...], least: str) -> None:
    made = whole(Entity(name="Workspace"), roles(*said)).entities_by_name["Member"]
    assert roles_of(made) == known
    assert made.fields_by_name["role"].default == least


def test_unique_is_unique_in_its_tenant() -> None:
    done = whole(
        Entity(name="Workspace", fields=(text("slug", unique=True),)),
        Entity(name="Label", fields=(text("name", unique=True),)),
    )
    label = done.entities_by_name["Label"]
    assert done.entities_by_name["Workspace"].fields_by_name["slug"].unique
    assert not label.fields_by_name["name"].unique
    assert [one.fields for one in label.unique_together] == [("name", "workspace")]


def test_people_with_nothing_of_their_own_are_things() -> None:
    done = whole(Entity(name="Workspace"), Entity(name="Patient", kind="profile"))
    assert done.entities_by_name["Patient"].kind == "normal"


def allowed(blueprint: Blueprint, name: str, operation: str) -> tuple[Grant, ...]:
    permission = blueprint.entities_by_name[name].permission(operation)
    assert permission is not None
    return permission.allow


def test_rights_where_nothing_is_said() -> None:
    done = whole(
        Entity(name="Workspace"),
        roles("owner", "admin", "editor", "viewer"),
        Entity(name="Label"),
        Entity(name="Note", relations=(to("author", "User"),)),
    )
    member, managers = Grant(kind="member"), Grant(kind="member", roles=("owner", "admin"))
    writers = Grant(kind="member", roles=("owner", "admin", "editor"))
    assert allowed(done, "Workspace", "create") == (Grant(kind="authenticated"),)
    assert allowed(done, "Workspace", "update") == (managers,)
    assert allowed(done, "Workspace", "delete") == (Grant(kind="member", roles=("owner",)),)
    assert allowed(done, "Member", "create") == (managers,)
    assert allowed(done, "Member", "delete") == (managers, Grant(kind="owner", path="user"))
    assert allowed(done, "Label", "read") == (member,)
    assert allowed(done, "Label", "delete") == (writers,)
    assert allowed(done, "Note", "update") == (Grant(kind="owner"), managers)


@pytest.mark.parametrize(
    ("named", "permitted"),
    [
        (("editor",), ("owner", "admin", "editor")),
        (("admin",), ("owner", "admin")),
        (("owner",), ("owner",)),
    ],
)
def test_who_manages_may_what_others_may(named: tuple[str, ...], permitted: tuple[str, ...]) -> None:
    said = Permission(operation="delete", allow=(Grant(kind="member", roles=named),), provenance=SAID)
    done = whole(Entity(name="Workspace"), roles("owner", "admin", "editor"), Entity(name="Label", permissions=(said,)))
    assert allowed(done, "Label", "delete") == (Grant(kind="member", roles=permitted),)


def test_everybody_inside_is_every_member() -> None:
    said = Permission(operation="update", allow=(Grant(kind="authenticated"),), provenance=SAID)
    shown = Permission(operation="read", allow=(Grant(kind="public"),), provenance=SAID)
    done = whole(Entity(name="Workspace"), Entity(name="Page", permissions=(said, shown)))
    assert allowed(done, "Page", "update") == (Grant(kind="member"),)
    assert allowed(done, "Page", "read") == (Grant(kind="public"),)
