"""Who alone sees or changes something: what a sentence withholds is never left open."""

import pytest

from codebegen.blueprint import Blueprint, Grant, complete
from codebegen.blueprint.expressions import Compare, FieldRef, Value
from codebegen.understanding import understand

LOTS = "A lot has a title and a status (draft, announced, sold). A lot belongs to a seller. "
NOTES = "Students write notes with a title and a text. "
PHOTOS = "Members post photos with a caption and a flag hidden. "
TESTS = "A test has a name and a result. A test belongs to a patient. "
PAYSLIPS = "A payslip has an amount. A payslip belongs to an employee. "
OFFERS = "Buyers make offers with an amount. An item belongs to a seller. An offer is for an item. "


def _plan(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    return complete(found)


def _grant(grant: Grant) -> str:
    told = grant.role or grant.path or ""
    rows = grant.when
    if isinstance(rows, Compare) and isinstance(rows.left, FieldRef):
        value = rows.right.value if isinstance(rows.right, Value) else rows.right.kind
        told += f"[{rows.left.path}{rows.operator}{value}]"
    return f"{grant.kind}:{told}" if told else grant.kind


def _allowed(text: str, name: str, operation: str) -> list[str]:
    right = _plan(text).entities_by_name[name].permission(operation)
    assert right is not None
    return [_grant(grant) for grant in right.allow]


READERS = {
    (LOTS + "Drafts are visible only to their seller.", "Lot"): ["authenticated:[status!=draft]", "owner"],
    (LOTS + "Unannounced lots can only be seen by their seller.", "Lot"): [
        "authenticated:[status==announced]",
        "owner",
    ],
    (LOTS + "Guests see only announced lots.", "Lot"): ["public:[status==announced]"],
    (NOTES + "Nobody sees the notes of others.", "Note"): ["owner"],
    (NOTES + "No one may read another student's notes.", "Note"): ["owner"],
    (NOTES + "Students can't see each other's notes.", "Note"): ["role:student[student==caller]"],
    (NOTES + "Notes are private.", "Note"): ["owner"],
    (NOTES + "Students may see nothing but their own notes.", "Note"): ["role:student[student==caller]"],
    (NOTES + "Notes stay confidential to their author.", "Note"): ["owner"],
    (NOTES + "No one except tutors can open a note. Tutors have a name.", "Note"): ["role:tutor"],
    (NOTES + "Anyone can read notes. Notes are private.", "Note"): ["owner"],
    (PHOTOS + "Hidden photos are only accessible to moderators.", "Photo"): [
        "authenticated:[flag_hidden!=True]",
        "role:moderator",
    ],
    (PHOTOS + "Photos must not be visible to visitors.", "Photo"): ["authenticated"],
    (TESTS + "Only the doctor who ordered it may see the result.", "Test"): ["role:doctor[doctor==caller]"],
    (PAYSLIPS + "Payslips are not visible to other employees.", "Payslip"): ["owner"],
}


@pytest.mark.parametrize(("text", "name"), READERS)
def test_what_some_alone_may_see(text: str, name: str) -> None:
    wanted = READERS[text, name]
    assert _allowed(text, name, "list") == wanted
    assert _allowed(text, name, "read") == wanted


def test_a_right_that_names_nobody_known_lets_nobody_in_and_says_so() -> None:
    text = "A protocol has a text. Protocols are visible only to the assignee."
    found = understand(text).blueprint
    assert found is not None
    assert _allowed(text, "Protocol", "read") == []
    assert any("Only assignee may read protocol" in conflict.message for conflict in found.report.conflicts)


@pytest.mark.parametrize(
    ("text", "operation", "wanted"),
    [
        ("Users write posts with a text. Nobody may edit a post.", "update", []),
        ("Users write posts with a text. Posts can't be deleted.", "delete", []),
        ("Users write posts with a text. Deleting a post is not possible.", "delete", []),
        ("Users write posts with a text. Editing or deleting posts is forbidden.", "update", []),
        ("Users write posts with a text. It is not possible to delete posts.", "delete", []),
        ("Users write posts with a text. Editors read posts. Guests never read posts.", "read", ["role:editor"]),
        (
            "Users write posts with a text. Members can't delete posts. Moderators can delete posts.",
            "delete",
            ["role:moderator"],
        ),
        ("Users write posts with a text. Users can't edit other users' posts.", "update", ["owner"]),
        ("Users write posts with a text. Users can't edit a post after they published it.", "update", ["owner"]),
    ],
)
def test_what_may_not_be_done(text: str, operation: str, wanted: list[str]) -> None:
    assert _allowed(text, "Post", operation) == wanted


@pytest.mark.parametrize(
    "told",
    [
        "An offer can be accepted or declined by the seller.",
        "The seller accepts or declines an offer.",
        "A seller can accept or decline an offer.",
    ],
)
def test_a_decision_is_made_by_those_who_are_named(told: str) -> None:
    """Else whoever made the offer would write its status."""
    text = OFFERS + told
    (machine,) = _plan(text).entities_by_name["Offer"].state_machines
    assert {f"{source}>{move.to}" for move in machine.transitions for source in move.from_} == {
        "pending>accepted",
        "pending>declined",
    }
    assert _allowed(text, "Offer", "transition:accept") == ["owner:item.seller.user"]


def test_whoever_moves_a_row_may_see_it() -> None:
    text = (
        "Landlords own flats. Tenants report defects of a flat with a text. "
        "A defect can be closed only by the landlord of the flat. Tenants can't see defects of other tenants."
    )
    assert "owner:flat.landlord.user" in _allowed(text, "Defect", "read")
