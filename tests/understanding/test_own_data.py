"""Who may see what is one's own, where all of it is spoken of at once."""

import pytest

from codebegen.blueprint import Blueprint, complete
from codebegen.understanding import understand

TOLD = "A board has cards. A card has a title. A recipe has a name."


def _plan(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    return found


@pytest.mark.parametrize(
    "sentence",
    [
        "Users only see their own stuff.",
        "Each user can only access his or her own data.",
        "Users must never see each other's records.",
        "Nobody sees other people's things.",
        "All data is private to the user.",
    ],
)
def test_everything_is_its_owners(sentence: str) -> None:
    blueprint = _plan(f"{TOLD} {sentence}")

    owners = {entity.name: entity.owner for entity in blueprint.entities if entity.kind == "normal"}
    assert owners == {"Board": "owner", "Card": "board.owner", "Recipe": "owner"}
    readers = {
        grant.kind
        for entity in blueprint.entities
        for permission in entity.permissions
        if entity.kind == "normal" and permission.operation in ("list", "read")
        for grant in permission.allow
    }
    assert readers == {"owner"}


def test_what_others_are_given_to_read_stays_theirs() -> None:
    blueprint = _plan(f"{TOLD} Anyone can read recipes. Users only see their own stuff.")

    assert {entity.name: entity.owner for entity in blueprint.entities}["Recipe"] is None


@pytest.mark.parametrize("sentence", ["Users see all data.", "The data is our own.", "Users own boards."])
def test_nothing_is_private_that_was_not_said_to_be(sentence: str) -> None:
    assert {entity.name: entity.owner for entity in _plan(f"{TOLD} {sentence}").entities}["Recipe"] is None


def test_what_people_of_the_description_see_is_theirs() -> None:
    told = "Patients have a name and a birth date. Scans have a date and belong to a patient."
    scan = complete(_plan(f"{told} Patients can see only their own data.")).entities_by_name["Scan"]
    for operation in ("list", "read"):
        right = scan.permission(operation)
        assert right is not None
        assert {grant.kind for grant in right.allow} == {"owner"}


def test_what_a_path_goes_through_is_theirs_and_a_told_row_is_no_row_between() -> None:
    text = (
        "Teachers have a name. Students have a name. Courses: title, teacher. Assignments of a course: title, due at. "
        "Grades: assignment, student, points; a student gets one grade per assignment. "
        "Teachers can only change assignments and grades of their own courses."
    )
    found = understand(text).blueprint
    assert found is not None
    whole = complete(found)
    owners = {entity.name: entity.owner for entity in whole.entities}
    assert owners["Course"] == "teacher.user"
    assert owners["Assignment"] == "course.teacher.user"
    assert not any(name.endswith("Result") for name in owners)
