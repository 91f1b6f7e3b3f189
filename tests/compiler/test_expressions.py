"""Expressions as Python: over a loaded row, where nothing is known to be wrong, and as SQL, which knows null itself."""

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from pydantic import TypeAdapter

from codebegen.blueprint import Blueprint
from codebegen.blueprint.expressions import Expression
from codebegen.compiler.expressions import over_row, owned_by, sql

SHOP = Blueprint.model_validate(
    {
        "name": "shop",
        "features": [{"key": "auth"}],
        "entities": [
            {"name": "User", "kind": "user"},
            {
                "name": "Order",
                "fields": [
                    {"name": "state", "type": "enum", "values": ["open", "A+"]},
                    {"name": "paid", "type": "boolean"},
                    {"name": "total", "type": "money"},
                    {"name": "paid_sum", "type": "money", "required": False},
                    {"name": "count", "type": "integer"},
                    {"name": "class", "type": "string"},
                    {"name": "due_on", "type": "date"},
                    {"name": "sent_at", "type": "datetime", "required": False},
                ],
                "relations": [
                    {"name": "buyer", "kind": "many_to_one", "target": "User"},
                    {"name": "first", "kind": "many_to_one", "target": "Order", "required": False},
                ],
            },
            {"name": "Item", "relations": [{"name": "order", "kind": "many_to_one", "target": "Order"}]},
        ],
    }
)
ORDER, ITEM = SHOP.entities_by_name["Order"], SHOP.entities_by_name["Item"]
Data = dict[str, Any]


def of(data: Data) -> Expression:
    found: Expression = TypeAdapter(Expression).validate_python(data)
    return found


def f(path: str) -> Data:
    return {"kind": "field", "path": path}


def v(constant: object) -> Data:
    return {"kind": "value", "value": constant}


def c(left: Data, operator: str, right: Data) -> Data:
    return {"kind": "compare", "operator": operator, "left": left, "right": right}


def m(left: Data, operator: str, right: Data) -> Data:
    return {"kind": "arithmetic", "operator": operator, "left": left, "right": right}


def no(part: Data) -> Data:
    return {"kind": "not", "of": part}


def null(path: str) -> Data:
    return {"kind": "is_null", "of": f(path)}


def every(*parts: Data) -> Data:
    return {"kind": "all", "of": parts}


def some(*parts: Data) -> Data:
    return {"kind": "any", "of": parts}


NOW: Data = {"kind": "now"}
ME: Data = {"kind": "caller"}

ROW = [
    (c(f("count"), ">", v(5)), "order.count > 5"),
    (c(v(5), "<", f("count")), "order.count > 5"),
    (c(f("count"), "==", v("5")), "order.count == 5"),
    (c(f("state"), "==", v("A+")), "order.state == models.OrderState.A_PLUS"),
    (c(f("paid"), "==", v(constant=True)), "order.paid is True"),
    (c(f("paid"), "!=", v(constant=True)), "order.paid is not True"),
    (no(c(f("paid"), "==", v(constant=False))), "order.paid is not False"),
    (c(f("class"), "==", v('a"b')), 'order.class_ == "a\\"b"'),
    (c(f("total"), ">=", v("0.50")), 'order.total >= Decimal("0.50")'),
    (c(f("total"), ">=", v(3)), "order.total >= Decimal(3)"),
    (c(m(f("total"), "*", v(2)), ">", v(1)), "(order.total * Decimal(2)) > Decimal(1)"),
    (c(m(f("count"), "+", v(1)), ">", v(1)), "(order.count + 1) > 1"),
    (c(m(v(1), "/", f("count")), ">", v(1)), "order.count == 0 or (1 / order.count) > 1"),
    (c(f("due_on"), "<", NOW), "order.due_on < (utcnow()).date()"),
    (
        c(f("sent_at"), "<", {"kind": "now", "minutes": 5}),
        "order.sent_at is None or order.sent_at < utcnow() + timedelta(minutes=5)",
    ),
    (c(f("due_on"), "==", v("2024-01-31")), 'order.due_on == dt.date.fromisoformat("2024-01-31")'),
    (c(f("paid_sum"), "<=", f("total")), "order.paid_sum is None or order.paid_sum <= order.total"),
    (c(f("created_at"), "<", NOW), "order.created_at is None or order.created_at < utcnow()"),
    (c(f("buyer"), "==", ME), "order.buyer_id == actor.id"),
    (null("first"), "order.first_id is None"),
    (no(null("first")), "order.first_id is not None"),
    (no(no(null("first"))), "order.first_id is None"),
    (no(c(f("count"), "<", v(5))), "order.count >= 5"),
    (no(c(f("paid_sum"), "<", v(5))), "not (order.paid_sum is None or order.paid_sum < Decimal(5))"),
    (every(c(f("count"), "<", v(5))), "order.count < 5"),
    (
        every(c(f("paid_sum"), "<", v(5)), c(f("count"), "<", v(5))),
        "((order.paid_sum is None or order.paid_sum < Decimal(5)) and order.count < 5)",
    ),
    (
        some(every(null("first"), null("sent_at")), null("paid_sum")),
        "((order.first_id is None and order.sent_at is None) or order.paid_sum is None)",
    ),
    (no(some(null("first"), null("sent_at"))), "not (order.first_id is None or order.sent_at is None)"),
]

