"""The history of states, as people ask for it."""

import pytest

from codebegen.blueprint import Blueprint, check, complete
from codebegen.understanding import understand

SHOP = (
    "Customers have a name. Orders have a number and belong to a customer. "
    "An order is placed, then paid, then shipped. Parcels have a weight and a state (packed, sent). "
)


def understood(words: str, before: str = SHOP) -> Blueprint:
    blueprint = understand(before + words).blueprint
    assert blueprint is not None
    assert check(complete(blueprint)) == ()
    return blueprint


def kept(blueprint: Blueprint) -> set[str]:
    return {f"{entity.name}.{one.field}" for entity in blueprint.entities for one in entity.histories}


BOTH = {"Order.status", "Parcel.state"}


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("We keep the history of status changes: who changed it, when, from what to what.", BOTH),
        ("Log every status change.", BOTH),
        ("Every change of the status is recorded with date and user.", BOTH),
        ("The system must store the full history of state transitions (who, when, old and new value).", BOTH),
        ("All status changes of an order must be tracked.", {"Order.status"}),
        ("Keep a history of status changes for every order.", {"Order.status"}),
        ("- parcel status history", {"Parcel.state"}),
        ("We record each order's status changes and customers can log in.", {"Order.status"}),
        ("Don't log status changes.", set()),
        ("Every change of status goes to the audit log.", set()),
    ],
)
def test_what_is_kept(words: str, expected: set[str]) -> None:
    blueprint = understood(words)
    assert kept(blueprint) == expected
    assert {"Customer", "Order", "Parcel"} <= set(blueprint.entities_by_name) <= {"Customer", "Order", "Parcel", "User"}
    assert blueprint.entities_by_name["Order"].fields_by_name["status"].values == ("placed", "paid", "shipped")


def test_who_it_was_needs_accounts() -> None:
    assert understood("Log all status changes with the user.").has("auth")
    assert not understood("Log all status changes.").has("auth")
    assert not understood("There is no login. Log all status changes with the user.").has("auth")


def test_other_data_is_for_those_who_read_data() -> None:
    blueprint = understood("We log every change of status with a time and a remark.")
    assert kept(blueprint) == set()


def test_an_entity_in_its_place_stays() -> None:
    before = "Orders have a number. An order is placed, then paid. Order histories have a text. "
    assert kept(understood("Log every status change.", before)) == set()


def test_what_finds_no_state_is_left_over() -> None:
    [left] = understood("Log every status change.", "Products have a name. ").report.residue
    assert left.text == "Log every status change"
