"""Compound actions: what is filled in by itself, and what can't be done is told with its place."""

import pytest

from codebegen.blueprint import Blueprint, CompoundAction, check, complete
from codebegen.blueprint.behaviour import ToggleAction
from codebegen.blueprint.endpoints import endpoints
from codebegen.blueprint.expressions import Expression, FieldRef, Value
from codebegen.blueprint.passes.edit import changed
from codebegen.blueprint.steps import AdjustStep, Assignment, CreateStep, ForEachStep, MoveStep, Step
from tests.compiler.market import CHECKOUT, MARKET


def with_action(action: CompoundAction) -> Blueprint:
    carts = (changed(e, actions=(action,)) if e.name == "Cart" else e for e in MARKET.entities)
    return complete(changed(MARKET, entities=tuple(carts)))


def doing(*steps: Step) -> Blueprint:
    return with_action(changed(CHECKOUT, steps=steps))


def each(*steps: AdjustStep | CreateStep) -> ForEachStep:
    return ForEachStep(entity="CartItem", relation="cart", steps=steps)


def taking(relation: str = "product", field: str = "stock", amount: Expression | None = None) -> AdjustStep:
    return AdjustStep(relation=relation, field=field, amount=amount or Value(value=-1))


def given(name: str, constant: str | int) -> Assignment:
    return Assignment(name=name, value=Value(value=constant))


def test_new_rows_get_what_the_rows_at_hand_know() -> None:
    order, items = MARKET.entities_by_name["Cart"].compounds[0].steps
    assert isinstance(order, CreateStep)
    assert order.values == (Assignment(name="customer", value=FieldRef(path="customer")),)
    assert isinstance(items, ForEachStep)
    made = items.steps[1]
    assert isinstance(made, CreateStep)
    assert {value.name: value.value for value in made.values} == {
        "product": FieldRef(path="product"),
        "quantity": FieldRef(path="quantity"),
        "unit_price": FieldRef(path="product.price"),
    }


@pytest.mark.parametrize(
    ("stated", "path"),
    [
        ("", "/carts/{id}/checkout"),
        ("/api/v1/checkout", "/checkout"),
        ("/carts/{cartId}/checkout", "/carts/{id}/checkout"),
        ("/carts/:id/checkout/", "/carts/{id}/checkout"),
    ],
)
def test_where_it_is_reached(stated: str, path: str) -> None:
    found = with_action(changed(CHECKOUT, path=stated))
    assert check(found) == ()
    assert ("POST", f"/api/v1{path}") in [(e.method, e.path) for e in endpoints(found)]


def test_accounts_have_marks_as_other_rows_do() -> None:
    user = changed(MARKET.entities_by_name["User"], actions=(ToggleAction(name="follow"),))
    found = complete(changed(MARKET, entities=(*(e for e in MARKET.entities if e.name != "User"), user)))
    marks = {(e.method, e.path, e.access) for e in endpoints(found) if e.operation == "action:follow"}
    assert marks == {(method, "/api/v1/users/{id}/follow", "protected") for method in ("PUT", "DELETE")}


def test_words_alone_reach_nothing() -> None:
    found = with_action(changed(CHECKOUT, steps=(), text="turns the cart into an order"))
    assert not any(e.path.endswith("checkout") for e in endpoints(found))


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (with_action(changed(CHECKOUT, path="/orders")), "duplicate-name"),
        (with_action(changed(CHECKOUT, path="/orders/{id}/checkout")), "path-shape"),
        (doing(ForEachStep(entity="OrderItem", relation="order")), "unknown-step"),
        (doing(each(taking(field="name"))), "unknown-field"),
        (doing(each(taking(relation="cart"))), "unknown-step"),
        (doing(each(taking(amount=FieldRef(path="product.stock")))), "far-amount"),
        (doing(each(taking(amount=FieldRef(path="product")))), "not-comparable"),
        (doing(each(CreateStep(entity="User"))), "unknown-step"),
        (doing(each(CreateStep(entity="Order"))), "missing-value"),
        (doing(each(CreateStep(entity="OrderItem"))), "missing-value"),
        (doing(CreateStep(entity="Order", values=(given("status", "paid"),))), "unknown-step"),
        (doing(CreateStep(entity="Order", values=(given("notes", 3),))), "not-comparable"),
        (doing(MoveStep(transition="pay")), "unknown-step"),
    ],
)  # fmt: skip
def test_what_can_not_be_done_is_told(found: Blueprint, code: str) -> None:
    problems = check(found)
    assert code in {problem.code for problem in problems}
    assert {problem.place for problem in problems} == {"entities.Cart.actions.checkout"}
