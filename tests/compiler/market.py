"""A blueprint of all that changes several rows at once: a checkout, a stock, transfers, things that are kept back,
and moves that change other rows."""

from codebegen.blueprint import (
    Blueprint,
    Computed,
    Entity,
    Feature,
    Field,
    Grant,
    History,
    Permission,
    Relation,
    StateMachine,
    Tally,
    Transition,
    complete,
    stated,
)
from codebegen.blueprint.behaviour import CompoundAction
from codebegen.blueprint.expressions import Arithmetic, Compare, FieldRef, Value
from codebegen.blueprint.steps import AdjustStep, CreateStep, ForEachStep, MoveStep, SetStep

SAID = stated("in the description")
PRIVATE = Permission(operation="read", allow=(Grant(kind="owner"),), provenance=SAID)
TAKEN = Arithmetic(operator="*", left=FieldRef(path="quantity"), right=Value(value=-1))
DEBIT = Arithmetic(operator="*", left=FieldRef(path="amount"), right=Value(value=-1))
ONE = Value(value=-1)
LINE = Arithmetic(operator="*", left=FieldRef(path="quantity"), right=FieldRef(path="unit_price"))
WAITING = Compare(operator="==", left=FieldRef(path="collected"), right=Value(value=False))


def field(name: str, kind: str = "string", **values: object) -> Field:
    return Field.model_validate({"name": name, "type": kind, "provenance": SAID, **values})


def to(name: str, target: str, **values: object) -> Relation:
    return Relation.model_validate(
        {"name": name, "target": target, "kind": "many_to_one", "provenance": SAID, **values}
    )


CHECKOUT = CompoundAction(
    name="checkout",
    provenance=SAID,
    steps=(
        CreateStep(entity="Order"),
        ForEachStep(
            entity="CartItem",
            relation="cart",
            steps=(
                AdjustStep(relation="product", field="stock", amount=TAKEN, message="There is not enough stock."),
                CreateStep(entity="OrderItem"),
            ),
            clear=True,
        ),
    ),
)

CANCEL = Transition(
    name="cancel",
    from_=("pending", "paid"),
    to="cancelled",
    steps=(
        ForEachStep(
            entity="OrderItem",
            relation="order",
            steps=(AdjustStep(relation="product", field="stock", amount=FieldRef(path="quantity")),),
        ),
        ForEachStep(entity="Parcel", relation="order", steps=(MoveStep(transition="stop"),)),
    ),
)

DELIVER = Transition(
    name="deliver",
    from_=("packed",),
    to="delivered",
    steps=(
        MoveStep(transition="close", relation="order"),
        SetStep(field="discontinued", value=Value(value=True), relation="sample"),
    ),
)

REFUND = StateMachine(
    field="state",
    initial="asked",
    transitions=(
        Transition(
            name="grant",
            from_=("asked",),
            to="granted",
            steps=(AdjustStep(relation="wallet", field="balance", amount=FieldRef(path="amount")),),
        ),
        Transition(
            name="withdraw",
            from_=("granted",),
            to="withdrawn",
            steps=(AdjustStep(relation="wallet", field="balance", amount=DEBIT),),
        ),
    ),
)

MARKET = complete(
    Blueprint(
        name="market",
        features=(Feature(key="auth"), Feature(key="audit_log")),
        entities=(
            Entity(
                name="Product",
                provenance=SAID,
                fields=(
                    field("name"),
                    field("price", "money", min=0),
                    field("stock", "integer"),
                    field("discontinued", "boolean"),
                ),
                permissions=tuple(Permission(operation=one, provenance=SAID) for one in ("create", "update", "delete")),
            ),
            Entity(
                name="Cart",
                provenance=SAID,
                relations=(to("customer", "User"),),
                permissions=(PRIVATE,),
                actions=(CHECKOUT,),
            ),
            Entity(
                name="CartItem",
                provenance=SAID,
                fields=(field("quantity", "integer", min=1),),
                relations=(to("cart", "Cart"), to("product", "Product")),
            ),
            Entity(
                name="Order",
                provenance=SAID,
                fields=(
                    field("shipping_address"),
                    field("notes", "text", required=False),
                    field("status", "enum", values=("pending", "paid", "closed", "cancelled")),
                    field("paid_at", "datetime", required=False),
                ),
                relations=(to("customer", "User"),),
                permissions=(PRIVATE,),
                actions=(CompoundAction(name="settle", provenance=SAID, steps=(MoveStep(transition="pay"),)),),
                computed=(
                    Computed(name="total", function="sum", entity="OrderItem", relation="order", expression=LINE),
                    Computed(
                        name="many_count",
                        function="count",
                        entity="OrderItem",
                        relation="order",
                        condition=Compare(operator=">", left=FieldRef(path="quantity"), right=Value(value=5)),
                    ),
                    Computed(
                        name="piece_count", function="sum", entity="OrderItem", relation="order", field="quantity"
                    ),
                ),
                histories=(History(field="status", provenance=SAID),),
                state_machines=(
                    StateMachine(
                        field="status",
                        initial="pending",
                        transitions=(
                            Transition(name="pay", from_=("pending",), to="paid"),
                            Transition(name="close", from_=("paid",), to="closed"),
                            CANCEL,
                        ),
                    ),
                ),
            ),
            Entity(name="Remark", provenance=SAID, fields=(field("text", "text", required=False),)),
            Entity(
                name="Wallet",
                provenance=SAID,
                fields=(field("label"), field("balance", "money")),
                relations=(to("holder", "User"),),
            ),
            Entity(
                name="Parcel",
                provenance=SAID,
                fields=(field("number"), field("state", "enum", values=("packed", "delivered", "stopped"))),
                relations=(to("order", "Order"), to("sample", "Product", required=False)),
                state_machines=(
                    StateMachine(
                        field="state",
                        initial="packed",
                        transitions=(DELIVER, Transition(name="stop", from_=("packed",), to="stopped")),
                    ),
                ),
            ),
            Entity(
                name="Refund",
                provenance=SAID,
                fields=(
                    field("amount", "money", min="0.01"),
                    field("state", "enum", values=("asked", "granted", "withdrawn")),
                ),
                relations=(to("wallet", "Wallet"),),
                state_machines=(REFUND,),
            ),
            Entity(
                name="Transfer",
                provenance=SAID,
                fields=(field("amount", "money", min="0.01"),),
                relations=(to("source", "Wallet", immutable=True), to("target", "Wallet")),
                tallies=(
                    Tally(
                        name="debit", relation="source", field="balance", amount=DEBIT, message="Insufficient funds."
                    ),
                    Tally(name="credit", relation="target", field="balance", amount=FieldRef(path="amount")),
                ),
            ),
            Entity(
                name="Reservation",
                provenance=SAID,
                soft_delete=True,
                fields=(field("note", required=False), field("collected", "boolean")),
                relations=(to("product", "Product"), to("customer", "User")),
                tallies=(Tally(name="piece", relation="product", field="stock", amount=ONE, condition=WAITING),),
            ),
            Entity(
                name="OrderItem",
                provenance=SAID,
                fields=(field("quantity", "integer", min=1), field("unit_price", "money", min=0)),
                relations=(to("order", "Order"), to("product", "Product")),
                computed=(Computed(name="line_total", function="expression", expression=LINE),),
            ),
        ),
    )
)
