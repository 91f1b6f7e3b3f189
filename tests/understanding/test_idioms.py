"""Deeds whose rows everybody calls the same: work logs, waiting lists, offers, assignments, marks, pledges."""

import pytest

from codebegen.blueprint import Blueprint, complete
from codebegen.blueprint.checks import check
from codebegen.understanding import understand


def _plan(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    whole = complete(found)
    assert check(whole) == ()
    return whole


def _row(blueprint: Blueprint, name: str) -> tuple[set[str], set[str]]:
    """What a row points to, and its fields."""
    row = blueprint.entities_by_name[name]
    stated = {field.name for field in row.fields if field.origin == "stated"}
    return {relation.target.lower() for relation in row.relations}, stated


PEOPLE = "Helpers have a name. A hall has a name and a size. A lantern has a colour and a weight. A feast has a title. "


@pytest.mark.parametrize(
    ("told", "row", "keys", "fields"),
    [
        ("Helpers log work on a lantern: date, minutes and a note.", "WorkLog", "lantern helper", "date minutes note"),
        ("Helpers enter their hours for a hall.", "TimeEntry", "hall helper", ""),
        ("Helpers can put themselves on the waiting list of a hall.", "WaitingListEntry", "hall helper", ""),
        ("A hall is free. The guard offers the hall to a helper.", "Offer", "hall helper", ""),
        (
            "For each feast a helper is assigned to one hall in one function.",
            "Assignment",
            "feast helper hall",
            "function",
        ),
        (
            "Each helper marks each lantern on the shape, the brightness and the paint, from 1 to 6.",
            "Mark",
            "lantern helper",
            "shape brightness paint",
        ),
        ("A helper gives every lantern a mark from 1 to 6.", "Mark", "lantern helper", "score"),
        ("A helper pledges an amount for a hall and a year.", "Pledge", "hall helper", "amount year"),
        ("Helpers say whether they come to a feast: yes, no or maybe.", "Attendance", "feast helper", "answer"),
        ("A helper checks the halls: warmth in degrees, swept yes/no.", "Check", "hall helper", "warmth swept"),
        (
            "When a lantern is repaired, we note the date, the cost and a remark.",
            "Repair",
            "lantern",
            "date cost remark",
        ),
    ],
)
def test_deeds_whose_rows_have_a_usual_name(told: str, row: str, keys: str, fields: str) -> None:
    found = _row(_plan(PEOPLE + told), row)
    assert found[0] >= set(keys.split())
    assert found[1] >= set(fields.split())


@pytest.mark.parametrize(
    "told",
    [
        "Helpers can't put themselves on the waiting list of a hall.",
        "Helpers offer lanterns in the hall.",
        "A helper is assigned to one hall.",
        "When a lantern is repaired, the time is recorded.",
        "Helpers check the halls.",
        "Helpers mark a lantern as ready.",
    ],
)
def test_deeds_that_leave_no_rows(told: str) -> None:
    names = {e.name for e in _plan(PEOPLE + told).entities}
    assert names <= {"Helper", "Hall", "Lantern", "Feast", "User"}


def test_what_each_of_those_that_there_are_does() -> None:
    told = "There are four helpers, and each of them marks each lantern on the shape and the paint, from 1 to 6."
    assert _row(_plan(PEOPLE + told), "Mark") == ({"lantern", "helper"}, {"shape", "paint"})


def test_a_friendship_is_of_two() -> None:
    keys = {r.name for r in _plan(PEOPLE + "Helpers can befriend each other.").entities_by_name["Friendship"].relations}
    assert keys == {"first_helper", "second_helper"}
