"""Rows that stand between others or arise from a deed, however people tell of them."""

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
    return {relation.target for relation in row.relations}, stated


_CAFE = "Repairs have a date. Spare parts have a name and a price."
_CREW = "Pupils have a name and a phone number, boats a name and a sail number."
_FILM = "A film has a title and a year. Actors have a name."
_JUDO = "Pupils have a name. Belts have a colour. Trainers have a name."
_WARD = "Doctors have a name, patients a name, salves a title."
_MENU = "Vendors have a name and a city. Teas have a name and a code."


@pytest.mark.parametrize(
    ("told", "row", "keys", "fields"),
    [
        (f"{_CAFE} A repair uses spare parts, with an amount.", "RepairSparePart", "Repair SparePart", "amount"),
        (f"{_CAFE} A repair uses spare parts, grams each.", "RepairSparePart", "Repair SparePart", "grams"),
        (
            f"{_CAFE} A repair takes spare parts, for each part the amount.",
            "RepairSparePart",
            "Repair SparePart",
            "amount",
        ),
        (
            f"{_CAFE} When a repair is done we write down which spare part, how many and at what price.",
            "RepairSparePart",
            "Repair SparePart",
            "quantity price",
        ),
        (
            f"{_CREW} An outing has a date. Each outing has up to eight pupils, for each of them which boat.",
            "OutingPupil",
            "Outing Pupil Boat",
            "",
        ),
        (f"{_FILM} An actor plays in films; for each film we keep the fee.", "ActorFilm", "Actor Film", "fee"),
        (f"{_FILM} In every film each actor has a fee and a position.", "FilmActor", "Film Actor", "fee position"),
        (f"{_FILM} For each actor the film states a fee.", "FilmActor", "Film Actor", "fee"),
        (f"{_FILM}\n\n* per film and actor: fee, remark", "FilmActor", "Film Actor", "fee remark"),
        (
            "Users keep lists. A list has a name. Films have a title. Every film on a list has a rank.",
            "ListFilm",
            "List Film",
            "rank",
        ),
        (
            "Helpers have a name, diplomas a title. I note which diplomas a helper holds and since when.",
            "HelperDiploma",
            "Helper Diploma",
            "since",
        ),
    ],
)
def test_data_told_for_each_of_several_is_of_the_row_between(told: str, row: str, keys: str, fields: str) -> None:
    assert _row(_plan(told), row) == (set(keys.split()), set(fields.split()))


@pytest.mark.parametrize(
    ("told", "row", "keys", "fields"),
    [
        (
            f"{_MENU} A vendor offers teas at a price and with a delivery time in days.",
            "VendorTea",
            "Vendor Tea",
            "price delivery_time",
        ),
        (
            "Customers have a name, cars a plate. Customers test cars on a date.",
            "CustomerCar",
            "Customer Car",
            "date",
        ),
        (
            f"{_JUDO} Pupils earn belts; we note the date and which trainer signed.",
            "PupilBelt",
            "Pupil Belt Trainer",
            "date",
        ),
        (
            "Meters have a number. Every month the caretaker reads the meters and writes down the value and the date.",
            "Reading",
            "Meter User",
            "value date",
        ),
        (
            f"{_WARD} Doctors prescribe salves to patients: dose, until when.",
            "DoctorSalve",
            "Doctor Patient Salve",
            "dose ends_at",
        ),
    ],
)
def test_data_of_a_deed_is_of_the_row_that_it_leaves(told: str, row: str, keys: str, fields: str) -> None:
    assert _row(_plan(told), row) == (set(keys.split()), set(fields.split()))


