"""Each pass, before and after; and that running all of them again changes nothing."""

import pytest
from hypothesis import given

from codebegen.blueprint import (
    Blueprint,
    Entity,
    Feature,
    Field,
    Grant,
    Permission,
    Relation,
    Role,
    StateMachine,
    check,
    complete,
    inferred,
    stated,
)
from codebegen.blueprint.behaviour import ToggleAction, Transition
from codebegen.blueprint.expressions import Compare, FieldRef
from codebegen.blueprint.passes import PASSES
from codebegen.blueprint.passes.accounts import absorb_account_fields, add_accounts
from codebegen.blueprint.passes.fields import complete_fields
from codebegen.blueprint.passes.moments import note_moments
from codebegen.blueprint.passes.names import complete_names
from codebegen.blueprint.passes.owners import find_owners
from codebegen.blueprint.passes.permissions import complete_permissions
from codebegen.blueprint.passes.profiles import bind_profiles
from codebegen.blueprint.passes.relations import complete_relations
from codebegen.blueprint.rules import CheckRule, RequiresRule
from tests.compiler.strategies import blueprints, drawing

AUTH = (Feature(key="auth"),)
SAID = stated("it")


def whole(*entities: Entity, roles: tuple[Role, ...] = (), auth: bool = False) -> Blueprint:
    return Blueprint(name="x", entities=entities, roles=roles, features=AUTH if auth else ())


def key(name: str, target: str = "User", **more: object) -> Relation:
    return Relation.model_validate({"name": name, "kind": "many_to_one", "target": target, "provenance": SAID, **more})


def allowed(blueprint: Blueprint, entity: str) -> dict[str, list[str]]:
    """Who may do what, in short: operation → kinds of grants, roles by name."""
    permissions = blueprint.entities_by_name[entity].permissions
    return {p.operation: [g.role or g.kind for g in p.allow] for p in permissions}


@drawing(60)
@given(blueprints())
def test_completing_again_changes_nothing(blueprint: Blueprint) -> None:
    once = complete(blueprint)
    assert complete(once) == once
    for run in PASSES:
        assert run(once) == once, run.__name__


@drawing(40)
@given(blueprints())
def test_what_is_stated_stays(blueprint: Blueprint) -> None:
    done = complete(blueprint)
    said = [entity.name for entity in blueprint.entities if entity.name != "User"]
    added = {done.tenancy.tenant, done.tenancy.membership} - set(said) if done.tenancy else set()
    assert [entity.name for entity in done.entities if entity.name not in {"User", *added}] == said
    for entity in blueprint.entities:
        after = done.entities_by_name[entity.name]
        if done.tenancy is None:  # inside a tenant, everybody is every member
            assert {p for p in entity.permissions if p.origin == "stated"} <= set(after.permissions)
        kept = {f.name for f in after.fields} | ({"deleted_at"} if entity.soft_delete else set())
        assert {f.name for f in entity.fields} <= kept


def test_a_stated_role_field_becomes_roles() -> None:
    role = Field(name="role", type="enum", values=("reader", "writer", "admin"), provenance=SAID)
    done = absorb_account_fields(whole(Entity(name="User", fields=(role,))))
    assert [r.name for r in done.roles] == ["reader", "writer", "admin"]
    assert done.default_role == "reader"
    assert done.role_names == ("reader", "writer", "admin")


@pytest.mark.parametrize(
    "entity",
    [
        Entity(name="Post", relations=(key("author"),)),
        Entity(name="Post", owner="author"),
        Entity(name="Post", actions=(ToggleAction(name="like"),)),
        Entity(name="Post", permissions=(Permission(operation="read", allow=(Grant(kind="authenticated"),)),)),
    ],
)
def test_accounts_are_there_where_something_needs_them(entity: Entity) -> None:
    done = add_accounts(whole(entity))
    assert done.has_accounts
    assert done.entities[-1].name == "User"
    assert done.entities[-1].kind == "user"
    assert done.features[0].origin == "inferred"


