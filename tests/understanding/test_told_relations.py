"""Relations as they are told: who gets something, who takes part, what something is in, what it belongs to."""

import pytest

from codebegen.blueprint import Blueprint, complete
from codebegen.understanding import understand

KINDS = {"many_to_one": ">", "one_to_one": "-", "many_to_many": "<>"}


def _told(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    return found


def _edges(text: str) -> set[str]:
    """What is stated: `Note.sender > User`."""
    return {
        f"{entity.name}.{relation.name} {KINDS[relation.kind]} {relation.target}"
        for entity in _told(text).entities
        for relation in entity.relations
        if relation.origin == "stated"
    }


def _fields(text: str, entity: str) -> set[str]:
    return {field.name for field in _told(text).entities_by_name[entity].fields if field.origin == "stated"}


@pytest.mark.parametrize(
    ("told", "edges"),
    [
        (
            "Players have a nickname. A player sends a challenge to another player with a text.",
            {"Challenge.sender > Player", "Challenge.recipient > Player"},
        ),
        (
            "Users send parcels to each other. Parcels have a weight.",
            {"Parcel.sender > User", "Parcel.recipient > User"},
        ),
        (
            "Climbers have a name. A climber gives a rope to other climbers. Ropes have a length.",
            {"Rope.giver > Climber", "Rope.recipient > Climber"},
        ),
    ],
)
def test_what_is_sent_to_ones_like_has_two_keys(told: str, edges: set[str]) -> None:
    assert _edges(told) >= edges
    assert len([edge for edge in _edges(told) if edge.startswith(next(iter(edges)).split(".")[0])]) == len(edges)


@pytest.mark.parametrize(
    "told",
    [
        "Several nurses respond to an alarm.",
        "Several nurses take part in an alarm.",
        "Three nurses may attend an alarm.",
    ],
)
def test_several_people_with_one_thing_are_many_on_both_sides(told: str) -> None:
    known = "Nurses have a name. Alarms have a date. "
    edges = _edges(known + told)
    assert edges & {"Nurse.alarms <> Alarm", "Alarm.nurses <> Nurse"}
    assert "Participation" not in _told(known + told).entities_by_name


def test_taking_part_with_data_has_rows_of_its_own() -> None:
    told = "A heat has a number. A rower takes part in a heat; the lane and the finishing time are recorded."
    assert _edges(told) >= {"Participation.heat > Heat", "Participation.rower > Rower"}
    assert _fields(told, "Participation") == {"lane", "finishing_time"}
    assert not any(edge.startswith("Rower.") for edge in _edges(told))


def test_data_told_behind_a_deed_is_of_its_rows() -> None:
    told = (
        "Hikers have a name. Huts have a name. Hikers book a hut. The arrival date and the number of beds are recorded."
    )
    assert {"arrival_date", "number_of_beds"} <= _fields(told, "Booking")


def test_where_a_subject_is_is_said_beside_it() -> None:
    told = "Each vase in a kiln belongs to a potter. A kiln has a temperature. Potters have a name."
    assert _edges(told) >= {"Vase.kiln > Kiln", "Vase.potter > Potter"}


def test_a_participle_behind_the_lead_is_no_break() -> None:
    told = (
        "A mission has a code and a date. The dispatcher leads a mission. "
        "For every swimmer rescued on a mission we record name, age and injuries."
    )
    assert _fields(told, "Swimmer") == {"name", "age", "injuries"}


def test_what_things_belong_to_has_rows() -> None:
    assert "Trail.sector > Sector" in _edges("Trails belong to a sector. Trails have a name and a length.")


def test_behind_with_stands_the_data_of_what_something_belongs_to() -> None:
    told = "Moths have a chip number. Every moth belongs to a genus with a Latin name and a year."
    assert _edges(told) == {"Moth.genus > Genus"}
    assert _fields(told, "Genus") == {"latin_name", "year"}


def test_what_is_grouped_into_something_is_in_it() -> None:
    told = "Curators group drawings into portfolios. Drawings have a title. Portfolios have a name."
    assert "Drawing.portfolio > Portfolio" in _edges(told)


def test_children_each_with_data_belong_to_whom_they_are_told_of() -> None:
    told = "Keepers have a name. Keepers have lambs, each with a name and a birthday."
    assert "Lamb.keeper > Keeper" in _edges(told)
    assert _fields(told, "Lamb") == {"name", "birthday"}


def test_the_amount_of_each_is_data_of_both() -> None:
    told = "Bulbs have a variety. Parcels have a code. Each parcel is for several bulbs, with the amount of each."
    assert _edges(told) >= {"ParcelBulb.parcel > Parcel", "ParcelBulb.bulb > Bulb"}


def test_what_is_made_of_a_list_behind_a_colon() -> None:
    told = "Trials have a title. Each trial yields results: a metric, a value and a unit."
    assert "Result.trial > Trial" in _edges(told)
    assert _fields(told, "Result") == {"metric", "value", "unit"}


def test_a_list_behind_a_dash_is_data() -> None:
    told = "Stalls have a name. A stall announces tastings – place, from, until."
    assert "Tasting.stall > Stall" in _edges(told)
    assert _fields(told, "Tasting") == {"place", "from", "until"}


def test_an_account_is_no_text() -> None:
    told = "Every author has an account. Authors have a pen name."
    assert _fields(told, "Author") == {"pen_name"}
    assert "Author.user - User" in _edges(told)


def test_others_of_a_kind_are_many_on_both_sides() -> None:
    told = "Band: name, city. Bands can be members of other bands."
    assert any(edge.startswith("Band.") and edge.endswith("<> Band") for edge in _edges(told))


def test_what_is_reported_per_row_points_to_it() -> None:
    told = "Rentals have a date. Scratches are reported per rental with a description and a cost."
    assert "Scratch.rental > Rental" in _edges(told)


def test_lists_of_a_whole_hold_its_items() -> None:
    told = "Stands have a name and a menu. Menu items: name, price."
    assert "MenuItem.stand > Stand" in _edges(told)
    assert _fields(told, "Stand") == {"name"}


def test_each_goes_on_about_one_thing() -> None:
    told = (
        "We organise hikes: each one takes place in a valley on a day, has a meeting point and a guide. "
        "Valleys have a name."
    )
    assert {"date", "meeting_point"} <= _fields(told, "Hike")
    assert "Hike.valley > Valley" in _edges(told)


def test_parts_that_go_with_their_whole_are_its_own() -> None:
    told = "Contracts have a title. Clauses have a text. When a contract is deleted, its clauses are deleted too."
    (relation,) = complete(_told(told)).entities_by_name["Clause"].relations
    assert (relation.target, relation.on_delete) == ("Contract", "cascade")


def test_a_bracket_behind_parts_is_theirs() -> None:
    told = "Each patron has one basket with basket items (lamp, quantity). Lamps have a name. Patrons have a name."
    assert _edges(told) == {"Basket.patron - Patron", "BasketItem.basket > Basket", "BasketItem.lamp > Lamp"}
    assert _fields(told, "BasketItem") == {"quantity"}


def test_who_registers_belongs_to_nothing_yet() -> None:
    found = understand("A workshop has a name and a city. Users belong to a workshop as members.").blueprint
    assert found is not None
    assert [(r.target, r.required) for r in found.entities_by_name["User"].relations] == [("Workshop", False)]


def test_what_is_ordered_is_told_by_the_lines_of_an_order() -> None:
    text = """Guests have a name. Dishes have a name and a price. Guests order dishes. An order has several lines with a
    dish and a quantity. A waiter has a name. Orders have a table number and a waiter."""
    found = understand(text).blueprint
    assert found is not None
    known = found.entities_by_name
    keys = {name: {relation.target for relation in known[name].relations} for name in ("Order", "Line")}
    assert "Dish" not in keys["Order"]
    assert {"Guest", "Waiter"} <= keys["Order"]
    assert {"Order", "Dish"} <= keys["Line"]
