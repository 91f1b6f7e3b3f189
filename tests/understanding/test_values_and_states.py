"""Values and states as people write them: drawings, paths between words, stories of deeds."""

from collections.abc import Iterator

import pytest

from codebegen.blueprint import Blueprint, complete
from codebegen.understanding import understand


def _read(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    return complete(found)


def _stated(blueprint: Blueprint) -> Iterator[str]:
    """Every move that the text tells; those that only reach a listed state are not."""
    for entity in blueprint.entities:
        for machine in entity.state_machines:
            for move in machine.transitions:
                yield from (f"{s}>{move.to}" for s in move.from_ if move.provenance.origin == "stated")


PATHS = {
    "parcel: code, weight\nparcel status:\n\n  registered --> in transit --> delivered\n"
    "                    |\n                    v\n                  lost\n": (
        "registered>in_transit in_transit>delivered in_transit>lost"
    ),
    "report: title, text\n\nreport status\n+-------+     +------+\n| draft | --> | sent |\n+-------+     +------+\n"
    "                 |\n                 v\n             +--------+\n"
    "             |  void  |\n             +--------+\n": ("draft>sent sent>void"),
    "fault: place, text\nfault status:\n\nopen -> assigned -> done\n ^         |\n |         v\n +---- blocked\n": (
        "open>assigned assigned>done assigned>blocked blocked>open"
    ),
    "claim: number, text\nclaim status:\n\n  drafted ──> sent ──> checked ──> paid\n"
    "               │         └──> refused   (not covered)\n               └──> drafted   (incomplete)\n": (
        "drafted>sent sent>checked checked>paid checked>refused sent>drafted"
    ),
    "Fault: hall, text.\nStatus of a fault:\n[new] -> [assigned] -> [done]\n[assigned] -> [new]": (
        "new>assigned assigned>done assigned>new"
    ),
    "a lease names the flat and the tenant. life of a lease: offered → signed when both agree. "
    "signed → ended by the landlord. after 10 days offered → expired": "offered>signed signed>ended offered>expired",
    "Loans have a number and a start date and go requested > approved > handed out > returned; a requested loan can "
    "also be declined.": "requested>approved approved>handed_out handed_out>returned requested>declined",
    "Bills: number, amount. draft -> sent -> paid\nsent -> overdue -> paid\ndraft/sent -> void": (
        "draft>sent sent>paid sent>overdue overdue>paid draft>void sent>void"
    ),
    "Exam: title, date. An exam has state: planned / open / closed / graded, only in this order.": (
        "planned>open open>closed closed>graded"
    ),
    "Each sample passes three steps in the lab: intake, measurement and report. A sample has a code.": (
        "intake>measurement measurement>report"
    ),
}
STORIES = {
    "A repair has a price. It is received first, then somebody inspects it, then it's in repair, and finally it is "
    "picked up. If the frame is broken we scrap it after the inspection.": (
        "received>inspected inspected>in_repair in_repair>picked_up inspected>scrapped"
    ),
    "An article has a title. An article starts as draft, the author submits it, an editor sends it back or publishes "
    "it.": "draft>submitted submitted>draft submitted>published",
    "A defect has a photo. The manager reports it, the builder accepts it or rejects it with a reason; the builder "
    "sets it to in work and afterwards to fixed. The owner checks it: a checked one is closed, a bad fix goes back to "
    "in work.": ("reported>accepted reported>rejected accepted>in_work in_work>fixed fixed>closed fixed>in_work"),
    "A claim has a sum. A claim is filed online. A handler picks it up (in assessment). The handler approves or "
    "rejects. Approved claims wait for the director, who releases them.": (
        "filed>in_assessment in_assessment>approved in_assessment>rejected approved>released"
    ),
    "A thesis has a title. It moves from registered to handed in to graded. The office may annul it at any time before "
    "it is graded.": "registered>handed_in handed_in>graded registered>annulled handed_in>annulled",
    "An order has a total. An order is new, paid, shipped, delivered or returned. Once shipped it can only be "
    "delivered or returned.": "shipped>delivered shipped>returned",
    "A contract has a title. Nobody may sign a contract that is not approved. States are draft, in review, approved, "
    "signed. From review it may go back to draft.": "approved>signed in_review>draft",
    "A job has a price. A job begins as quote. When the customer agrees it becomes an order, then we print it.": (
        "quote>order order>printed"
    ),
    "Ads have a title. Sellers save ads as drafts. Once a moderator has approved the ad it is online; after 60 days "
    "it goes offline by itself, the seller can put it online again.": "draft>online online>offline offline>online",
    "A loan has a date. A loan is waiting until the clerk says yes or no (confirmed / refused).": (
        "waiting>confirmed waiting>refused"
    ),
    "A request has a reason. While it is a draft the requester can change it. Then he submits it. The head approves "
    "or returns it.": "draft>submitted submitted>approved submitted>returned",
}


@pytest.mark.parametrize("text", PATHS)
def test_a_path(text: str) -> None:
    assert set(_stated(_read(text))) == set(PATHS[text].split())


@pytest.mark.parametrize("text", STORIES)
def test_a_story_of_deeds(text: str) -> None:
    assert set(_stated(_read(text))) == set(STORIES[text].split())


@pytest.mark.parametrize(
    "text",
    [
        "A tool has a name. A neighbour borrows a tool and cleans it. Broken tools can't be lent.",
        "A vendor has a name. Vendors are hired for a wedding. The price of a vendor is paid in two parts.",
        "An entry has a number. An entry gets a public number. Members read it or print it.",
    ],
)
def test_what_people_do_is_no_story(text: str) -> None:
    assert not list(_stated(_read(text)))


ENUMS = {
    "Each probe has a code and a condition - poor, fair or good - and a weight.": ("condition", "poor fair good"),
    "A circle has a name, says how often it is paid - weekly or monthly - and the day it begins.": (
        "frequency",
        "weekly monthly",
    ),
    "work: material - zirconia, gold or PMMA -, shade, due date": ("material", "zirconia gold PMMA"),
    "boat: name, type - it's a canoe, a kayak or a raft -, seats": ("type", "canoe kayak raft"),
    "A report says what is broken - pothole, lamp, sign -, where it is and a description.": (
        "type",
        "pothole lamp sign",
    ),
    "For every leaf we save the weight and the quality, it can be A, B or C.": ("quality", "A B C"),
    "Every garment has a number, a size from XS to L and a colour.": ("size", "XS S M L"),
    "flat: street, energy class A to D, price": ("energy_class", "A B C D"),
    "ticket: subject, priority from low to critical": ("priority", "low medium high critical"),
    "shirt: colour, sizes XS S M L, price": ("size", "XS S M L"),
    "laptop: model, warranty 6, 12 or 24 months, price": ("warranty", "6 12 24"),
    "A therapist has a name and an approach: behavioural, systemic or depth psychology.": (
        "approach",
        "behavioural systemic depth_psychology",
    ),
    "Faults have a place. Faults are classed as minor, serious or dangerous.": ("class", "minor serious dangerous"),
    "Of every party we keep whether it is a natural person or a company, the name and the address.": (
        "type",
        "natural_person company",
    ),
    "Customers have a name. Customers are private or business.": ("type", "private business"),
    "A repair has a price. The repair ends as fixed, half fixed or hopeless.": ("status", "fixed half_fixed hopeless"),
    "Payments have an amount. Payments are made in cash or by card.": ("method", "cash card"),
    "Moves have an amount, a direction (in/out) and a timestamp.": ("direction", "in out"),
    "Decision: restock, refurbish or dispose": ("type", "restock refurbish dispose"),
    "An order has a total. The states are: new, given, picked up, delivered, and also failed if nobody is home.": (
        "state",
        "new given picked_up delivered failed",
    ),
    "A recording has a deadline and passes through the states planned, in editing, mastered and delivered.": (
        "state",
        "planned in_editing mastered delivered",
    ),
    "card: number, pin. card states: inactive until paid, then active, then empty or expired": (
        "state",
        "inactive active empty expired",
    ),
}


@pytest.mark.parametrize("text", ENUMS)
def test_values(text: str) -> None:
    name, values = ENUMS[text]
    fields = [field for entity in _read(text).entities for field in entity.fields if field.values]
    assert [(field.name, " ".join(field.values)) for field in fields] == [(name, values)]


@pytest.mark.parametrize(
    "text",
    [
        "A book has a title - printed on the cover -, an author and a price.",
        "We rent things - tables, chairs, tents - to people. A rental has a date.",
        "A trip goes from A to B. A trip has a date.",
        "An invoice has a number, it is sent by mail.",
    ],
)
def test_no_values(text: str) -> None:
    assert not [field for entity in _read(text).entities for field in entity.fields if field.values]


BOUNDS: dict[str, dict[str, object]] = {
    "club: name, short code with 3 letters": {"min_length": 3, "max_length": 3},
    "A space has a key of 2 to 10 capital letters and a title.": {"min_length": 2, "max_length": 10},
    "Race: name, distance. Distance has to be above 0 and not longer than 100.": {"min": "0", "max": "100"},
    "Car: plate, year. Year is 1950 or later.": {"min": "1950"},
    "Movies have a title, a release year not before 1888 and a runtime.": {"min": "1888"},
    "pressing: title, quantity (min 100, max 5000 otherwise our machines cry), colour": {"min": "100", "max": "5000"},
    "sauna: name, seats for 4 to 20 people": {"min": "4", "max": "20"},
    "bale: brand, a weight, not more than 204 kilos": {"max": "204"},
    "Judoka: name, weight in kg, must be between 15 and 250": {"min": "15", "max": "250"},
    "A score is from 1 to 10 with a comment. A score has points.": {"min": "1", "max": "10"},
    "Top-ups have a date and an amount. Top-ups shall be between 10 and 200 euros.": {"min": "10", "max": "200"},
    "piano: maker, year, pitch (normally 440 Hz, never under 415 or over 446)": {"min": "415", "max": "446"},
}


@pytest.mark.parametrize("text", BOUNDS)
def test_bounds(text: str) -> None:
    sides = ("min", "max", "min_length", "max_length")
    fields = [field for entity in _read(text).entities for field in entity.fields]
    told = [{side: str(getattr(f, side)) for side in sides if getattr(f, side) is not None} for f in fields]
    assert [bound for bound in told if bound] == [{side: str(value) for side, value in BOUNDS[text].items()}]
