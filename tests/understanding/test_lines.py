"""Rows within and between: how much of a thing is in another, at which place it stands, flags and values in lists."""

import pytest

from codebegen.blueprint import Blueprint, Entity
from codebegen.understanding import understand


def _told(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    return found


def _shape(entity: Entity) -> tuple[set[str], set[str]]:
    """What is stated of an entity: fields, and what its keys lead to."""
    fields = {field.name for field in entity.fields if field.origin == "stated"}
    return fields, {relation.target for relation in entity.relations if relation.origin == "stated"}


@pytest.mark.parametrize(
    ("told", "row", "fields", "ends"),
    [
        (
            "A smoothie menu knows cocktails. Each cocktail lists juices with a quantity and a unit.",
            "CocktailJuice",
            {"quantity", "unit"},
            {"Cocktail", "Juice"},
        ),
        (
            "Each delivery contains one or more articles with quantity and unit price.",
            "DeliveryArticle",
            {"quantity", "unit_price"},
            {"Delivery", "Article"},
        ),
        ("A basket holds several souvenirs with a quantity each.", "BasketItem", {"quantity"}, {"Basket", "Souvenir"}),
        ("Workouts: name, drills (sets, reps).", "WorkoutDrill", {"sets", "reps"}, {"Workout", "Drill"}),
        ("A meal uses cereals with an amount in g.", "MealCereal", {"amount"}, {"Meal", "Cereal"}),
        (
            "Athletes take supplements with a dose and a time of day.",
            "AthleteSupplement",
            {"dose", "time_of_day"},
            {"Athlete", "Supplement"},
        ),
        ("A setlist contains hymns in a fixed order.", "SetlistHymn", {"position"}, {"Setlist", "Hymn"}),
    ],
)
def test_counts_within_a_whole_are_data_of_the_row_between(
    told: str, row: str, fields: set[str], ends: set[str]
) -> None:
    blueprint = _told(told)
    assert _shape(blueprint.entities_by_name[row]) == (fields, ends)
    for end in ends:
        stated, keys = _shape(blueprint.entities_by_name[end])
        assert not stated & fields
        assert not keys & ends


@pytest.mark.parametrize(
    ("told", "part", "fields"),
    [
        ("A kiosk has magazines with a price and a quantity.", "Magazine", {"price", "quantity"}),
        ("A charity has donations with an amount and a note.", "Donation", {"amount", "note"}),
        ("A purchase order has lines (description, quantity).", "Line", {"description", "quantity"}),
        ("A meal has courses with a title and a quantity.", "Course", {"title", "quantity"}),
    ],
)
def test_what_describes_the_part_itself_stays_with_it(told: str, part: str, fields: set[str]) -> None:
    assert _shape(_told(told).entities_by_name[part])[0] == fields


@pytest.mark.parametrize(
    ("told", "part", "fields"),
    [
        (
            "A rally has legs in order (name, start time, cancelled yes/no).",
            "Leg",
            {"position", "name", "start_time", "cancelled"},
        ),
        (
            "Cruises: ship, ports in a fixed sequence (name, arrival, visited yes/no)",
            "Port",
            {"position", "name", "arrival", "visited"},
        ),
        ("A syllabus has chapters in order, with a title and a body.", "Chapter", {"position", "title", "body"}),
        (
            "A form contains questions in a given order. A question has a prompt and a hint.",
            "Question",
            {"prompt", "hint", "position"},
        ),
    ],
)
def test_what_stands_in_an_order_has_a_position(told: str, part: str, fields: set[str]) -> None:
    found = _told(told).entities_by_name[part]
    assert _shape(found)[0] == fields
    assert found.fields_by_name["position"].type == "integer"


def test_data_of_things_is_kept_where_what_holds_them_is_nothing() -> None:
    blueprint = _told("We build a system. It holds badges (label, colour).")
    assert _shape(blueprint.entities_by_name["Badge"])[0] == {"label", "colour"}


def test_what_keeps_things_is_told_with_them() -> None:
    blueprint = _told("A depot stores spare wheels, with the quantity on hand for each.")
    assert _shape(blueprint.entities_by_name["SpareWheel"]) == ({"quantity_on_hand"}, {"Depot"})


def test_values_of_what_stands_beside_are_not_of_the_thing() -> None:
    barn = _told("Barns have a name and equipment with a condition (new, used, broken).").entities_by_name["Barn"]
    assert not any(field.values for field in barn.fields if field.name == "equipment")


def test_a_flag_in_a_bracket_is_a_field_and_no_value() -> None:
    leg = _told("A rally has legs (surface, length in km, cancelled yes/no).").entities_by_name["Leg"]
    assert leg.fields_by_name["cancelled"].type == "boolean"
    assert leg.fields_by_name["length"].unit == "km"


def test_an_order_that_is_told_is_no_residue() -> None:
    assert not _told("A setlist contains hymns in a certain order.").report.residue


@pytest.mark.parametrize(
    ("told", "entity", "field", "values"),
    [
        ("Pilots (name, licence class B, C or CE), gliders (plate).", "Pilot", "licence_class", ("B", "C", "CE")),
        ("A sailor has a name, a licence grade A, B or C and a phone.", "Sailor", "licence_grade", ("A", "B", "C")),
        ("Boats (name, fuel petrol, diesel or gas).", "Boat", "fuel", ("petrol", "diesel", "gas")),
        ("Cabins (name, size small, medium or large).", "Cabin", "size", ("small", "medium", "large")),
        ("Leaflets (author, kind pdf, image or sheet).", "Leaflet", "kind", ("pdf", "image", "sheet")),
    ],
)
def test_values_beside_their_noun(told: str, entity: str, field: str, values: tuple[str, ...]) -> None:
    found = _told(told).entities_by_name[entity].fields_by_name[field]
    assert found.values == values