def test_roles_need_accounts_and_nothing_else_does() -> None:
    assert add_accounts(whole(Entity(name="Post"), roles=(Role(name="editor"),))).has_accounts
    done = add_accounts(whole(Entity(name="Post"), Entity(name="Vet", kind="profile")))
    assert not done.has_accounts
    assert [e.kind for e in done.entities] == ["normal", "normal"]
    assert done.report.assumptions[0].element == "features"


def test_account_fields_have_the_types_of_accounts() -> None:
    user = Entity(
        name="User", kind="user", fields=(Field(name="email"), Field(name="password"), Field(name="bio", type="text"))
    )
    (done,) = add_accounts(whole(user)).entities
    assert [(f.name, f.type, f.unique, f.write_only) for f in done.fields] == [
        ("email", "email", True, False),
        ("password", "password", False, True),
        ("bio", "text", False, False),
    ]


def test_a_profile_is_bound_to_an_account() -> None:
    (done,) = bind_profiles(whole(Entity(name="Vet", kind="profile", relations=(key("user"), key("clinic"))))).entities
    assert done.owner == "user"
    (clinic, user) = done.relations
    assert clinic.name == "clinic"
    assert (user.kind, user.required, user.on_delete) == ("one_to_one", False, "set_null")


def test_names_follow_from_names() -> None:
    fields = (Field(name="sku"), Field(name="name"), Field(name="price", type="money"))
    done = complete_names(whole(Entity(name="OrderItem", fields=fields), Entity(name="Class")))
    assert done.title == "X"
    assert [(e.plural, e.path, e.display_field) for e in done.entities] == [
        ("order_items", "/order-items", "name"),
        ("classes", "/classes", None),
    ]


def test_who_comes_second_gets_another_plural_and_path() -> None:
    done = complete_names(whole(Entity(name="Axis"), Entity(name="Axe"), Entity(name="Log", path="/axes")))
    assert [(e.plural, e.path) for e in done.entities] == [
        ("axes", "/axes-records"),
        ("axes_records", "/axes-records-records"),
        ("logs", "/axes"),
    ]


def test_long_names_stay_within_what_databases_keep() -> None:
    one, two = f"{'Very' * 14}One", f"{'Very' * 14}Oneish"
    done = complete_names(whole(Entity(name=one), Entity(name=two)))
    assert all(len(e.plural) <= 63 for e in done.entities)
    assert len({e.plural for e in done.entities}) == 2


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (Field(name="done", type="boolean", provenance=SAID), {"default": False, "required": False}),
        (Field(name="status", type="enum", values=("a", "b"), provenance=SAID), {"default": "a", "required": False}),
        (Field(name="colour", type="enum", values=("a", "b"), provenance=SAID), {"default": None, "required": True}),
        (Field(name="title", provenance=SAID), {"required": True}),
        (Field(name="title", provenance=inferred("usual")), {"required": False}),
        (Field(name="code", type="password", provenance=SAID), {"write_only": True}),
        (Field(name="score", type="integer", read_only=True, provenance=SAID), {"required": False}),
    ],
)
def test_fields_have_defaults_and_what_is_inferred_rejects_nothing(before: Field, after: dict[str, object]) -> None:
    (field,) = complete_fields(whole(Entity(name="A", fields=(before,)))).entities[0].fields
    assert {name: getattr(field, name) for name in after} == after


def test_a_state_begins_with_its_first_and_is_only_moved() -> None:
    status = Field(name="phase", type="enum", values=("new", "old"), provenance=SAID)
    machine = StateMachine(field="phase", initial="old", transitions=(Transition(name="go", from_=("old",), to="new"),))
    done = complete_fields(whole(Entity(name="A", fields=(status,), state_machines=(machine,))))
    (field,) = done.entities[0].fields
    assert (field.default, field.required, field.read_only) == ("old", False, True)


