"""Closed lists of values, however they are told."""

import pytest

from codebegen.understanding import understand

LEVELS = ("low", "medium", "high")


def values(text: str, name: str) -> tuple[str, ...]:
    """The values of the first field of this name."""
    blueprint = understand(text).blueprint
    assert blueprint is not None
    found = [f.values for e in blueprint.entities for f in e.fields if f.name == name]
    return tuple(found[0]) if found else ()


@pytest.mark.parametrize(
    "text",
    [
        "A ticket has a subject and a priority which is low, medium or high.",
        "A ticket has a subject and a priority, being low, medium or high.",
        "A ticket has a subject. Its priority is low, medium or high.",
        "A ticket has a subject and a priority. The priority can be low, medium or high.",
        "A ticket has a subject. A ticket's priority is low, medium or high.",
        "Every ticket has a subject and one of three priorities: low, medium, high.",
        "Every ticket has a subject and is of low, medium or high priority.",
        "Tickets come in three priorities: low, medium and high. A ticket has a subject.",
        "A ticket has a subject, a priority chosen from low, medium and high, and a due date.",
        "A ticket has a subject. We distinguish low, medium and high priority.",
        "Ticket:\n- subject: string\n- priority: enum(low, medium, high)",
        "Ticket:\n- subject: string\n- priority: enum [low, medium, high], default low",
        "Tickets\n- subject\n- priority (low/medium/high), medium unless told otherwise",
        "Task:\n- title: string\n- priority: one of low, medium, high",
    ],
)
def test_values_of_a_named_field(text: str) -> None:
    assert values(text, "priority") == LEVELS


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("A machine has a number. A machine is a washer or a dryer.", "type", ("washer", "dryer")),
        ("A vehicle has a plate. Vehicles are either cars, vans or trucks.", "type", ("car", "van", "truck")),
        ("Machines (number, washer or dryer, price)", "type", ("washer", "dryer")),
        ("Meals have a name. For each meal we note whether it is breakfast or lunch.", "type", ("breakfast", "lunch")),
        ("Tickets have a title and are classified as bug, idea or wish.", "category", ("bug", "idea", "wish")),
        ("A vehicle has a plate and is marked as new, used or demo.", "status", ("new", "used", "demo")),
        ("A ride has a date. It is paid by cash, card or account.", "payment_method", ("cash", "card", "account")),
        ("A donor has a name and a blood group (A, B, AB or O).", "blood_group", ("A", "B", "AB", "O")),
        ("A flag has a key, a title and a kind (boolean or percentage).", "kind", ("boolean", "percentage")),
        ("Tickets\n- subject\n- channel: mail|phone|chat", "channel", ("mail", "phone", "chat")),
        ("A match has a result which is one of white wins, draw.", "result", ("white_wins", "draw")),
        ("A book has a title and a language, German or English.", "language", ("german", "english")),
    ],
)
def test_values_beside_other_words(text: str, name: str, expected: tuple[str, ...]) -> None:
    assert values(text, name) == expected


def test_alternatives_that_are_fields_stay_fields() -> None:
    text = "A member has a name and a phone or an e-mail. A member can be invited or removed."
    assert not any(f.values for e in understand(text).blueprint.entities for f in e.fields)  # type: ignore[union-attr]
