"""Notices: what is checked of those that are told, and which ones are made where none is."""

import pytest

from codebegen.blueprint import Blueprint, check, complete, load
from codebegen.blueprint.notices import Notice

HEAD = """\
version: 1
name: shop
entities:
  - name: Order
    plural: orders
    owner: customer
    fields:
      - {name: title, required: true}
      - {name: status, type: enum, values: [open, shipped], default: open}
      - {name: is_gift, type: boolean}
      - {name: due_date, type: date}
    relations:
      - {name: customer, kind: many_to_one, target: User, required: true}
      - {name: assignee, kind: many_to_one, target: User, required: false}
    state_machines:
      - {field: status, initial: open, transitions: [{name: ship, from: [open], to: shipped}]}
"""
NOTE = """\
  - name: Note
    plural: notes
    owner: author
    fields: [{name: text, type: text, required: true}]
    relations:
      - {name: author, kind: many_to_one, target: User, required: true}
      - {name: order, kind: many_to_one, target: Order, required: true}
"""


def shop(notice: str = "", features: str = "", more: str = "") -> Blueprint:
    """A shop that tells somebody something."""
    told = f"    notices:\n      - {{name: told, {notice}}}\n" if notice else ""
    asked = f"features: [{features}]\n" if features else ""
    loaded = load(HEAD + told + more + asked)
    assert isinstance(loaded, Blueprint), loaded
    return complete(loaded)


def notices(blueprint: Blueprint) -> dict[str, Notice]:
    """All of them by name."""
    return {notice.name: notice for entity in blueprint.entities for notice in entity.notices}


@pytest.mark.parametrize(
    "notice",
    [
        "event: created, role: admin",
        "event: becomes, field: status, value: shipped, to: customer",
        "event: becomes, field: is_gift, value: true, to: customer",
        "event: assigned, field: assignee, to: assignee",
        "event: due, field: due_date, hours: 48, to: customer",
    ],
)
def test_what_can_be_told(notice: str) -> None:
    assert check(shop(notice)) == ()


@pytest.mark.parametrize(
    ("notice", "code"),
    [
        ("event: created", "unclear-recipient"),
        ("event: created, role: admin, to: customer", "unclear-recipient"),
        ("event: created, role: baker", "unknown-role"),
        ("event: created, to: baker", "unknown-recipient"),
        ("event: created, to: self", "unknown-recipient"),
        ("event: created, to: title", "unknown-recipient"),
        ("event: created, field: status, to: customer", "unknown-event"),
        ("event: becomes, field: status, value: eaten, to: customer", "unknown-event"),
        ("event: becomes, field: status, value: true, to: customer", "unknown-event"),
        ("event: becomes, field: title, value: shipped, to: customer", "unknown-event"),
        ("event: becomes, field: price, value: true, to: customer", "unknown-event"),
        ("event: assigned, field: title, to: customer", "unknown-event"),
        ("event: due, field: due_date, to: customer", "unknown-event"),
        ("event: due, field: title, hours: 48, to: customer", "unknown-event"),
        ("event: created, hours: 48, to: customer", "unknown-event"),
    ],
)
def test_what_can_not(notice: str, code: str) -> None:
    assert [problem.code for problem in check(shop(notice))] == [code]


def test_two_of_one_name() -> None:
    blueprint = shop("event: created, role: admin}\n      - {name: told, event: deleted, role: admin")
    assert [problem.code for problem in check(blueprint)] == ["duplicate-name"]


def test_they_bring_what_delivers_them() -> None:
    assert shop("event: created, role: admin").has("notifications")
    assert not shop("event: created, role: admin").has("email")
    assert shop("event: created, role: admin, email: true").has("email")
    assert shop("event: created, role: admin").has_accounts
    assert shop("event: due, field: due_date, hours: 48, to: customer").has("jobs")
    assert not shop("event: created, role: admin").has("jobs")


def test_mail_is_for_all_of_them_where_none_is_named() -> None:
    assert notices(shop("event: created, role: admin", "{key: email}"))["told"].email
    assert all(notice.email for notice in notices(shop(features="{key: email}")).values())
    assert not any(notice.email for notice in notices(shop(features="{key: notifications}")).values())


def test_nobody_is_told_where_nobody_asks() -> None:
    assert notices(shop()) == {}


def test_what_is_told_where_nothing_is_said() -> None:
    made = notices(shop(features="{key: notifications}", more=NOTE))
    assert made.keys() == {"order_shipped", "order_assignee", "new_note_of_order"}
    shipped, assigned, note = made["order_shipped"], made["order_assignee"], made["new_note_of_order"]
    assert (shipped.event, shipped.field, shipped.value, shipped.to) == ("becomes", "status", "shipped", "customer")
    assert (assigned.event, assigned.field, assigned.to) == ("assigned", "assignee", "assignee")
    assert (note.event, note.to) == ("created", "order.customer")
    blueprint = shop(features="{key: notifications}", more=NOTE)
    assert complete(blueprint) == blueprint
    assert check(blueprint) == ()


def test_what_is_assumed_is_said() -> None:
    blueprint = shop(features="{key: notifications}")
    [told] = [note.message for note in blueprint.report.assumptions if note.element == "features.notifications"]
    assert told == "people are told of: order shipped, order assignee"
    empty = load(
        "version: 1\nname: a\nentities: [{name: Pen, plural: pens, fields: [{name: ink}]}]\nfeatures: [{key: email}]\n"
    )
    assert isinstance(empty, Blueprint)
    assert "nobody" in next(
        a.message for a in complete(empty).report.assumptions if a.element == "features.notifications"
    )
