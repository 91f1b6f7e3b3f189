"""What a move does to other rows is read where it is sure which rows, and which number or state, are meant."""

import pytest

from codebegen.blueprint import Blueprint, check, complete
from codebegen.documentation import words
from codebegen.understanding import understand

SHOP = """A shop with products (name, price, stock) and carts. Customers check out their cart, which takes the stock.
An order can be paid, shipped or cancelled. """
LIBRARY = """A library. Members borrow copies of books. Copies have a status (available, on loan, lost). A loan is open,
then returned. """
STAFF = """Employees have a name and a leave balance (integer). A leave request belongs to an employee and has days
(integer). A manager can approve or reject a leave request. """
TOOLS = """Tools have a name and is_available (boolean). A rental belongs to a tool and is open, then returned. """
EVENTS = """Events have a title and a date. Bookings belong to an event and a user. A booking is pending, then confirmed
or cancelled. Events are planned, then cancelled or held. """
NO_TAKER = "Products have a name and a stock. An order belongs to a product and is paid, then cancelled. "
BACK = "for each OrderItem: adds `quantity` to `product.stock`"
VOIDED = "for each Booking: makes the move `cancel`"
FREE = "sets `copy.status` to available"
TAKEN = "adds (`days` * -1) to `employee.leave_balance`"


def read(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    assert check(complete(found)) == ()
    return found


def steps(blueprint: Blueprint) -> list[str]:
    machines = [machine for entity in blueprint.entities for machine in entity.state_machines]
    moves = [move for machine in machines for move in machine.transitions]
    return [words.step(step) for move in moves for step in move.steps]


@pytest.mark.parametrize(
    ("text", "said", "step"),
    [
        (SHOP, "Cancelling an order puts the stock back.", BACK),
        (SHOP, "When an order is cancelled, the stock of its products is restored.", BACK),
        (LIBRARY, "When a loan is returned, the copy becomes available.", FREE),
        (STAFF, "Approving a leave request takes the days off the employee's leave balance.", TAKEN),
        (STAFF, "Once a leave request is approved, its days are deducted from the leave balance.", TAKEN),
        (TOOLS, "Returning a rental makes the tool available again.", "sets `tool.is_available` to True"),
        (EVENTS, "When an event is cancelled, all its bookings are cancelled.", VOIDED),
    ],
)  # fmt: skip
def test_an_effect_becomes_a_step(text: str, said: str, step: str) -> None:
    blueprint = read(text + said)
    assert steps(blueprint) == [step]
    assert [one.text for one in blueprint.report.residue if one.text in said] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (STAFF, "When a leave request is approved, half of its days are deducted from the leave balance."),
        (STAFF, "When a leave request is rejected, its days go back to the leave balance."),
        (LIBRARY, "When a loan is returned, the copy becomes green."),
        (NO_TAKER, "Cancelling an order puts the stock back."),
    ],
)  # fmt: skip
def test_what_is_not_sure_is_left(text: str, said: str) -> None:
    blueprint = read(text + said)
    assert steps(blueprint) == []
