"""Lifecycles in prose: where rows begin, and every move with where it starts, over several sentences."""

import pytest

from codebegen.blueprint import Blueprint, complete
from codebegen.understanding import understand

STORIES = {
    "A parcel has a weight. A parcel is registered first. Then it is shipped. "
    "A shipped parcel is delivered or returned.": ("registered: registered>shipped shipped>delivered shipped>returned"),
    "Concerts have a title. Concerts start as planned, can be announced and then held or cancelled.": (
        "planned: planned>announced announced>held announced>cancelled"
    ),
    "A motion has a text. A motion is first proposed. The chair opens it for voting, and afterwards closes it.": (
        "proposed: proposed>open open>closed"
    ),
    "A claim has a number. A claim is opened, then assessed by an adjuster and either approved or denied.": (
        "opened: opened>assessed assessed>approved assessed>denied"
    ),
    "An order has a total. When an order is placed it is pending. After payment it becomes paid. "
    "Customers can cancel an order as long as it has not been paid.": "pending: pending>paid pending>cancelled",
    "A report has a title. A report stays in draft until its author submits it. "
    "The reviewer then either approves it or sends it back to draft.": (
        "draft: draft>submitted submitted>approved submitted>draft"
    ),
    "An application has a letter. Applications go from submitted to interview to offer, "
    "and may be rejected at any stage before the offer.": (
        "submitted: submitted>interview interview>offer submitted>rejected interview>rejected"
    ),
    "A ticket has a title. New tickets are open. An agent can put a ticket on hold or resolve it.": (
        "open: open>on_hold open>resolved"
    ),
    "An order has a total. An order can be paid, then shipped.": "pending: pending>paid paid>shipped",
    "A product has a name. A product can be published: draft -> published.": "draft: draft>published",
    "A job has a title. A job is born as new. New jobs can be checked; a checked one gets printed.": (
        "new: new>checked checked>printed"
    ),
    "A worker can approve or reject adoption requests that are pending. An adoption request has a letter.": (
        "pending: pending>approved pending>rejected"
    ),
    "A permit has a number. Permits are pending until they're granted or refused; a granted one "
    "lapses if nobody pays.": ("pending: pending>granted pending>refused granted>lapsed"),
    "A course has a title. A course is active; the tutor may pause it and continue later, "
    "and in the end it is completed or aborted.": (
        "active: active>paused paused>active active>completed active>aborted"
    ),
    "A visit has a date. A visit is planned at first. When I've been there it's done, or it's missed if nobody opened "
    "the door.": "planned: planned>done planned>missed",
    "A crate has a weight. A crate is `announced` first. Dropping it in makes it `stored`. After a week a stored crate "
    "becomes `expired`, and a courier takes an expired one back (`returned`).": (
        "announced: announced>stored stored>expired expired>returned"
    ),
    "An order has a total. An order can be cancelled until it is shipped. "
    "Orders are placed, paid, shipped and delivered.": (
        "placed: placed>paid paid>shipped shipped>delivered placed>cancelled paid>cancelled"
    ),
    "A lease has a title. First it's drafted by the owner, reviewed by a lawyer, signed by both sides and finally "
    "archived.": "drafted: drafted>reviewed reviewed>signed signed>archived",
    "A plea has a text. Clerks approve or reject pleas. Rejected ones can be reopened.": (
        "pending: pending>approved pending>rejected rejected>open"
    ),
    "A repair has a text. A repair goes received > fixed > picked up.": "received: received>fixed fixed>picked_up",
    "A key has a code. State of a key: issued → active → blocked ↔ active; issued, active and "
    "blocked may all be → lost.": (
        "issued: issued>active active>blocked blocked>active issued>lost active>lost blocked>lost"
    ),
    "Housing software\n* Faults\n    * photo, place\n    * new -> ordered -> fixed; new -> refused; fixed -> ordered": (
        "new: new>ordered ordered>fixed new>refused fixed>ordered"
    ),
    "A sample has a code and a depth. The life of a sample goes like this: taken, in transit, analysed, "
    "archived; an archived sample can be analysed again.": (
        "taken: taken>in_transit in_transit>analysed analysed>archived archived>analysed"
    ),
    "A kayak has a name. A kayak goes new, then for rent, then rented, then retired.": (
        "new: new>for_rent for_rent>rented rented>retired"
    ),
    "A frame has a width. A frame is ordered, cut, glued, ready, collected.": (
        "ordered: ordered>cut cut>glued glued>ready ready>collected"
    ),
    "A card has a title. Status goes backlog, doing, testing, done, and from testing it can go back to doing.": (
        "backlog: backlog>doing doing>testing testing>done testing>doing"
    ),
    "Faults have a text. Faults are open, taken, repaired or closed, in this order, and a guest can reopen "
    "a repaired one, which puts it back to open.": ("open: open>taken taken>repaired repaired>closed repaired>open"),
    "A parcel report has a number. A parcel report is `open` first. Staff set it to `found` when the box "
    "turned up and to `handed_over` once the customer has it. Open reports older than a week become `lost`.": (
        "open: open>found found>handed_over open>lost"
    ),
    "- Loans of a costume\n  - from and to\n  - requested, approved, handed out, returned — that's the sequence": (
        "requested: requested>approved approved>handed_out handed_out>returned"
    ),
    'A loss has a text. The loss opens as "missing". As soon as somebody finds it, the loss switches to '
    'located. From located it can only go to "on its way", and from there to delivered when the driver has '
    "a signature. If after a week it is still missing, the loss becomes lost.": (
        "missing: missing>located located>on_its_way on_its_way>delivered missing>lost"
    ),
    "A complaint has an amount. A complaint is opened by the tenant. A supervisor either settles the "
    "complaint or rejects it.": ("open: open>settled open>rejected"),
    'A notice has a text. A notice arrives as open. A clerk takes it over, which makes it "assigned" to '
    "her. The clerk closes the notice. If not, she issues an order, and the notice becomes ordered. From "
    "ordered it can go to closed once they comply, or to fined after the deadline has passed. A fined "
    "notice may be appealed by the party. Closed notices may be reopened.": (
        "open: open>assigned assigned>closed assigned>ordered ordered>closed ordered>fined fined>appealed closed>open"
    ),
    "A motion has a title. A member proposes a motion, it's proposed. The secretary checks it and puts it "
    "on the list, so it becomes listed, or turns it down, with a reason. Then the motion is either adopted "
    "or defeated.": ("proposed: proposed>listed proposed>turned_down listed>adopted listed>defeated"),
    "A booking has a day. Once the shift is over the leader marks each booking as attended, excused or "
    "missed; before that it's simply booked.": ("booked: booked>attended booked>excused booked>missed"),
}


