"""Who is left out is granted nothing: `but not interns`, `never receptionists`, `everybody except guests`."""

import pytest

from codebegen.blueprint import Blueprint, complete
from codebegen.understanding import understand

PLANS = "Curators keep floor plans. A floor plan has a title and a text. Curators, porters and trainees log in. "
CLAIMS = "Adjusters file claims. A claim has a title and a status: filed, approved. Clerks and trainees log in. "


def _plan(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    return complete(found)


def _allowed(text: str, name: str, operation: str) -> set[str]:
    right = _plan(text).entities_by_name[name].permission(operation)
    assert right is not None
    return {grant.role or grant.kind for grant in right.allow}


LEFT_OUT = [
    ("Floor plans may only be seen by curators, never by porters or other trainees.", "read", {"curator"}),
    ("Floor plans may be read by curators but not by trainees.", "read", {"curator"}),
    ("Floor plans may be edited by curators and not by trainees.", "update", {"curator"}),
    ("Floor plans are visible to curators but never to porters.", "list", {"curator"}),
    ("Anyone but trainees may edit floor plans.", "update", {"curator", "porter"}),
    ("All users apart from trainees can edit floor plans.", "update", {"curator", "porter"}),
    ("Only curators, never trainees, may delete floor plans.", "delete", {"curator"}),
    ("Curators (not trainees) may delete floor plans.", "delete", {"curator"}),
    ("Curators rather than porters or trainees may delete floor plans.", "delete", {"curator"}),
    ("Everybody except trainees may read floor plans.", "read", {"curator", "porter"}),
    ("Everyone other than porters and trainees may read floor plans.", "read", {"curator"}),
    ("Floor plans may be seen by everyone apart from guests.", "read", {"authenticated"}),
    ("Floor plans are visible to everyone except trainees.", "read", {"curator", "porter"}),
    ("Floor plans may be seen by everyone with the exception of visitors.", "list", {"authenticated"}),
    ("Except for trainees, everybody may read floor plans.", "read", {"curator", "porter"}),
    ("Nobody but porters may read floor plans.", "read", {"porter"}),
    ("Floor plans can't be read by anyone except porters.", "read", {"porter"}),
    ("Floor plans are not visible to anybody but curators and porters.", "read", {"curator", "porter"}),
    ("Floor plans can't be deleted by anyone except by curators.", "delete", {"curator"}),
]


@pytest.mark.parametrize(("told", "operation", "allowed"), LEFT_OUT, ids=[told for told, _, _ in LEFT_OUT])
def test_who_is_left_out_is_never_granted(told: str, operation: str, allowed: set[str]) -> None:
    """And everybody but somebody is everybody else that the text names, not the public."""
    assert _allowed(PLANS + told, "FloorPlan", operation) - {"owner"} == allowed


def test_all_but_somebody_is_shown() -> None:
    """Roles can be let in and not kept out: what that means is told."""
    shown = _plan(PLANS + "Everybody except trainees may read floor plans.").report.conflicts
    assert any("trainees" in conflict.message for conflict in shown)


def test_a_next_clause_is_not_left_out() -> None:
    """Whoever acts in the clause behind is granted what it says."""
    text = PLANS + "Floor plans may be read by curators but not by trainees, and porters may delete floor plans."
    assert "trainee" not in _allowed(text, "FloorPlan", "read")
    assert "porter" in _allowed(text, "FloorPlan", "delete")


@pytest.mark.parametrize("who", ["Clerks but not trainees", "Clerks, never trainees,", "Only clerks, not trainees,"])
def test_a_move_is_not_theirs_either(who: str) -> None:
    """Moves are granted to those who are left."""
    assert _allowed(CLAIMS + f"{who} may approve claims.", "Claim", "transition:approve") == {"clerk"}


def test_everybody_but_somebody_moves() -> None:
    """The other roles, where an open grant would let them in."""
    allowed = _allowed(CLAIMS + "All users except trainees may approve claims.", "Claim", "transition:approve")
    assert allowed - {"owner"} == {"adjuster", "clerk"}


SHOP = "A tool library. Borrowers borrow drills. A loan has a start date and a status: booked, handed out, returned. "


def test_an_empty_bracket_leaves_nobody_out() -> None:
    """`close()` names nobody."""
    assert _plan(PLANS + "Curators call close() on floor plans.").entities


def test_the_one_of_a_row_is_no_role() -> None:
    """`Visible to the borrower`: whom the row is of, and not each borrower."""
    text = "Borrowers borrow drills. A loan has a start date. Wardens manage the drills. "
    told = "Loans are visible to the borrower and to wardens only."
    assert _allowed(text + told, "Loan", "read") == {"owner", "warden"}


def test_a_restriction_that_is_not_understood_closes() -> None:
    """It stays in words, is shown, and leaves nothing open."""
    plan = _plan(PLANS + "Floor plans are for the eyes of the curators only.")
    plans = plan.entities_by_name["FloorPlan"]
    assert [rule.kind for rule in plans.rules] == ["custom"]
    for operation in ("list", "read"):
        right = plans.permission(operation)
        assert right is not None
        assert {grant.kind for grant in right.allow} <= {"owner"}


def test_only_some_mark_a_row_as_moved() -> None:
    """`Only wardens may mark a loan as handed out or returned`: both moves are theirs alone."""
    plan = _plan(SHOP + "Wardens log in. Only wardens may mark a loan as handed out or returned.")
    loan = plan.entities_by_name["Loan"]
    moves = [p for p in loan.permissions if p.operation.startswith("transition:")]
    assert len(moves) == 2
    assert all([grant.role for grant in move.allow] == ["warden"] for move in moves)
