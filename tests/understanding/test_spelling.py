"""Spelling: what is misspelt is read as what is meant, what is right is left alone, whatever it looks like."""

import pytest

from codebegen.understanding import understand
from codebegen.understanding.embedded.spelling import correct, corrected
from codebegen.understanding.embedded.text import tokenize


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("costumer", "customer"),
        ("recieved", "received"),
        ("adress", "address"),
        ("fone", "phone"),
        ("uniqe", "unique"),
        ("maschines", "machines"),
        ("technisian", "technician"),
        ("calenders", "calendars"),
        ("seperate", "separate"),
        ("appartment", "apartment"),
        ("warrenty", "warranty"),
        ("discription", "description"),
        ("definately", "definitely"),
        ("invoicces", "invoices"),
        ("delivry", "delivery"),
        ("e-mails", "emails"),
    ],
)
def test_what_is_misspelt(written: str, meant: str) -> None:
    assert corrected(written) == meant


@pytest.mark.parametrize(
    "word",
    "inventors inventions surveyor curator roaster restocked replanting sapling deceased perfect quiet burgers medial "
    "harvester moderators refurbishment stats compliance seedlings planner planer caster emitter".split(),
)
def test_right_words_stay(word: str) -> None:
    assert corrected(word) == word


def _read(text: str) -> list[str]:
    return [token.low for token in correct(text)(tokenize(text))]


def test_who_writes_a_word_twice_means_it() -> None:
    assert "delivry" not in _read("The delivry comes today.")
    assert _read("A delivry has a date. Every delivry has a van.").count("delivry") == 2
    assert "delivry" not in _read("A delivry has a date. Every delivry has a van. Deliveries are late.")


def test_names_of_people_and_places_are_no_slips() -> None:
    assert "walker" in _read("Ask Mrs Walker about it.")
    assert "clasen" in _read("The workshop of Mr Clasen has a price list.")


def test_what_is_misspelt_is_right_in_names_and_relations() -> None:
    text = (
        "Costumers have a name and an adress. A Maschine has a serial number (uniqe) and belongs to a costumer. "
        "Technisians repair Maschines. A visit has a date, a seperate report and the warrenty end date."
    )
    blueprint = understand(text).blueprint
    assert blueprint is not None
    names = {e.name: {f.name for f in e.fields if f.origin == "stated"} for e in blueprint.entities}
    assert names["Customer"] == {"name", "address"}
    assert "warranty_end_date" in names["Visit"]
    machine = blueprint.entities_by_name["Machine"]
    assert machine.relations[0].target == "Customer"
    assert machine.fields_by_name["serial_number"].unique


def test_a_right_word_names_what_it_says() -> None:
    text = "Inventors have a name and a country. An inventor files patents. Patents have a title."
    blueprint = understand(text).blueprint
    assert blueprint is not None
    assert "Inventor" in blueprint.entities_by_name
    assert "Investor" not in blueprint.entities_by_name


def test_wanna_is_two_words() -> None:
    assert _read("I wanna see open orders") == ["i", "want", "to", "see", "open", "orders"]