def test_what_is_only_hidden_has_its_date_already() -> None:
    hidden = Entity(name="A", soft_delete=True, fields=(Field(name="deleted_at", type="datetime"), Field(name="b")))
    assert [f.name for f in complete_fields(whole(hidden)).entities[0].fields] == ["b"]


@pytest.mark.parametrize(
    ("entity", "inverse", "on_delete"),
    [
        (Entity(name="OrderItem", plural="order_items", relations=(key("order", "Order"),)), "order_items", "cascade"),
        (Entity(name="Comment", plural="comments", relations=(key("post", "Order"),)), "comments", "cascade"),
        (Entity(name="Car", plural="cars", relations=(key("order", "Order"),)), "cars", "restrict"),
        (Entity(name="Car", plural="cars", relations=(key("order", "Order", required=False),)), "cars", "set_null"),
        (Entity(name="Car", plural="cars", relations=(key("parent", "Car", required=False),)), "children", "set_null"),
        (Entity(name="Car", plural="cars", relations=(key("twin", "Car", required=False),)), "twin_cars", "set_null"),
    ],
)
def test_relations_know_their_other_side(entity: Entity, inverse: str, on_delete: str) -> None:
    (relation,) = complete_relations(whole(entity)).entities_by_name[entity.name].relations
    assert (relation.inverse, relation.on_delete) == (inverse, on_delete)


def test_what_a_row_was_allowed_for_stays() -> None:
    """Else whoever bought one book could review another: make the row, then change its key."""
    bought = RequiresRule(name="bought", entity="Purchase", match=(("book", "this.book"), ("user", "caller")))
    review = Entity(name="Review", relations=(key("book", "Book"), key("shelf", "Shelf")), rules=(bought,))
    (done,) = complete_relations(whole(review)).entities
    assert [(relation.name, relation.immutable) for relation in done.relations] == [("book", True), ("shelf", False)]
    stamped = Entity(
        name="Review",
        fields=(Field(name="isbn"), Field(name="text")),
        rules=(RequiresRule(name="bought", entity="Purchase", match=(("isbn", "isbn"),)),),
    )
    (done,) = complete_fields(whole(stamped)).entities
    assert [(field.name, field.immutable) for field in done.fields] == [("isbn", True), ("text", False)]


def test_two_keys_to_one_target_have_two_inverses() -> None:
    game = Entity(name="Game", plural="games", relations=(key("home", "Team"), key("guest", "Team")))
    relations = complete_relations(whole(game)).entities[0].relations
    assert [r.inverse for r in relations] == ["home_games", "guest_games"]


@pytest.mark.parametrize(
    ("names", "owner"),
    [(["author"], "author"), (["reviewer"], None), (["assignee", "creator"], "creator"), (["someone"], "someone")],
)
def test_an_owner_is_the_key_that_names_one(names: list[str], owner: str | None) -> None:
    post = Entity(name="Post", relations=tuple(key(name) for name in names))
    done = find_owners(whole(Entity(name="User", kind="user"), post, auth=True))
    assert done.entities_by_name["Post"].owner == owner


def test_a_part_belongs_to_whoever_its_whole_belongs_to() -> None:
    page = Entity(name="Page", relations=(key("chapter", "Chapter", on_delete="cascade"),))
    chapter = Entity(name="Chapter", relations=(key("book", "Book", on_delete="cascade"),))
    book = Entity(name="Book", relations=(key("author"),))
    done = find_owners(whole(Entity(name="User", kind="user"), page, chapter, book, auth=True))
    owners = {e.name: e.owner for e in done.entities}
    assert owners == {"User": None, "Page": "chapter.book.author", "Chapter": "book.author", "Book": "author"}


def test_two_entities_of_one_name_are_both_seen_by_the_checks() -> None:
    done = complete(whole(Entity(name="Post"), Entity(name="Post"), auth=True))
    assert "duplicate-name" in {d.code for d in check(done)}


