"""Which nouns have rows, and what labels, titles and ends of objects are not."""

import pytest

from codebegen.blueprint import Blueprint, complete
from codebegen.understanding import understand


def _plan(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    return complete(found)


def _stated(text: str, entity: str) -> set[str]:
    return {field.name for field in _plan(text).entities_by_name[entity].fields if field.origin == "stated"}


@pytest.mark.parametrize(
    "told",
    [
        "Team task: Meadow\n\nSheep have a name and a weight.",
        "Sheep have a name and a weight.\n\nNiceties: docker, logging",
    ],
)
def test_a_label_of_the_text_has_no_rows(told: str) -> None:
    assert [entity.name for entity in _plan(told).entities] == ["Sheep"]


def test_names_with_lists_in_brackets_have_rows_whatever_they_mean_elsewhere() -> None:
    told = "pond(name, lat, lon), trip(pond, start, end, weather), catch(trip, weight, certain yes/no)"
    assert set(_plan(told).entities_by_name) >= {"Pond", "Trip", "Catch"}
    fields = {field.name: field.type for field in _plan(told).entities_by_name["Pond"].fields}
    assert (fields["lat"], fields["lon"]) == ("decimal", "decimal")
    assert _stated(told, "Catch") == {"weight", "certain"}


def test_a_word_that_is_mostly_abstract_has_rows_where_it_has_data() -> None:
    told = "record [title, year]; singer [name, born on]; record by many singers. tracks of a record. track [length]"
    edges = {f"{e.name}.{r.name} {r.kind}" for e in _plan(told).entities for r in e.relations}
    assert {"Record.singers many_to_many", "Track.record many_to_one"} <= edges


@pytest.mark.parametrize(
    ("told", "entity", "fields"),
    [
        (
            "As a nurse I send a partner request with a remark to a ward. Wards have a name.",
            "PartnerRequest",
            {"remark"},
        ),
        (
            "Each heat starts at a time and ends at a time. Heats have a lane.",
            "Heat",
            {"start_time", "end_time", "lane"},
        ),
        ("Sailors have crates (each with a number and a weight). Sailors have a name.", "Crate", {"number", "weight"}),
        (
            "Every bowl has a width. We note the clay, the glaze and whether it broke.",
            "Bowl",
            {"width", "clay", "glaze", "broke"},
        ),
    ],
)
def test_data_where_it_is_told(told: str, entity: str, fields: set[str]) -> None:
    assert _stated(told, entity) == fields


def test_what_is_booked_has_rows_and_so_has_who_books() -> None:
    assert set(_plan("Smiths book a lathe. Smiths have a name.").entities_by_name) >= {"Smith", "Lathe", "Booking"}


def test_what_we_have_got_has_rows() -> None:
    told = "we got drivers and vans and we do tours, a tour has a driver and a van and a date"
    tour = _plan(told).entities_by_name["Tour"]
    assert {relation.target for relation in tour.relations} == {"Driver", "Van"}


def test_who_is_followed_has_rows() -> None:
    told = "Artworks have a title, an artist and a year. Visitors can follow an artist."
    artwork = _plan(told).entities_by_name["Artwork"]
    assert [relation.target for relation in artwork.relations] == ["Artist"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Classes (title, level, max participants) are given by a trainer. A trainer has a name.", "Class"),
        ("Objects have a weight. They were made by an artist (name, born, died).", "Artist"),
        ("For exhibitions (title, from, until) we borrow objects. An object has a weight.", "Exhibition"),
    ],
)
def test_a_bracket_that_begins_with_a_name_holds_data_wherever_it_stands(text: str, name: str) -> None:
    found = understand(text).blueprint
    assert found is not None
    stated = [field.name for field in found.entities_by_name[name].fields if field.origin == "stated"]
    assert len(stated) == 3


@pytest.mark.parametrize(
    ("text", "name", "data"),
    [
        ("Customers have a name. Services (bath, trim) have a price and a duration.", "Service", {"price", "duration"}),
        ("Each site has a name and a city. Turbines stand on sites.", "Site", {"name", "city"}),
        (
            "Readers have a name. Books have a price. Readers review books, once per book, with 1 to 5 stars.",
            "Review",
            {"stars"},
        ),
        ("Inn: rooms (number, floor), guests (name, phone), stays of a guest, status asked/paid.", "Stay", {"status"}),
    ],
)
def test_things_are_things_where_their_name_or_their_place_is_misleading(text: str, name: str, data: set[str]) -> None:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert data <= {field.name for field in blueprint.entities_by_name[name].fields}
