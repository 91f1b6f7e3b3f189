"""Expressions as Python over a row: they mean what the blueprint says, and what they can't say is left out."""

from decimal import Decimal

import pytest

from codebegen.blueprint import Entity
from codebegen.blueprint.expressions import (
    All,
    AnyOf,
    Arithmetic,
    ArithmeticOperator,
    Compare,
    CompareOperator,
    Expression,
    FieldRef,
    IsNull,
    Not,
    Now,
    Value,
)
from codebegen.compiler.testing.row_code import row_code

LINE = Entity.model_validate(
    {
        "name": "Line",
        "fields": [
            {"name": "amount", "type": "integer"},
            {"name": "price", "type": "money"},
            {"name": "discount", "type": "money", "required": False},
            {"name": "paid", "type": "boolean"},
            {"name": "state", "type": "enum", "values": ["open", "closed"]},
            {"name": "sent_at", "type": "datetime"},
        ],
    }
)
ROW = {"amount": 3, "price": Decimal("1.50"), "discount": None, "paid": False, "state": "open"}


def f(path: str) -> Expression:
    return FieldRef(path=path)


def v(value: str | float | bool | None) -> Expression:
    return Value(value=value)


def is_(left: Expression, operator: CompareOperator, right: Expression) -> Expression:
    return Compare(operator=operator, left=left, right=right)


def made_of(left: Expression, operator: ArithmeticOperator, right: Expression) -> Expression:
    return Arithmetic(operator=operator, left=left, right=right)


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        (is_(f("state"), "!=", v("closed")), True),
        (is_(f("paid"), "==", v(value=True)), False),
        (is_(f("price"), ">=", v("1.5")), True),
        (is_(f("discount"), ">", v(2)), True),
        (Not(of=is_(f("discount"), ">", v(2))), False),
        (IsNull(of=FieldRef(path="discount")), True),
        (All(of=(is_(f("amount"), ">", v(1)), is_(f("amount"), "<", v(3)))), False),
        (AnyOf(of=(is_(f("amount"), ">", v(1)), is_(f("amount"), "<", v(3)))), True),
        (made_of(f("amount"), "*", f("price")), Decimal("4.50")),
        (made_of(f("price"), "*", v(-1)), Decimal("-1.50")),
    ],
)
def test_what_it_is_of_a_row(expression: Expression, value: object) -> None:
    code = row_code(LINE, expression)
    assert code is not None
    assert eval(code, {"Decimal": Decimal, "row": ROW}) == value


@pytest.mark.parametrize(
    "expression",
    [
        f("order.total"),
        f("sent_at"),
        is_(f("sent_at"), "<", Now()),
        is_(f("state"), "==", v(None)),
        made_of(f("discount"), "*", v(2)),
        made_of(f("price"), "/", v(2)),
        All(of=(is_(f("amount"), ">", v(1)), f("order.total"))),
    ],
)
def test_what_asks_for_more_is_left_out(expression: Expression) -> None:
    assert row_code(LINE, expression) is None
