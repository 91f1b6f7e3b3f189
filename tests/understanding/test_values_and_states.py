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
