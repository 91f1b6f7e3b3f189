"""Enriching completes what is thin, says that it did, and leaves alone what was said."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from codebegen.blueprint import Blueprint, Entity, Feature, Field, Grant, Permission, Relation, Role, stated
from codebegen.blueprint.checks import check
from codebegen.blueprint.model import EntityKind
from codebegen.blueprint.passes import complete
from codebegen.understanding.embedded.catalogue import domain, domains
from codebegen.understanding.embedded.enrich import enrich


def said(
    name: str, *fields: str, kind: EntityKind = "normal", keys: tuple[str, ...] = (), may: tuple[Permission, ...] = ()
) -> Entity:
    """An entity that the text names, with stated texts and stated keys."""
    return Entity(
        name=name,
        kind=kind,
        provenance=stated(name),
        fields=tuple(Field(name=field, provenance=stated(field)) for field in fields),
        relations=tuple(
            Relation(name=key.lower(), kind="many_to_one", target=key, provenance=stated(key)) for key in keys
        ),
        permissions=may,
    )


def plan_of(*entities: Entity, auth: bool = False, roles: tuple[str, ...] = ()) -> Blueprint:
    features = (Feature(key="auth", provenance=stated("login")),) if auth else ()
    named = tuple(Role(name=role, provenance=stated(role)) for role in roles)
    return Blueprint(name="x", entities=entities, features=features, roles=named)


def names(blueprint: Blueprint) -> set[str]:
    return {found.name for found in blueprint.entities}


def field_names(found: Entity) -> set[str]:
    return {field.name for field in found.fields}


def grants(found: Entity, operation: str) -> list[str]:
    permission = found.permission(operation)
    return [grant.kind for grant in permission.allow] if permission else []


def test_a_blog_api_is_a_blog() -> None:
    blog = enrich(plan_of(), "a blog API")
    assert names(blog) == {"Post", "Comment", "Category", "Tag"}
    assert {"title", "body", "status"} <= field_names(blog.entities_by_name["Post"])
    assert blog.entities_by_name["Comment"].relations_by_name["post"].target == "Post"
    assert blog.domain == "content_management"


def test_what_is_asked_for_by_the_way_comes_along() -> None:
    assert "Payment" in names(enrich(plan_of(), "I need an online shop for soap, with payments"))
    assert "Payment" not in names(enrich(plan_of(), "I need an online shop for soap"))


def test_the_word_of_the_description_is_the_name() -> None:
    assert names(enrich(plan_of(), "todo app with teams")) == {"Todo", "Team"}


def test_a_stated_entity_plays_its_part() -> None:
    shop = enrich(plan_of(said("Article")), "an online shop for articles")
    assert "Product" not in names(shop)
    assert shop.entities_by_name["OrderItem"].relations_by_name["product"].target == "Article"
    assert "price" in field_names(shop.entities_by_name["Article"])


def test_what_is_said_by_the_way_does_not_hide_the_domain() -> None:
    assert names(enrich(plan_of(said("Invite")), "a chat API with invites")) == {"Invite", "Chat", "Message"}


def test_where_only_things_are_named_only_what_goes_with_them_comes_along() -> None:
    assert names(enrich(plan_of(), "an API for pets")) == {"Pet", "Owner"}
    assert names(enrich(plan_of(said("Pet")), "an API for pets")) == {"Pet", "Owner"}
    assert "RecipeIngredient" in names(enrich(plan_of(), "REST API to manage recipes"))
    assert {"Survey", "Question", "Answer"} <= names(enrich(plan_of(), "a survey tool"))


def test_much_that_is_said_is_not_drowned() -> None:
    told = plan_of(said("Pet", "name", "breed"), said("Owner", "name"), said("Visit"), said("Invoice", "amount"))
    more = enrich(told, "A vet clinic with pets, owners, visits and invoices")
    assert names(more) == names(told)
    assert more.entities_by_name["Pet"].fields == told.entities_by_name["Pet"].fields
    assert "reason" in field_names(more.entities_by_name["Visit"])


def test_one_entity_with_fields_is_a_whole_description() -> None:
    told = plan_of(said("Book", "title", "author", "rating"))
    assert names(enrich(told, "A library API for books with title, author and rating")) == {"Book"}


def test_without_a_request_nothing_is_made_up() -> None:
    poem = "The little shop upon the hill has sold its dreams and stands so still, and nobody shall ever ring its bell"
    assert enrich(plan_of(), poem).entities == ()
    assert enrich(plan_of(), "").entities == ()
    assert enrich(plan_of(), "a blog API " * 400).entities == ()


def test_an_unknown_entity_gets_a_name_and_a_joining_one_none() -> None:
    told = plan_of(said("Frobnicator"), said("Gizmo"), said("Wobbling", keys=("Frobnicator", "Gizmo")))
    more = enrich(told, "frobnicators and gizmos wobble").entities_by_name
    assert [(f.name, f.required, f.origin) for f in more["Frobnicator"].fields] == [("name", False, "inferred")]
    assert more["Wobbling"].fields == ()


def test_a_field_that_a_relation_is_already_is_left_out() -> None:
    told = plan_of(said("Guest"), said("Table"), said("Reservation", keys=("Guest", "Table")))
    found = enrich(told, "our restaurant takes reservations of guests for tables").entities_by_name["Reservation"]
    assert "guest_name" not in field_names(found)
    assert "party_size" in field_names(found)


def test_a_word_means_what_it_means_in_the_domain() -> None:
    chess = enrich(plan_of(said("Match")), "a chess league with matches").entities_by_name["Match"]
    assert "home_score" in field_names(chess)
    gym = enrich(plan_of(said("Class"), said("Trainer"), said("Member")), "my gym").entities_by_name["Class"]
    assert "capacity" in field_names(gym)


def test_a_word_of_two_meanings_says_nothing_alone() -> None:
    alone = enrich(plan_of(said("Loan")), "we keep loans of all kinds").entities_by_name["Loan"]
    assert field_names(alone) == {"name"}
    money = enrich(plan_of(said("Loan")), "loans of a bank, for which the bank asks interest").entities_by_name["Loan"]
    assert "interest_rate" in field_names(money)


def test_people_log_in_where_the_domain_is_about_them_unless_they_must_not() -> None:
    assert "owner" in enrich(plan_of(), "todo app").entities_by_name["Todo"].relations_by_name
    assert not enrich(plan_of(), "todo app without login").entities_by_name["Todo"].relations
    assert not enrich(plan_of(), "URL shortener API").entities_by_name["Link"].relations


def test_products_of_a_shop_are_for_browsing() -> None:
    told = plan_of(said("Product", "name", "price"), said("Order", "total"), said("Invoice", "number"), auth=True)
    shop = enrich(told, "An online shop with login. Products have a name and a price.").entities_by_name
    assert grants(shop["Product"], "list") == grants(shop["Product"], "read") == ["public"]
    assert shop["Order"].permissions == ()
    assert shop["Invoice"].permissions == ()


def test_drafts_are_not_for_browsing() -> None:
    status = Field(name="status", type="enum", values=("draft", "published"), provenance=stated("status"))
    post = said("Post", "title").model_copy(update={"fields": (status,)})
    found = enrich(plan_of(post, auth=True), "A blog API").entities_by_name["Post"]
    permission = found.permission("list")
    assert permission is not None
    assert [(grant.kind, grant.when is None) for grant in permission.allow] == [
        ("public", False),
        ("authenticated", True),
    ]


@pytest.mark.parametrize("closed", ["internal", "login required", "registered users only"])
def test_what_is_not_for_everybody_is_not_public(closed: str) -> None:
    told = plan_of(said("Product", "name"), auth=True)
    assert enrich(told, f"An online shop, {closed}.").entities_by_name["Product"].permissions == ()


def test_stated_rights_stay() -> None:
    members = Permission(operation="read", allow=(Grant(kind="authenticated"),), provenance=stated("members read"))
    told = plan_of(said("Product", "name", may=(members,)), auth=True)
    assert enrich(told, "An online shop").entities_by_name["Product"].permissions == (members,)


def test_orders_of_a_thin_shop_are_the_buyers() -> None:
    shop = complete(enrich(plan_of(), "I need an online shop"))
    order, item = shop.entities_by_name["Order"], shop.entities_by_name["OrderItem"]
    assert grants(order, "list") == grants(item, "list") == ["owner"]
    assert item.owner == "order.customer"


@pytest.mark.parametrize("key", [key for key in domains() if key != "common"])
def test_every_domain_alone_is_a_backend(key: str) -> None:
    made = complete(enrich(plan_of(), f"{domain(key).cues[0]} API"))
    assert not [d for d in check(made) if d.severity == "error"]
    assert len(made.entities) > 1
    for found in made.entities:
        assert found.origin == "inferred"
        assert not [f for f in found.fields if f.required or f.unique]
        assert not [r for r in found.relations if r.required]


KNOWN = sorted({name for key in domains() for name in domain(key).entities} - {"User"})
PROMPTS = st.one_of(
    st.sampled_from([f"{cue} API" for key in domains() for cue in domain(key).cues]),
    st.text(max_size=80),
    st.lists(st.sampled_from(["shop", "blog", "for", "with", "posts", "orders", "app", "chat", "no", "login"])).map(
        " ".join
    ),
)
ENTITIES = st.lists(
    st.builds(
        said,
        st.sampled_from([*KNOWN, "Xylophone", "QuxItem"]),
        st.sampled_from(["name", "colour", "status", "order"]),
        kind=st.sampled_from(["normal", "association", "profile"]),
    )
    | st.builds(said, st.sampled_from([*KNOWN, "Xylophone", "QuxItem"])),
    max_size=6,
    unique_by=lambda e: e.name,
)


@settings(max_examples=150, deadline=None)
@given(entities=ENTITIES, prompt=PROMPTS, auth=st.booleans(), roles=st.sampled_from([(), ("editor",)]))
def test_enriching_never_touches_what_is_stated(
    entities: list[Entity], prompt: str, auth: bool, roles: tuple[str, ...]
) -> None:
    told = plan_of(*entities, auth=auth, roles=roles)
    more = enrich(told, prompt)
    for before in told.entities:
        after = more.entities_by_name[before.name]
        assert after.provenance == before.provenance
        assert after.kind == before.kind
        assert not before.fields or after.fields == before.fields
        assert after.relations[: len(before.relations)] == before.relations
    added = [e for e in more.entities if e.name not in told.entities_by_name]
    assert not added or len(told.entities) <= 2
    fresh = [
        element
        for after in more.entities
        for element in (*after.fields, *after.relations, *after.permissions)
        if element.origin != "stated"
    ]
    assert all(element.origin == "inferred" and element.provenance.reason for element in fresh)
    assert not [e for e in fresh if isinstance(e, Field | Relation) and e.required]
    assert all(e.fields or e.kind == "association" or e.relations for e in more.entities)
    assert enrich(told, prompt) == more


@settings(max_examples=100, deadline=None)
@given(entities=ENTITIES, prompt=PROMPTS, auth=st.booleans())
def test_what_was_whole_stays_whole(entities: list[Entity], prompt: str, auth: bool) -> None:
    told = plan_of(*entities, auth=auth)
    if told.entities and not [d for d in check(complete(told)) if d.severity == "error"]:
        assert not [d for d in check(complete(enrich(told, prompt))) if d.severity == "error"]


def test_time_grows_with_the_length() -> None:
    told = plan_of(*(said(name) for name in ("Post", "Comment", "Order", "Invoice", "Gizmo", "Booking", "Task")))
    text = "A shop with a blog, orders, invoices and bookings; customers comment on posts. "

    def seconds(times: int) -> float:
        start = time.process_time()
        enrich(told, text * times)
        return time.process_time() - start

    seconds(20)
    assert seconds(2000) < 400 * max(seconds(20), 0.001)