@pytest.mark.parametrize("text", STORIES)
def test_a_story(text: str) -> None:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    (machine,) = [machine for entity in complete(blueprint).entities for machine in entity.state_machines]
    initial, moves = STORIES[text].split(": ")
    assert machine.initial == initial
    assert {f"{source}>{move.to}" for move in machine.transitions for source in move.from_} == set(moves.split())


@pytest.mark.parametrize(
    "text",
    [
        "A book has a title. Books are written by authors and printed by publishers.",
        "Members have a name. Members can cancel a booking. A booking has a date.",
        "A house has a price. Houses are built from wood or brick.",
        "A track has a title. Tracks are uploaded by users.",
    ],
)
def test_what_only_happens_is_no_lifecycle(text: str) -> None:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert not [entity.state_machines for entity in blueprint.entities if entity.state_machines]


LISTS = {
    "Order status: new, paid, shipped. An order has a total.": ("Order", "status", "new paid shipped"),
    "An exam has a title and has status scheduled, running or graded.": ("Exam", "status", "scheduled running graded"),
    "States of a shipment:\n- created: initial state\n- picked up\n- delivered or lost\n\nA shipment has a weight.": (
        "Shipment",
        "state",
        "created picked_up delivered lost",
    ),
    "A task has a title. A task is either todo, doing or done.": ("Task", "status", "todo doing done"),
    "A repair has a price. Each repair passes these stages: received, diagnosed, in repair, ready.": (
        "Repair",
        "stage",
        "received diagnosed in_repair ready",
    ),
}


@pytest.mark.parametrize("text", LISTS)
def test_a_list_of_states(text: str) -> None:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    name, field, values = LISTS[text]
    assert [entity.name for entity in blueprint.entities] == [name]
    found = blueprint.entities_by_name[name].fields_by_name[field]
    assert (found.type, list(found.values)) == ("enum", values.split())


@pytest.mark.parametrize(
    "told",
    [
        "\n\n| State | Can go to | Who |\n|---|---|---|\n| draft | sent | clerk |\n| sent | paid, lost | customer |",
        "\n\n| from | to | by |\n|---|---|---|\n| draft | sent | clerk |\n| sent | paid, lost | customer |",
        "\nLife of an order\n- draft => sent (clerk)\n- sent => paid (customer)\n- sent => lost",
        "\norder.status: draft -> sent -> paid; sent -> lost",
        " Order states: draft, sent, paid, lost. draft becomes sent when it is done. sent can go to paid or lost.",
        " An order is a draft until it is sent; then it ends as paid or lost.",
        " An order is first a `draft`. Sending it makes it `sent`. It is then either `paid` or `lost`.",
        " Lifecycle of an order: draft, then sent, then paid. A sent order can become lost.",
        " Orders start in draft, which can be sent. A sent order is paid by the customer or lost by the courier.",
    ],
)
def test_moves_in_tables_lists_and_stories(told: str) -> None:
    blueprint = understand(f"An order has a number and a date.{told}").blueprint
    assert blueprint is not None
    moves = moves_of(blueprint, "Order")
    assert moves >= {("draft", "sent"), ("sent", "paid"), ("sent", "lost")}


def test_an_arrow_that_points_both_ways_is_two_moves() -> None:
    blueprint = understand("Ticket: title. Ticket status: open -> held, held <-> busy, busy -> done").blueprint
    assert blueprint is not None
    assert moves_of(blueprint, "Ticket") >= {("open", "held"), ("held", "busy"), ("busy", "held"), ("busy", "done")}


def moves_of(blueprint: Blueprint, name: str) -> set[tuple[str, str]]:
    """Every move of an entity, from and to."""
    machines = [machine for e in blueprint.entities if e.name == name for machine in e.state_machines]
    return {(here, move.to) for machine in machines for move in machine.transitions for here in move.from_}
