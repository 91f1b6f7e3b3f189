"""Stories of users tell things, their data and what these belong to, as prose does."""

import pytest

from codebegen.understanding import understand


def _told(text: str) -> tuple[set[str], set[tuple[str, str]]]:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    fields = {f"{e.name}.{f.name}" for e in blueprint.entities for f in e.fields if f.origin == "stated"}
    return fields, {(e.name, r.target) for e in blueprint.entities for r in e.relations}


@pytest.mark.parametrize(
    ("story", "fields"),
    [
        (
            "As a hiker, I want to see for a trail its name, length in km, ascent in m and the GPX track.",
            "Trail.name Trail.length Trail.ascent Trail.gpx_track",
        ),
        (
            "As a visitor, I want to see the name, the height and the age of each tree.",
            "Tree.name Tree.height Tree.age",
        ),
        ("As an archivist I want every map to have a title, a scale and a year.", "Map.title Map.scale Map.year"),
        (
            "As an owner I want to add my boats, each with a name, a length in metres and a berth number.",
            "Boat.name Boat.length Boat.berth_number",
        ),
        (
            "As a nurse, I want to warn others about a hazard in a ward: kind (wet floor, fire, gas), reported at.",
            "Hazard.kind Hazard.reported_at",
        ),
        (
            "As a chief I keep the roster of my firefighters: name, mobile number, joined on.",
            "Firefighter.name Firefighter.mobile_number Firefighter.joined_on",
        ),
        ("As a learner I arrange meetings with my partner: when, and where.", "Meeting.date Meeting.location"),
        (
            "As a tenant I want to report a defect, giving a description and a photo.",
            "Defect.description Defect.photo",
        ),
        (
            "As an organiser I need to be able to create an event, specify its date and maximum number of guests.",
            "Event.date Event.max_guests",
        ),
        ("As a climber, I want to log a climb with date and weather (sunny, rain).", "Climb.date Climb.weather"),
        ("As a member I want to rate a wine (1..5). A wine has a year.", "Rating.score Wine.year"),
        (
            "As a teller, I want to note down for each coin when it was struck and how much it weighs in g.",
            "Coin.struck_at Coin.weight",
        ),
    ],
)
def test_data_told_in_a_story(story: str, fields: str) -> None:
    told, _ = _told(story)
    assert set(fields.split()) <= told


def test_what_is_written_after_an_occasion_belongs_to_it() -> None:
    story = (
        "As a lieutenant I write the report after an incident: summary, injured persons. An incident has an address."
    )
    fields, relations = _told(story)
    assert {"Report.summary", "Report.injured_persons", "Incident.address"} <= fields
    assert ("Report", "Incident") in relations


def test_whoever_has_an_account_is_no_other_person() -> None:
    story = "As a hiker, I browse trails. As a registered hiker, I want to add a trail with a name and a length."
    blueprint = understand(story).blueprint
    assert blueprint is not None
    assert "RegisteredHiker" not in {e.name for e in blueprint.entities}


def test_the_teller_is_i_in_the_sentences_behind() -> None:
    one = "As a cook I write recipes with a title. I can rate a recipe."
    other = "As a cook I write recipes with a title. A cook can rate a recipe."
    assert _told(one) == _told(other)


def test_codes_that_are_counted_up_are_values() -> None:
    blueprint = understand("A trail has a name and a difficulty (T1 to T4).").blueprint
    assert blueprint is not None
    assert [f.values for f in blueprint.entities[0].fields if f.name == "difficulty"] == [("T1", "T2", "T3", "T4")]
