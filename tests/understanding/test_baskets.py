"""Lines of baskets and orders that are not spoken of."""

import pytest

from codebegen.blueprint import Blueprint, check, complete
from codebegen.blueprint.behaviour import CompoundAction
from codebegen.blueprint.steps import AdjustStep, CreateStep, ForEachStep
from codebegen.understanding import understand

GOODS = "Lamps have a name, a price and a stock."


def _plan(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    assert check(complete(found)) == ()
    return found


@pytest.mark.parametrize(
    "told",
    [
        "Customers have a cart, add items with a quantity and check out. Checkout creates an order.",
        "Customers add lamps to their cart. At checkout an order is created and the cart is emptied.",
        "Carts have cart items with a lamp and a quantity. POST /checkout turns the cart into an order.",
        "Customers place an order from their cart.",
    ],
)
def test_lines_of_the_cart_become_lines_of_an_order(told: str) -> None:
    blueprint = _plan(f"{GOODS} {told}")

    (action,) = blueprint.entities_by_name["Cart"].actions
    assert isinstance(action, CompoundAction)
    assert action.name == "checkout"
    created, each = action.steps
    assert isinstance(created, CreateStep)
    assert isinstance(each, ForEachStep)
    assert created.entity == "Order"
    assert each.clear
    adjusted, sold = each.steps
    assert isinstance(adjusted, AdjustStep)
    assert (adjusted.relation, adjusted.field) == ("lamp", "stock")
    assert isinstance(sold, CreateStep)
    assert sold.entity == "OrderItem"


@pytest.mark.parametrize("told", ["Guests check out of rooms.", "Checkouts have a date.", "Orders have a date."])
def test_without_a_basket_nobody_checks_out_of_one(told: str) -> None:
    assert not any(entity.actions for entity in _plan(f"{GOODS} {told}").entities)
