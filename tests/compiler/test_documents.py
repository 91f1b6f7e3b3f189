"""Projects on MongoDB: conditions become filters, keys become indexes, what needs transactions is missing, and told."""

import pytest

from codebegen.adapters.formatter import RuffFormatter
from codebegen.blueprint import Blueprint, complete
from codebegen.blueprint.expressions import (
    All,
    AnyOf,
    Arithmetic,
    Caller,
    Compare,
    Expression,
    FieldRef,
    IsNull,
    Not,
    Value,
)
from codebegen.compiler import Compiled, compile_blueprint
from codebegen.compiler.filters import filtered

SHOP = {
    "name": "shop",
    "stack": "fastapi_mongo",
    "features": [{"key": "auth"}],
    "entities": [
        {"name": "User", "kind": "user"},
        {
            "name": "Product",
            "soft_delete": True,
            "fields": [
                {"name": "sku", "unique": True},
                {"name": "count", "type": "integer", "unique": True, "required": False},
                {"name": "state", "type": "enum", "values": ["open", "sold"], "default": "open"},
            ],
            "relations": [{"name": "tags", "kind": "many_to_many", "target": "Tag"}],
            "actions": [{"kind": "toggle", "name": "like"}],
        },
        {"name": "Tag", "fields": [{"name": "name"}]},
        {
            "name": "Line",
            "fields": [{"name": "price", "type": "money"}, {"name": "paid", "type": "boolean", "default": False}],
            "relations": [
                {"name": "product", "kind": "many_to_one", "target": "Product"},
                {"name": "user", "kind": "many_to_one", "target": "User"},
            ],
            "unique_together": [{"fields": ["product", "user"]}],
            "tallies": [
                {"name": "sold", "relation": "product", "field": "count", "amount": {"kind": "value", "value": 1}}
            ],
        },
    ],
}


def f(path: str) -> Expression:
    return FieldRef(path=path)


def v(value: object) -> Expression:
    return Value.model_validate({"value": value})


PRICEY = Compare(operator=">", left=f("price"), right=v(5))
DOUBLED = '{"$expr": {"$gt": [{"$multiply": ["$price", Decimal(2)]}, Decimal(9)]}}'
SOLD = Compare(operator="==", left=f("product.state"), right=v("sold"))


@pytest.fixture(scope="module")
def blueprint() -> Blueprint:
    return complete(Blueprint.model_validate(SHOP))


@pytest.fixture(scope="module")
def compiled(blueprint: Blueprint) -> Compiled:
    return compile_blueprint(blueprint, RuffFormatter().format)


@pytest.mark.parametrize(
    ("condition", "spelled"),
    [
        (PRICEY, '{"price": {"$gt": Decimal(5)}}'),
        (Not(of=PRICEY), '{"price": {"$lte": Decimal(5)}}'),
        (Compare(operator="<", left=v(5), right=f("price")), '{"price": {"$gt": Decimal(5)}}'),
        (Compare(operator="!=", left=f("price"), right=v(5)), '{"price": {"$nin": [Decimal(5), None]}}'),
        (Compare(operator="!=", left=f("paid"), right=v(True)), '{"paid": {"$ne": True}}'),
        (Compare(operator="==", left=f("user"), right=Caller()), '{"user_id": actor.id}'),
        (IsNull(of=FieldRef(path="price")), '{"price": None}'),
        (Not(of=IsNull(of=FieldRef(path="price"))), '{"price": {"$ne": None}}'),
        (SOLD, '{"product_id": {"$in": Among(models.Product, {"state": models.ProductState.SOLD})}}'),
        (
            All(of=(PRICEY, Not(of=Not(of=PRICEY)))),
            '{"$and": [{"price": {"$gt": Decimal(5)}}, {"price": {"$gt": Decimal(5)}}]}',
        ),
        (
            Not(of=All(of=(PRICEY, IsNull(of=FieldRef(path="price"))))),
            '{"$or": [{"price": {"$lte": Decimal(5)}}, {"price": {"$ne": None}}]}',
        ),
        (
            Not(of=AnyOf(of=(PRICEY, Compare(operator="==", left=f("paid"), right=v(True))))),
            '{"$and": [{"price": {"$lte": Decimal(5)}}, {"paid": {"$ne": True}}]}',
        ),
        (
            Compare(operator=">", left=Arithmetic(operator="*", left=f("price"), right=v(2)), right=v(9)),
            f'{{"$and": [{{"price": {{"$ne": None}}}}, {DOUBLED}]}}',
        ),
    ],
)
def test_conditions_become_filters(blueprint: Blueprint, condition: Expression, spelled: str) -> None:
    assert filtered(blueprint, blueprint.entities_by_name["Line"], condition) == spelled


def test_ids_follow_the_stack(blueprint: Blueprint) -> None:
    assert {entity.id_type for entity in blueprint.entities} == {"object"}
    back = complete(blueprint.model_copy(update={"stack": "fastapi_sqlite"}))
    assert {entity.id_type for entity in back.entities} == {"integer"}


def test_nothing_of_sql_is_in_the_project(compiled: Compiled) -> None:
    said = "\n".join(file.content for path, file in compiled.tree.items() if path != "codebegen.yaml").lower()
    assert not [word for word in ("sqlalchemy", "alembic", "sqlite", "postgres", "asyncpg") if word in said]
    assert {"beanie", "pymongo"} <= {
        line.split("==")[0] for line in compiled.tree["requirements.txt"].content.split("\n")
    }
    assert not [path for path in compiled.tree if path.startswith("migrations")]


def test_indexes_keep_what_is_unique(compiled: Compiled) -> None:
    product, line = (compiled.tree[f"app/models/{name}.py"].content for name in ("product", "line"))
    assert '[("sku", 1)], name="uq_products_sku", unique=True, partialFilterExpression={"deleted_at": None}' in product
    assert 'partialFilterExpression={"count_": {"$type": "number"}, "deleted_at": None}' in product
    assert '[("product_id", 1), ("user_id", 1)], name="uq_lines_product_id_user_id", unique=True' in line
    assert 'IndexModel([("tag_ids", 1)])' in product


def test_what_is_deleted_takes_its_parts_along(compiled: Compiled) -> None:
    rules = compiled.tree["app/models/references.py"].content
    assert 'Reference(models.Product, "tag_ids", models.Tag, Rule.PULL)' in rules
    assert 'Reference(models.ProductLikes, "product_id", models.Product, Rule.CASCADE)' in rules


def test_what_needs_transactions_is_said_to_be_missing(compiled: Compiled) -> None:
    assert [(item.place, item.message) for item in compiled.unimplemented] == [
        ("entities.Line.tallies.sold", "the tally sold is not kept")
    ]