def test_rights_where_nothing_is_said() -> None:
    post = Entity(name="Post", owner="author", relations=(key("author"),))
    done = complete_permissions(whole(Entity(name="User", kind="user"), post, auth=True))
    assert allowed(done, "Post") == {
        "list": ["authenticated"],
        "read": ["authenticated"],
        "create": ["authenticated"],
        "update": ["owner"],
        "delete": ["owner"],
    }
    assert allowed(done, "User")["list"] == []


def test_without_accounts_all_is_public() -> None:
    assert set(map(tuple, allowed(complete_permissions(whole(Entity(name="A"))), "A").values())) == {("public",)}


def test_stated_roles_write_and_nobody_else() -> None:
    tag = Permission(operation="delete", allow=(Grant(kind="role", role="editor"),), provenance=SAID)
    roles = (Role(name="editor", provenance=SAID),)
    done = complete_permissions(
        whole(Entity(name="Tag", permissions=(tag,)), Entity(name="Page"), roles=roles, auth=True)
    )
    assert allowed(done, "Tag") == {
        "delete": ["editor"],
        "list": ["authenticated"],
        "read": ["authenticated"],
        "create": ["editor"],
        "update": ["editor"],
    }
    assert allowed(done, "Page")["update"] == []


def test_who_may_change_may_move_and_everybody_may_toggle() -> None:
    post = Entity(
        name="Post",
        owner="author",
        relations=(key("author"),),
        fields=(Field(name="status", type="enum", values=("a", "b")),),
        state_machines=(
            StateMachine(field="status", initial="a", transitions=(Transition(name="go", from_=("a",), to="b"),)),
        ),
        actions=(ToggleAction(name="like"),),
    )
    rights = allowed(complete_permissions(whole(Entity(name="User", kind="user"), post, auth=True)), "Post")
    assert rights["transition:go"] == ["owner"]
    assert rights["action:like"] == ["authenticated"]


def test_lists_show_what_may_be_read() -> None:
    public = Permission(operation="read", allow=(Grant(kind="public"),), provenance=SAID)
    done = complete_permissions(whole(Entity(name="Post", permissions=(public,)), auth=True))
    assert allowed(done, "Post")["list"] == ["public"]


def noted(*fields: Field, rules: tuple[CheckRule, ...] = ()) -> list[tuple[str, str]]:
    """What the moves of an order write: shipping it, and closing it."""
    states = Field(name="status", type="enum", values=("open", "shipped", "done"), default="open")
    moves = (
        Transition(name="ship", from_=("open",), to="shipped"),
        Transition(name="close", from_=("open",), to="done"),
    )
    machine = StateMachine(field="status", initial="open", transitions=moves)
    order = Entity(name="Order", fields=(states, *fields), state_machines=(machine,), rules=rules)
    done = note_moments(whole(order)).entities[0].state_machines[0].transitions
    return [(move.name, effect.field) for move in done for effect in move.effects]


def test_a_move_notes_its_time_where_there_is_a_field_for_it() -> None:
    shipped = Field(name="shipped_at", type="datetime", required=False)
    assert noted(shipped, Field(name="closed_on", type="date", required=False)) == [
        ("ship", "shipped_at"),
        ("close", "closed_on"),
    ]


def test_a_move_notes_its_time_under_its_own_name() -> None:
    assert noted(Field(name="closed_at", type="datetime", required=False)) == [("close", "closed_at")]
    assert noted(Field(name="shipped_on", type="date", required=False)) == [("ship", "shipped_on")]
    assert noted(Field(name="closes_at", type="datetime", required=False)) == []


def test_a_move_leaves_alone_what_others_have_a_say_in() -> None:
    moment = Field(name="shipped_at", type="datetime", required=False)
    assert noted(moment.model_copy(update={"required": True})) == []
    assert noted(moment.model_copy(update={"immutable": True})) == []
    assert noted(moment.model_copy(update={"name": "shipping_at"})) == []
    late = Compare(left=FieldRef(path="shipped_at"), operator=">", right=FieldRef(path="created_at"))
    assert noted(moment, rules=(CheckRule(name="later", condition=late),)) == []
