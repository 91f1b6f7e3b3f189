"""States in short notations: several paths in a list, alternatives beside arrows, rows of states without a name."""

import pytest

from codebegen.blueprint import Blueprint, Entity, complete
from codebegen.understanding import understand


def _read(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    return complete(found)


def _stated(entity: Entity) -> set[str]:
    """The moves of an entity that the text tells."""
    moves = [move for machine in entity.state_machines for move in machine.transitions]
    return {f"{s}>{move.to}" for move in moves if move.provenance.origin == "stated" for s in move.from_}


MOVES = {
    "A parcel has a weight. Parcels go packed -> sent or packed -> lost, then sent -> delivered or returned.": (
        "Parcel",
        "packed>sent packed>lost sent>delivered sent>returned",
    ),
    "Boats have a name. Boat status: moored → rented, rented → moored, moored or rented → repair.": (
        "Boat",
        "moored>rented rented>moored moored>repair rented>repair",
    ),
    "Tents have a number. Tent status: Free → lent by the warden → free; free → sold once it is old.": (
        "Tent",
        "free>lent lent>free free>sold",
    ),
    "hire: boat, fee, status out > back, out > late, late > billed, note. boat: name, length.": (
        "Hire",
        "out>back out>late late>billed",
    ),
    "| Thing | Data |\n|---|---|\n| Claim | number, amount, status |\n| Letter | text, sent at |\n\n"
    'Status: new ➔ in review ➔ paid. "in review" may go back to "new".': (
        "Claim",
        "new>in_review in_review>paid in_review>new",
    ),
    "2. Levels\nName, monthly price.\n\n3. Subscriptions\nA reader joins a level. Only one subscription per reader and "
    "level at a time. Asked → signed by the desk → ended; asked → refused.": (
        "Subscription",
        "asked>signed signed>ended asked>refused",
    ),
    "Loan plans: name, interest per year.\n\nRequests: a farmer asks for a plan with an amount. The choice "
    "is made by a banker who leaves a note. Status: sent -> approved or refused.": (
        "PlanRequest",
        "sent>approved sent>refused",
    ),
    "Must have\n✓ Plans: title, price; status goes idea → drawn → built, and ideas can be dropped\n✓ Walls: height": (
        "Plan",
        "idea>drawn drawn>built idea>dropped",
    ),
    "A race has a stage (heat, final) and a date. A race goes planned, live, finished; a live one can be called off.": (
        "Race",
        "planned>live live>finished live>called_off",
    ),
    "- Contract: fee, state (active / paused / ended)\nContracts can be paused and reactivated, but ended is final.": (
        "Contract",
        "active>paused paused>active active>ended",
    ),
    "A badge has a code and is valid, blocked or lost. Porters may block badges. The guard unblocks badges.": (
        "Badge",
        "valid>blocked blocked>valid",
    ),
    "Bills have a total. Bills: drafted → sent → paid. Unpaid bills are cancelled after a month.": (
        "Bill",
        "drafted>sent sent>paid drafted>cancelled sent>cancelled",
    ),
}


@pytest.mark.parametrize("text", MOVES)
def test_moves(text: str) -> None:
    """All that is drawn, of the entity that has the states, and nothing else."""
    name, wanted = MOVES[text]
    blueprint = _read(text)
    assert {e.name: _stated(e) for e in blueprint.entities if e.state_machines} == {name: set(wanted.split())}


VALUES = {
    "Timesheets have a week. Timesheets: open, handed in, signed by the client, billed.": (
        "Timesheet.status",
        "open handed_in signed billed",
    ),
    "- duel\n  - day, place\n  - open, fought, won, cancelled": ("Duel.status", "open fought won cancelled"),
    'Tools have a number. Tools are "in service", "due", "at the lab" or "scrapped".': (
        "Tool.status",
        "in_service due at_the_lab scrapped",
    ),
    "kettle: tag unique, brand, state free|on loan|repair|sold, bought on.": (
        "Kettle.state",
        "free on_loan repair sold",
    ),
    "An offer has a price and is open, taken or taken down.": ("Offer.status", "open taken taken_down"),
    "A message has a text, a direction in or out and a time.": ("Message.direction", "in out"),
    "- GateLog\n  - lane: in | out\n  - seen_at: datetime": ("GateLog.lane", "in out"),
    "Members: name, email, employment: employed, retired, student, none.": (
        "Member.employment",
        "employed retired student none",
    ),
    "Goods: barcode, unique; weight in g; category dairy, meat, other. Shelves: number.": (
        "Good.category",
        "dairy meat other",
    ),
}


@pytest.mark.parametrize("text", VALUES)
def test_values(text: str) -> None:
    """A field with the values that stand there."""
    place, wanted = VALUES[text]
    entity, name = place.split(".")
    fields = {f.name: f for e in _read(text).entities if e.name == entity for f in e.fields}
    assert set(fields[name].values or ()) == set(wanted.split())


@pytest.mark.parametrize(
    "text",
    [
        "An invoice has a number, a due date, a customer name and a note.",
        "Crates: width, height, depth, weight.",
        "A ferry has a name. Ferries are painted, washed and fuelled by the crew every spring.",
    ],
)
def test_no_states(text: str) -> None:
    """What is no row of states stays what it is."""
    assert not [e for e in _read(text).entities if e.state_machines or any(f.values for f in e.fields)]
