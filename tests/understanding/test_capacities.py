"""How many rows there may be of a thing, in the words in which people say so."""

import pytest

from codebegen.blueprint import Blueprint
from codebegen.blueprint.expressions import Compare
from codebegen.blueprint.rules import CapacityRule, CheckRule, CustomRule
from codebegen.understanding import understand

STUDIO = "Members log in. A class has a title, a capacity and a price. Members book classes"
FAIR = "Users log in. An event has a name and a capacity. Users buy tickets. A ticket has a code. "


def _read(text: str) -> Blueprint:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return blueprint


@pytest.mark.parametrize(
    "told",
    [
        "; the number of bookings of a class cannot exceed its capacity.",
        ". The number of bookings must not exceed the class's capacity.",
        ". Bookings cannot exceed the capacity of the class.",
        ". The bookings of a class may never exceed the capacity.",
        ". A class cannot be booked beyond its capacity.",
        ". A class can't be overbooked beyond its capacity.",
        ". A class never has more bookings than its capacity.",
    ],
)
def test_rows_within_the_capacity_of_what_they_are_of(told: str) -> None:
    blueprint = _read(STUDIO + told)
    (rule,) = blueprint.entities_by_name["Booking"].rules
    assert isinstance(rule, CapacityRule)
    assert (rule.relation, rule.limit) == ("class", "capacity")
    assert not blueprint.entities_by_name["Class"].rules


def test_a_capacity_of_something_far_away_is_said_to_be_missing() -> None:
    garage = "A garage has a name and a capacity. An event has a title. A ticket belongs to an event. "
    (rule,) = _read(garage + "Tickets cannot exceed the capacity of the garage.").entities_by_name["Ticket"].rules
    assert isinstance(rule, CustomRule)
    event = "A ticket belongs to an event. Tickets cannot exceed the capacity of the event."
    (rule,) = _read(FAIR + event).entities_by_name["Ticket"].rules
    assert isinstance(rule, CapacityRule)


def test_the_number_of_rows_is_not_the_number_that_each_has() -> None:
    harbour = "A pier has a capacity. A boat lies at a pier; it has a unique number (integer) and a capacity. "
    boat = _read(harbour + "The number of boats of a pier cannot exceed its capacity.").entities_by_name["Boat"]
    (rule,) = boat.rules
    assert isinstance(rule, CapacityRule)


def test_a_number_beside_a_limit_is_compared() -> None:
    account = "An account has a balance and a limit. The balance cannot exceed the limit."
    (rule,) = _read(account).entities_by_name["Account"].rules
    assert isinstance(rule, CheckRule)


@pytest.mark.parametrize(
    ("told", "operator"),
    [
        ("The due date is not before the issue date.", ">="),
        ("The due date is after the issue date.", ">"),
        ("The due date must not be before the issue date.", ">="),
    ],
)
def test_two_fields_are_compared_whether_it_must_be_or_is(told: str, operator: str) -> None:
    (rule,) = _read(f"An invoice has an issue date and a due date. {told}").entities_by_name["Invoice"].rules
    assert isinstance(rule, CheckRule)
    assert isinstance(rule.condition, Compare)
    assert rule.condition.operator == operator


@pytest.mark.parametrize(
    "told",
    [
        "a due date that is not before the issue date and a note.",
        "a note and a due date, which must not be before the issue date.",
    ],
)
def test_two_fields_are_compared_among_other_data(told: str) -> None:
    (rule,) = _read(f"An invoice has an issue date, {told}").entities_by_name["Invoice"].rules
    assert isinstance(rule, CheckRule)
    assert isinstance(rule.condition, Compare)
    assert rule.condition.operator == ">="


def test_moments_of_two_kinds_are_not_compared_and_that_is_said() -> None:
    trip = _read("A trip has a start time and an end time that is later than the start time.").entities_by_name["Trip"]
    assert {(rule.kind == "custom") or len({field.type for field in trip.fields}) == 1 for rule in trip.rules} == {True}


def test_a_number_in_a_time_is_no_capacity() -> None:
    told = "Members have a name. Tools have a name. Members borrow tools. A member can have at most 3 loans a day."
    found = understand(told).blueprint
    assert found is not None
    rules = [rule for entity in found.entities for rule in entity.rules]
    assert [(rule.kind, rule.limit, rule.minutes) for rule in rules if rule.kind == "quota"] == [("quota", 3, 1440)]
    assert len(rules) == 1
