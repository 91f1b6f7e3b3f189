"""Closed lists that stand apart from what they are of, and kinds that nobody calls so."""

import pytest

from codebegen.blueprint import Entity
from codebegen.understanding import understand


def values(text: str, entity: str, name: str) -> tuple[str, ...]:
    """The values of one field; none where it has none."""
    found = {f.name: f.values for f in row(text, entity).fields}
    return tuple(found.get(name) or ())


def row(text: str, name: str) -> Entity:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return next(e for e in blueprint.entities if e.name == name)


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("A lamp has a price and what it is, a spot, a tube or a bulb.", "type", ("spot", "tube", "bulb")),
        (
            "A lamp has a price and is of some type, be it indoor, garden or street.",
            "type",
            ("indoor", "garden", "street"),
        ),
        ("Lamps, indoor or outdoor, have a price and a height.", "type", ("indoor", "outdoor")),
        ("A lamp has a socket, the voltage, 12, 24 or 230 volts, and a price.", "voltage", ("12", "24", "230")),
        ("A lamp is a spot, a tube or a floor lamp, and it has a price.", "type", ("spot", "tube", "floor_lamp")),
        ("A lamp has a shade, glass, paper or linen, and a price.", "shade", ("glass", "paper", "linen")),
        ("Lamps fall into two price classes, cheap and dear. A lamp has a height.", "price_class", ("cheap", "dear")),
        ("A lamp has a price and its condition is graded from A to C.", "condition", ("A", "B", "C")),
        ("A lamp has a width and a height, being round or square.", "type", ("round", "square")),
        (
            "Every lamp is marked fragile, sturdy or broken. Lamps have a height.",
            "status",
            ("fragile", "sturdy", "broken"),
        ),
        ("A lamp has a price, and we note whether the lamp is a gift or a loan.", "type", ("gift", "loan")),
        (
            "There are three kinds of lamps: desk, wall and floor lamps. A lamp has a price.",
            "kind",
            ("desk", "wall", "floor"),
        ),
        ("Types of lamps: desk, wall, floor. A lamp has a price.", "type", ("desk", "wall", "floor")),
        ("Every lamp has a quality - poor, fair, good.", "quality", ("poor", "fair", "good")),
        (
            "A lamp has a price and a finish. For finishes we use: matt, satin, gloss.",
            "finish",
            ("matt", "satin", "gloss"),
        ),
        (
            "A lamp has a price and a finish. The finish must be one of matt, satin, gloss.",
            "finish",
            ("matt", "satin", "gloss"),
        ),
        ("- Lamp: price, finish, height\n- finish = matt | satin | gloss", "finish", ("matt", "satin", "gloss")),
        (
            "Allowed finishes are matt, satin and gloss. A lamp has a price and a finish.",
            "finish",
            ("matt", "satin", "gloss"),
        ),
        ("A lamp has a price and the wall mount: open, hidden, none.", "wall_mount", ()),
    ],
)
def test_values_of_a_lamp(text: str, name: str, expected: tuple[str, ...]) -> None:
    assert values(text, "Lamp", name) == expected


@pytest.mark.parametrize(
    "text",
    [
        "A sponsor, who can be a person or a company, has an address.",
        "A sponsor is a person or a company. Sponsors have an address.",
    ],
)
def test_parties_are_kinds_of_people(text: str) -> None:
    assert values(text, "Sponsor", "type") == ("person", "company")


def test_values_told_elsewhere_make_no_row() -> None:
    text = "Finish level: raw, ground, polished. A stone has a name and a finish level."
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert [e.name for e in blueprint.entities] == ["Stone"]
    assert values(text, "Stone", "finish_level") == ("raw", "ground", "polished")


def test_values_told_elsewhere_are_states_where_something_moves_between_them() -> None:
    told = "A member has a name and a standing. Standing is good, alert or lost."
    text = f"{told} A member who misses a duty goes from good to alert, and from alert to lost."
    machines = row(text, "Member").state_machines
    assert [(m.field, [(t.from_, t.to) for t in m.transitions]) for m in machines] == [
        ("standing", [(("good",), "alert"), (("alert",), "lost")])
    ]


def test_fields_beside_each_other_are_no_values() -> None:
    text = "A lamp has a price, a height, a width or a diameter, and a name."
    assert not any(f.values for f in row(text, "Lamp").fields)


def test_a_field_beside_a_status_is_kept() -> None:
    text = "An invoice has a number and the payment status: open, paid, overdue."
    assert {f.name for f in row(text, "Invoice").fields} == {"number", "payment_status"}