@pytest.mark.parametrize(
    ("told", "row", "keys", "fields"),
    [
        (
            "Members have a name. A clerk proposes a match between two members, says how sure he is and adds a remark.",
            "Match",
            "Member",
            "confidence remark",
        ),
        (
            "Items have a title. Reports have a text. A clerk proposes a match between an item and a report.",
            "Match",
            "Item Report",
            "",
        ),
        (f"{_WARD} A doctor lends salves on a date for a fee.", "Loan", "Doctor Salve", "date fee"),
        (
            f"{_WARD} A doctor treats patients as surgeon or adviser, from a date until a date.",
            "DoctorPatient",
            "Doctor Patient",
            "role start_date end_date",
        ),
        (
            "Pieces have a title. For pieces we lent: how long, and when it is back.",
            "Loan",
            "Piece",
            "duration backed_at",
        ),
        (
            "Rooms have a number. Guests can complain about a room. We note the complaint's text and the day.",
            "Complaint",
            "Guest Room",
            "text day",
        ),
        (
            f"{_JUDO} Trainers hand out belts to pupils; for every belt handed out we keep the day.",
            "TrainerBelt",
            "Trainer Belt Pupil",
            "day",
        ),
        (
            "Tests have a title, samples a barcode. Chemists run tests on a sample, each with a value.",
            "SampleTest",
            "Sample Test User",
            "value",
        ),
        (
            "Works have a title. Collectors have a name. A work is sold to a collector at a price, on a date.",
            "WorkCollector",
            "Work Collector",
            "price date",
        ),
        (
            "Boats have a name, berths a number. Boats are moored at berths; we keep since when and until when.",
            "BoatBerth",
            "Boat Berth",
            "since ends_at",
        ),
        (
            "Inspectors have a name, inns a name. Inspectors visit inns; after each visit they enter the date.",
            "Visit",
            "Inspector Inn",
            "date",
        ),
        (
            "Articles have a name, bins a code. An article lies in several bins, in each of them a certain quantity.",
            "ArticleBin",
            "Article Bin",
            "quantity",
        ),
        (
            "Lines have a number, stops a name. A line serves stops in a given order, each with a travel time.",
            "LineStop",
            "Line Stop",
            "position travel_time",
        ),
        ("Licences have a title. Pilots hold licences, which expire.", "Licence", "Pilot", "title expires_at"),
    ],
)
def test_data_told_of_what_somebody_did(told: str, row: str, keys: str, fields: str) -> None:
    assert _row(_plan(told), row) == (set(keys.split()), set(fields.split()))


def test_what_two_do_to_each_other_has_a_key_to_each() -> None:
    blueprint = _plan("Players have a name. Players can challenge each other. A challenge has a date.")
    challenge = blueprint.entities_by_name["Challenge"]
    assert {relation.name for relation in challenge.relations} == {"first_player", "second_player"}


def test_what_is_counted_has_rows() -> None:
    blueprint = _plan("A petition has a title. Citizens can support a petition, once per e-mail address.")
    assert _row(blueprint, "PetitionSupport") == ({"Citizen", "Petition"}, {"email_address"})


def test_what_people_ask_for_is_a_request() -> None:
    blueprint = _plan("Nurses have a name and a ward. Nurses can ask for a day off, with a first day and a reason.")
    assert _row(blueprint, "DayOffRequest") == ({"Nurse"}, {"first_day", "reason"})


@pytest.mark.parametrize(
    "told",
    [
        "Authors have a name. Authors post recipes with a title and a duration. Recipes have a picture.",
        "Shops have a name. Visitors see shops with a rating. Visitors log in with a password.",
        "Houses have a street and rooms with an area. Rooms have a number.",
        "Devices push readings with an api key. A reading has a value. A device has a name.",
        "A call has a date. For each call the guest gives a name and a phone number.",
    ],
)
def test_data_of_what_is_made_or_seen_stays_its_own(told: str) -> None:
    assert not [entity.name for entity in _plan(told).entities if entity.kind == "association"]


def test_a_verb_that_is_told_once_holds_for_those_behind() -> None:
    blueprint = _plan("Drivers have a name, vans a plate and a make; tours a date.")
    assert {entity.name: {f.name for f in entity.fields} for entity in blueprint.entities} == {
        "Driver": {"name"},
        "Van": {"plate", "make"},
        "Tour": {"date"},
    }
