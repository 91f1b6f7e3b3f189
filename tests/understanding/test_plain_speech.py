"""How people say plain things: whose backend it is, what each of a kind needs, what shares what, hours of a day."""

import pytest

from codebegen.blueprint import Blueprint, complete
from codebegen.blueprint.checks import check
from codebegen.blueprint.rules import CapacityRule, NoOverlapRule
from codebegen.understanding import understand


def _plan(text: str) -> Blueprint:
    found = understand(text).blueprint
    assert found is not None
    whole = complete(found)
    assert check(whole) == ()
    return whole


def _fields(blueprint: Blueprint, entity: str) -> dict[str, str]:
    return {field.name: field.type for field in blueprint.entities_by_name[entity].fields}


@pytest.mark.parametrize(
    "asked", ["Backend for our rowing club.", "An API for a tool shed.", "A system for my tea shop."]
)
def test_whose_backend_it_is_has_no_rows(asked: str) -> None:
    blueprint = _plan(f"{asked} Oars have a length and a colour.")
    assert [entity.name for entity in blueprint.entities] == ["Oar"]


def test_what_is_told_of_things_that_there_are_is_read() -> None:
    blueprint = _plan(
        "There are barrels and wine tanks: a barrel has a cooper and a year, a tank has a label and a volume."
    )
    assert _fields(blueprint, "Barrel").keys() == {"cooper", "year"}
    assert {"label", "volume"} in [_fields(blueprint, entity.name).keys() for entity in blueprint.entities]


def test_what_each_of_a_kind_needs_are_its_fields() -> None:
    blueprint = _plan(
        "Each kiln needs a serial number and a manufacturer. A van requires a plate, a make and a colour."
    )
    assert _fields(blueprint, "Kiln").keys() == {"serial_number", "manufacturer"}
    assert _fields(blueprint, "Van").keys() == {"plate", "make", "colour"}


def test_behind_a_preposition_stands_no_verb() -> None:
    blueprint = _plan("For every loom we store a serial number, the year of purchase and the shed it stands in.")
    assert _fields(blueprint, "Loom") == {"serial_number": "string", "year_of_purchase": "integer", "shed": "string"}


def test_people_report_problems() -> None:
    blueprint = _plan("Guests can report problems with their cabin. Cabins have a number.")
    assert {relation.target for relation in blueprint.entities_by_name["Problem"].relations} >= {"Cabin"}


def test_a_mark_in_british_is_no_residue() -> None:
    blueprint = _plan("Users can add poems to their favourites. Poems have a title.")
    assert [action.name for action in blueprint.entities_by_name["Poem"].actions] == ["favorite"]
    assert blueprint.report.residue == ()


@pytest.mark.parametrize("day", ["date", "weekday"])
def test_beside_a_day_start_and_end_are_hours(day: str) -> None:
    fields = _fields(_plan(f"A lesson has a {day}, a start time and an end time."), "Lesson")
    assert (fields["start_time"], fields["end_time"]) == ("time", "time")


def test_without_a_day_start_and_end_are_moments() -> None:
    fields = _fields(_plan("A lesson has a topic, a start time and an end time."), "Lesson")
    assert (fields["start_time"], fields["end_time"]) == ("datetime", "datetime")


@pytest.mark.parametrize(
    "rule",
    [
        "No two bookings of the same kayak may overlap.",
        "Two bookings for the same kayak must not overlap.",
        "Bookings of one kayak cannot overlap.",
        "A kayak cannot be booked twice at the same time.",
    ],
)
def test_what_must_not_overlap_is_of_one_thing(rule: str) -> None:
    blueprint = _plan(f"Kayaks have a number. A booking of a kayak has a start time and an end time. {rule}")
    booking = blueprint.entities_by_name["Booking"]
    assert [found.scope for found in booking.rules if isinstance(found, NoOverlapRule)] == [("kayak",)]
    assert (booking.unique_together, [field.name for field in booking.fields if field.unique]) == ((), [])


def test_what_must_not_overlap_on_a_day_is_of_that_day() -> None:
    blueprint = _plan(
        "A rehearsal has a date, a start time and an end time; rehearsals on the same stage must not overlap. "
        "A stage has a name."
    )
    rules = blueprint.entities_by_name["Rehearsal"].rules
    assert [found.scope for found in rules if isinstance(found, NoOverlapRule)] == [("stage", "date")]


@pytest.mark.parametrize(
    "asked",
    [
        "For each hive I want the queen, where it stands, when I last opened it and how often it needs food.",
        "Track my bees: for each hive I note the queen, where it stands, when I opened it and how often I feed.",
    ],
)
def test_data_wished_for_each_of_a_kind(asked: str) -> None:
    fields = _fields(_plan(asked), "Hive")
    assert fields.keys() >= {"queen", "location", "opened_at", "frequency"}


