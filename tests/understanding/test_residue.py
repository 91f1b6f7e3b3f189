"""Residue: a word that led to nothing is shown, with the clause that it stands in; what was understood is not."""

from pathlib import Path

import pytest
import yaml

from codebegen.understanding import understand

SHARED = sorted((Path(__file__).parent.parent / "corpus" / "shared").glob("*.yaml"))
HOTEL = "A hotel has a name and a city. A room belongs to a hotel and has a number. "


def residue(text: str) -> str:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return " | ".join(item.text for item in blueprint.report.residue)


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("The janitor whistles on Tuesdays.", "whistles"),
        ("Rooms are somehow glued to the 37 bollards.", "37 bollards"),
        ("A hotel haunts a room with its poltergeist.", "poltergeist"),
    ],
)
def test_what_led_to_nothing_is_shown(told: str, shown: str) -> None:
    assert shown in residue(HOTEL + told)


def test_a_number_that_bounds_nothing_is_shown_though_its_sentence_was_read() -> None:
    text = "A hotel has a name. Guests can book a room of the 4711 kind. A room belongs to a hotel."
    assert "4711" in residue(text)


def test_what_is_told_of_two_things_beside_their_relation_is_shown() -> None:
    told = "A fork is heavier than a plate"
    assert told in residue(f"A plate has a colour. A fork has a length. {told}.")


@pytest.mark.parametrize(
    "told",
    [
        HOTEL + "The number is between 1 and 900.",
        HOTEL + "A room has a status: free, taken or closed.",
        HOTEL + "Only managers can delete rooms.",
        HOTEL + "Two rooms of a hotel can't have the same number.",
    ],
)
def test_what_was_understood_is_not_shown(told: str) -> None:
    assert not residue(told)


def test_there_is_little_of_it_where_everything_was_understood() -> None:
    found = [understand(yaml.safe_load(path.read_text())["prompt"]).blueprint for path in SHARED]
    assert sum(len(blueprint.report.residue) for blueprint in found if blueprint is not None) <= 2 * len(SHARED)


@pytest.mark.parametrize("told", ["CSV export and import.", "Users export rooms to CSV. Import rooms from Excel."])
def test_a_feature_may_be_asked_for_more_than_once_and_in_many_words(told: str) -> None:
    assert residue(HOTEL + told) == ""
    assert "wombats" in residue(HOTEL + told + " Export wombats to CSV.")


def test_a_field_of_one_thing_is_no_excuse_for_that_of_another() -> None:
    told = "A wallet has a currency. A top-up belongs to a wallet and has an amount. "
    assert "frowns at the amount" in residue(told + "The bank frowns at the amount.")


def test_what_stands_side_by_side_in_a_list_is_shown_as_one() -> None:
    told = HOTEL + "The hotel dreams of wombats, gherkins (yodels, bagpipes)."
    assert "wombats, gherkins (yodels, bagpipes" in residue(told)


def test_a_thing_that_nothing_has_to_do_with_is_shown() -> None:
    told = HOTEL + "A poster has a title and a size. A guest has a name and books rooms."
    assert residue(told) == "A poster"
    assert residue(told + " Posters belong to a hotel.") == ""


def test_a_noun_that_may_well_have_rows_is_shown_with_a_way_to_say_it() -> None:
    text = """Trams run on lines. A line has a number and a colour. Every tram has a number and a year. Trams are kept
    in a depot at night. Drivers have a name and a licence number; each drives a tram on a day. Mechanics note defects
    of a tram with a text and a date. A depot is locked at night."""
    blueprint = understand(text).blueprint
    assert blueprint is not None
    shown = [item for item in blueprint.report.residue if item.reason == "may be something of which rows are kept"]
    kept = {entity.name for entity in blueprint.entities}
    assert "Depot" in kept or any(item.suggestion == 'Say what is known of each: "A depot has …"' for item in shown)
