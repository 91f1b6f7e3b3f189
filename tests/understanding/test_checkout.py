"""Checking out is read where lines of a container and lines of an order point to the same things."""

import pytest

from codebegen.blueprint import Blueprint, check, complete
from codebegen.blueprint.steps import AdjustStep, ForEachStep
from codebegen.understanding import understand

SHOP = (
    "A backend for a shop. Products have a name, a price and a stock. A cart belongs to a user. "
    "A cart item belongs to a cart and a product and has a quantity. An order belongs to a user and has a total. "
    "An order item belongs to an order and a product and has a quantity and a unit price. "
)


def read(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    blueprint = complete(found)
    assert check(blueprint) == ()
    return blueprint


def reached(blueprint: Blueprint) -> dict[str, str]:
    return {action.name: action.path for entity in blueprint.entities for action in entity.compounds}


@pytest.mark.parametrize("said", ["Users check out their cart.", "A cart can be checked out.", "Checkout empties it."])
def test_a_checkout_that_is_said(said: str) -> None:
    blueprint = read(SHOP + said)
    assert reached(blueprint) == {"checkout": "/carts/{id}/checkout"}
    steps = blueprint.entities_by_name["Cart"].compounds[0].steps
    lines = next(step for step in steps if isinstance(step, ForEachStep))
    assert (lines.entity, lines.clear) == ("CartItem", True)
    taken = next(step for step in lines.steps if isinstance(step, AdjustStep))
    assert (taken.relation, taken.field) == ("product", "stock")


def test_a_total_follows_from_the_lines() -> None:
    order = read(SHOP + "Users check out their cart.").entities_by_name["Order"]
    assert [computed.name for computed in order.computed] == ["total"]
    assert "total" not in order.fields_by_name


def test_a_stated_path_wins() -> None:
    blueprint = read(SHOP + "`POST /checkout` turns the cart into an order.")
    assert reached(blueprint) == {"checkout": "/checkout"}


@pytest.mark.parametrize("said", ["", "There is no checkout.", "Users rate products."])
def test_where_nothing_is_said_of_it_there_is_none(said: str) -> None:
    assert reached(read(SHOP + said)) == {}


def test_without_lines_the_words_stay_words() -> None:
    assert reached(read("A shop. Users have carts. Carts have a note. Users check out their cart.")) == {}


_REVIEWED = """A shop. A product has a name and a price. Customers order products. An order has an address.
Customers can review products they bought with 1 to 5 stars, once per product."""


def test_what_is_bought_is_nobodys_and_a_deed_on_it_has_its_row() -> None:
    found = read(_REVIEWED)
    told = {entity.name: {relation.name for relation in entity.relations} for entity in found.entities}

    assert not told["Product"]
    assert told["Order"] == {"product", "customer"}
    assert told["Review"] == {"product", "customer"}
    review = found.entities_by_name["Review"]
    assert {"stars"} <= {field.name for field in review.fields}
    assert [set(one.fields) for one in review.unique_together] == [{"product", "customer"}]