def test_where_one_thing_is_tells_nothing_of_another() -> None:
    blueprint = _plan(
        "Skippers sign up for regattas. A regatta has a name and a maximum number of boats. "
        "When a regatta is full, skippers go on a waiting list."
    )
    assert [machine for entity in blueprint.entities for machine in entity.state_machines] == []
    assert "WaitingListEntry" in {entity.name for entity in blueprint.entities}


@pytest.mark.parametrize(
    "said",
    ["that is unique within its vault", ", unique within the vault", "(unique per vault)", "that is unique per vault"],
)
def test_what_is_unique_within_something_may_occur_elsewhere(said: str) -> None:
    blueprint = _plan(f"A vault has a name. Boxes belong to a vault. A box has a number {said}.")
    box = blueprint.entities_by_name["Box"]
    assert [unique.fields for unique in box.unique_together] == [("number", "vault")]
    assert not box.fields_by_name["number"].unique


def test_who_somebody_is_names_the_relation() -> None:
    blueprint = _plan(
        "Nurses have a name and a grade and belong to a ward. A ward has a name and a deputy, who is a nurse."
    )
    ward = blueprint.entities_by_name["Ward"]
    assert [(relation.name, relation.target) for relation in ward.relations] == [("deputy", "Nurse")]
    assert _fields(blueprint, "Ward").keys() == {"name"}
    assert [relation.target for relation in blueprint.entities_by_name["Nurse"].relations][:1] == ["Ward"]


@pytest.mark.parametrize("who", ["Everybody", "Each user"])
def test_once_per_thing_is_a_row_for_each(who: str) -> None:
    blueprint = _plan(f"Ballots have a question. {who} can vote once per ballot.")
    vote = blueprint.entities_by_name["Vote"]
    assert {relation.target for relation in vote.relations} == {"Ballot", "User"}
    assert [set(unique.fields) for unique in vote.unique_together] == [{"ballot", "user"}]


def test_a_short_name_goes_on_about_what_there_is() -> None:
    blueprint = _plan("There are sauna cabins. A cabin has a number and a size.")
    assert {entity.name: set(_fields(blueprint, entity.name)) for entity in blueprint.entities} == {
        "SaunaCabin": {"number", "size"}
    }


def test_beside_parts_with_data_a_thing_has_its_own() -> None:
    blueprint = _plan("A claim has a title, a date and several damages, each with an amount and a cause.")
    assert _fields(blueprint, "Claim").keys() == {"title", "date"}
    assert _fields(blueprint, "Damage").keys() == {"amount", "cause"}


def test_who_reports_something_as_broken_did_not_make_it() -> None:
    blueprint = _plan("Guests can report a lamp as broken. Lamps have a number.")
    assert blueprint.entities_by_name["Lamp"].relations == ()
    assert any("as broken" in residue.text for residue in blueprint.report.residue)


def test_a_title_before_a_list_of_things_is_no_thing() -> None:
    blueprint = _plan(
        "A kayak rental: kayaks (number, colour, daily price), customers (name, email), "
        "rentals (kayak, customer, from, to). A kayak can't be rented twice for the same days."
    )
    assert {entity.name for entity in blueprint.entities} == {"Kayak", "Customer", "Rental"}
    rental = blueprint.entities_by_name["Rental"]
    assert {relation.target for relation in rental.relations} == {"Kayak", "Customer"}
    assert [rule.scope for rule in rental.rules if isinstance(rule, NoOverlapRule)] == [("kayak",)]


def test_a_place_in_something_is_booked() -> None:
    blueprint = _plan("Members book a place in a workshop. A workshop has a title and a day of the week.")
    assert {relation.target for relation in blueprint.entities_by_name["Booking"].relations} == {"Workshop", "Member"}
    assert "weekday" in _fields(blueprint, "Workshop")


def test_who_is_in_what_is_told_by_rows_alone() -> None:
    blueprint = _plan("Swimmers sign up for camps. A camp has a title and a maximum of 30 swimmers.")
    assert [r.kind for entity in blueprint.entities for r in entity.relations if r.kind == "many_to_many"] == []
    assert {relation.target for relation in blueprint.entities_by_name["Registration"].relations} == {"Camp", "Swimmer"}


@pytest.mark.parametrize(
    ("told", "row", "relation"),
    [
        ("A fleet has a name and up to 40 vans. Vans have a plate.", "Van", "fleet"),
        ("Hikers enroll in tours. A tour has a title and a maximum of 40 hikers.", "Enrollment", "tour"),
        ("A cabin has a number and at most 40 beds. Beds have a label.", "Bed", "cabin"),
    ],
)
def test_how_many_a_thing_has_at_most_is_its_capacity(told: str, row: str, relation: str) -> None:
    rules = _plan(told).entities_by_name[row].rules
    assert [(r.relation, r.limit) for r in rules if isinstance(r, CapacityRule)] == [(relation, 40)]