SQL = [
    (c(f("count"), ">", v(5)), "models.Order.count > 5"),
    (c(f("paid"), "==", v(constant=True)), "models.Order.paid.is_(True)"),
    (c(f("paid_sum"), "<=", f("total")), "models.Order.paid_sum <= models.Order.total"),
    (null("first"), "models.Order.first_id.is_(None)"),
    (no(null("first")), "models.Order.first_id.is_not(None)"),
    (every(null("first"), null("sent_at")), "sa.and_(models.Order.first_id.is_(None), models.Order.sent_at.is_(None))"),
    (some(null("first"), null("sent_at")), "sa.or_(models.Order.first_id.is_(None), models.Order.sent_at.is_(None))"),
    (
        no(some(null("first"), null("sent_at"))),
        "sa.not_(sa.or_(models.Order.first_id.is_(None), models.Order.sent_at.is_(None)))",
    ),
]


@pytest.mark.parametrize(("data", "spelled"), ROW)
def test_over_a_row(data: Data, spelled: str) -> None:
    assert over_row(SHOP, ORDER, "order").render(of(data)) == spelled


@pytest.mark.parametrize(("data", "spelled"), SQL)
def test_as_sql(data: Data, spelled: str) -> None:
    assert sql(SHOP, ORDER).render(of(data)) == spelled


def test_behind_keys() -> None:
    behind = of(c(f("order.state"), "==", v("open")))
    key = of(c(f("order.buyer"), "==", ME))
    assert over_row(SHOP, ITEM, "item").render(behind) == "its_order.state == models.OrderState.OPEN"
    assert over_row(SHOP, ITEM, "item").render(key) == "its_order.buyer_id == actor.id"
    inner = "sa.select(models.Order.state).where(models.Order.id == models.Item.order_id).scalar_subquery()"
    assert sql(SHOP, ITEM).render(behind) == f"{inner} == models.OrderState.OPEN"
    bought = "sa.select(models.Order.id).where(models.Order.buyer_id == actor.id)"
    assert owned_by(SHOP, ITEM, "order.buyer") == f"models.Item.order_id.in_({bought})"


@pytest.mark.parametrize(
    ("paid_sum", "count", "holds"), [(None, 4, True), (None, 6, False), (Decimal(1), 4, True), (Decimal(9), 4, False)]
)
def test_what_is_spelled_means_what_is_said(paid_sum: Decimal | None, count: int, holds: bool) -> None:
    condition = of(every(c(f("paid_sum"), "<", v(5)), c(f("count"), "<", v(5))))
    row = SimpleNamespace(paid_sum=paid_sum, count=count)
    spelled = over_row(SHOP, ORDER, "order").render(condition)
    assert eval(spelled, {"order": row, "Decimal": Decimal, "dt": dt}) is holds


def test_a_condition_that_if_asks_has_no_parentheses_around_it() -> None:
    renderer = over_row(SHOP, ORDER, "order")
    assert (
        renderer.test(of(every(null("first"), null("sent_at")))) == "order.first_id is None and order.sent_at is None"
    )
    assert renderer.test(of(null("first"))) == "order.first_id is None"
