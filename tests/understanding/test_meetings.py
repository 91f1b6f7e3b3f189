"""Rows of two together: meetings, matches, hours on projects, results of what people did, the one that is right."""

import pytest

from codebegen.blueprint import Blueprint
from codebegen.understanding import understand


def _told(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    return found


def _row(text: str, entity: str) -> tuple[set[str], set[tuple[str, str]]]:
    """The stated fields of an entity, and its keys with where they lead; none of them to many."""
    found = _told(text).entities_by_name[entity]
    assert all(relation.kind == "many_to_one" for relation in found.relations)
    keys = {(relation.name, relation.target) for relation in found.relations if relation.origin == "stated"}
    return {field.name for field in found.fields if field.origin == "stated"}, keys


@pytest.mark.parametrize(
    ("told", "entity", "fields", "keys"),
    [
        (
            "Clients have consultations with advisors. A consultation has a date and a summary.",
            "Consultation",
            {"date", "summary"},
            {("client", "Client"), ("advisor", "Advisor")},
        ),
        (
            "Growers have contracts with mills. A contract has a start date and a price.",
            "Contract",
            {"start_date", "price"},
            {("grower", "Grower"), ("mill", "Mill")},
        ),
        (
            "Clubs play fixtures against each other; a fixture has a date and the score of both clubs.",
            "Fixture",
            {"date", "first_club_score", "second_club_score"},
            {("first_club", "Club"), ("second_club", "Club")},
        ),
        (
            "Volunteers log kilometres on errands: date, remark.",
            "KilometreEntry",
            {"kilometres", "date", "remark"},
            {("volunteer", "Volunteer"), ("errand", "Errand")},
        ),
        (
            "Freelancers have a name. Freelancers track hours on assignments: day, note.",
            "TimeEntry",
            {"hours", "day", "note"},
            {("freelancer", "Freelancer"), ("assignment", "Assignment")},
        ),
        (
            "Cadets have a name. Drills have a title. Cadets take drills and get a score.",
            "DrillResult",
            {"score"},
            {("cadet", "Cadet"), ("drill", "Drill")},
        ),
        (
            "Swimmers have a name. Swimmers get a time and a rank in each race.",
            "RaceResult",
            {"time", "rank"},
            {("swimmer", "Swimmer"), ("race", "Race")},
        ),
        (
            "Trainees have a name. Trainees enrol in workshops and receive a grade.",
            "Enrollment",
            {"grade"},
            {("trainee", "Trainee"), ("workshop", "Workshop")},
        ),
        (
            "Ferries connect two harbours, with a departure time and a price.",
            "Ferry",
            {"departure_time", "price"},
            {("first_harbour", "Harbour"), ("second_harbour", "Harbour")},
        ),
        (
            "Lodgers have a name. Lodgers order breads with a quantity and a remark.",
            "Order",
            {"quantity", "remark"},
            {("lodger", "Lodger"), ("bread", "Bread")},
        ),
    ],
)
def test_rows_of_two_together(told: str, entity: str, fields: set[str], keys: set[tuple[str, str]]) -> None:
    assert _row(told, entity) == (fields, keys)


@pytest.mark.parametrize(
    ("told", "entity", "fields", "keys"),
    [
        (
            "Biologists have a name. Biologists record encounters at reefs: animal, depth, date.",
            "Encounter",
            {"animal", "depth", "date"},
            {("biologist", "Biologist"), ("reef", "Reef")},
        ),
        (
            "Wardens have a name. Wardens note feedings of deer herds: food, amount.",
            "Feeding",
            {"food", "amount"},
            {("warden", "Warden"), ("deer_herd", "DeerHerd")},
        ),
        (
            "Cyclists report potholes in roads with a description and a photo.",
            "Pothole",
            {"description", "photo"},
            {("cyclist", "Cyclist"), ("road", "Road")},
        ),
        (
            "Pharmacists have a name. Pharmacists prescribe remedies to customers with a dosage and a duration.",
            "Prescription",
            {"dosage", "duration"},
            {("pharmacist", "Pharmacist"), ("remedy", "Remedy"), ("customer", "Customer")},
        ),
        (
            "Trainers assign drills to athletes with sets and reps.",
            "Assignment",
            {"sets", "reps"},
            {("trainer", "Trainer"), ("drill", "Drill"), ("athlete", "Athlete")},
        ),
    ],
)
def test_deeds_have_keys_of_who_and_of_what(
    told: str, entity: str, fields: set[str], keys: set[tuple[str, str]]
) -> None:
    assert _row(told, entity) == (fields, keys)


def test_what_describes_the_thing_that_is_handed_over_stays_with_it() -> None:
    fields, _ = _row("Foremen assign tasks to workers with a title and a due date.", "Task")
    assert fields == {"title", "due_date"}


def test_data_on_return_is_of_what_returns() -> None:
    told = "Hikers borrow tents for a number of days, we note the damage and the condition on return."
    assert "Return" not in _told(told).entities_by_name
    assert _row(told, "Loan")[0] >= {"condition_on_return"}


def test_a_rating_is_data_enough() -> None:
    fields, keys = _row("Users rate puppets from 1 to 5 with a comment.", "Rating")
    assert fields == {"score", "comment"}
    assert {target for _, target in keys} == {"Puppet", "User"}


def test_what_is_in_something_is_no_meeting() -> None:
    blueprint = _told("Firms have departments with employees. A department has a name. An employee has a name.")
    assert _row("Firms have departments with employees. A department has a name.", "Department")[1] == {
        ("firm", "Firm")
    }
    assert {r.target for r in blueprint.entities_by_name["Employee"].relations} == {"Department"}


def test_one_that_is_told_apart_is_a_field() -> None:
    fields, _ = _row("Riddles contain hints with three answers, one of which is right.", "Hint")
    assert fields == {"answers", "right_answer"}
    fields, _ = _row("A poll has a title and four captions, one of which is official.", "Poll")
    assert fields == {"title", "captions", "official_caption"}