@pytest.mark.parametrize(
    "told",
    [
        "Ciders have a title and an average rating.",
        "Ciders have a title. Show the average rating.",
        "Ciders have a title. Each cider shows its average rating.",
    ],
)
def test_an_average_is_computed_and_not_written(told: str) -> None:
    cider = _plan(f"{told} Members rate ciders from 1 to 5.").entities_by_name["Cider"]
    assert [(c.name, c.function, c.entity, c.field) for c in cider.computed] == [
        ("average_rating", "average", "Rating", "score")
    ]
    assert [field.name for field in cider.fields] == ["title"]


def test_a_word_that_is_no_thing_elsewhere_is_one_where_it_has_data() -> None:
    blueprint = _plan("A heifer has a name and a birth date. Heifers have records. A record has a text.")
    assert [relation.target for relation in blueprint.entities_by_name["Record"].relations] == ["Heifer"]


def test_a_deed_alone_is_enough_for_a_plan() -> None:
    assert {entity.name for entity in _plan("Members borrow tools.").entities} >= {"Tool", "Member"}


def test_who_makes_a_move_is_no_key_of_the_row() -> None:
    permit = _plan(
        "Permits have a number. Permits are requested, then confirmed by a clerk, then used or withdrawn."
    ).entities_by_name["Permit"]
    assert permit.relations == ()
    confirm = permit.permission("transition:confirm")
    assert confirm is not None
    assert [grant.role for grant in confirm.allow] == ["clerk"]


def test_what_there_is_for_each_has_its_data() -> None:
    blueprint = _plan("Visits have a date. For each visit there is one bill with a unique number and an amount.")
    assert _fields(blueprint, "Bill").keys() == {"number", "amount"}
    assert [relation.target for relation in blueprint.entities_by_name["Bill"].relations] == ["Visit"]


@pytest.mark.parametrize("said", ["Users are trainers or pupils.", "A user is either a trainer or a pupil."])
def test_what_users_are_are_their_roles(said: str) -> None:
    blueprint = _plan(f"{said} A lesson has a topic.")
    assert {role.name for role in blueprint.roles} >= {"trainer", "pupil"}
    assert blueprint.report.residue == ()


@pytest.mark.parametrize("title", ["Hospital management", "Small clinic"])
def test_a_title_before_a_list_of_names_is_no_thing(title: str) -> None:
    blueprint = _plan(f"{title}: patients, doctors, appointments and prescriptions. Patients have a name.")
    assert {entity.name for entity in blueprint.entities} == {"Patient", "Doctor", "Appointment", "Prescription"}


def test_what_there_can_be_several_of_has_rows() -> None:
    blueprint = _plan("Albums can have stickers. Albums have a title.")
    assert [relation.target for relation in blueprint.entities_by_name["Sticker"].relations] == ["Album"]


def test_what_is_bought_for_something_belongs_to_it() -> None:
    blueprint = _plan("Visitors buy passes for fairs. A pass has a code. Fairs have a title.")
    assert "Fair" in {relation.target for relation in blueprint.entities_by_name["Pass"].relations}


def test_what_is_shared_with_users_has_them() -> None:
    board = _plan("Users can share boards with other users. Boards have a title.").entities_by_name["Board"]
    assert [(r.kind, r.target) for r in board.relations] == [("many_to_many", "User")]


def test_the_one_thing_that_something_has_has_its_data() -> None:
    blueprint = _plan("A sledge has a motor with a serial number and a power. Sledges have a plate.")
    assert _fields(blueprint, "Motor").keys() == {"serial_number", "power"}
    assert _fields(blueprint, "Sledge").keys() == {"plate"}


def test_at_least_one_is_many() -> None:
    blueprint = _plan("Each crate has a label and at least one seal; a seal has a colour and a weight.")
    assert [relation.target for relation in blueprint.entities_by_name["Seal"].relations] == ["Crate"]
    assert blueprint.entities_by_name["Crate"].relations == ()


def test_whose_things_they_are_has_no_rows() -> None:
    blueprint = _plan(
        "The zoo keeps birds in aviaries. A bird has a name. Aviaries have a size. Our zoo has guides with a voice."
    )
    assert {entity.name for entity in blueprint.entities if entity.kind == "normal"} >= {"Bird", "Aviary"}
    assert "Zoo" not in blueprint.entities_by_name
    assert [relation.target for relation in blueprint.entities_by_name["Bird"].relations] == ["Aviary"]


@pytest.mark.parametrize("text", ["Boats: ,", "Boats:", "Boats: , ,(a, b)"])
def test_an_empty_list_is_no_crash(text: str) -> None:
    understand(text)
