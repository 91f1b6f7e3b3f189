"""Bounds that stand beside what they bound, are shared by several fields, or are told of a row itself."""

import pytest

from codebegen.blueprint import Field
from codebegen.understanding import understand


def fields(text: str, entity: str) -> dict[str, Field]:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return {f.name: f for f in next(e for e in blueprint.entities if e.name == entity).fields}


@pytest.mark.parametrize(
    ("told", "name", "low", "high"),
    [
        ("A silo has a name and a grain share from 0 to 100 percent.", "grain_share", 0, 100),
        ("A silo has a name and the floor, counted from 1 to 9.", "floor", 1, 9),
        ("A silo has a rent of no less than 50 euros and a name.", "rent", 50, None),
        ("A silo has an area of 4 to 30 square metres and a name.", "area", 4, 30),
        ("A silo has a height between 3 and 40 m and a name.", "height", 3, 40),
        ("A silo has a name and a weight in kg (max. 900).", "weight", None, 900),
        ("A silo has a name and a floor from 1 too 9.", "floor", 1, 9),
        ("A silo has a name and an azimuth. Azimuths lie between 0 and 360.", "azimuth", 0, 360),
        ("A silo has a name and the level in metres, somewhere from 0 to 14.", "level", 0, 14),
    ],
)
def test_a_bound_beside_its_noun(told: str, name: str, low: float | None, high: float | None) -> None:
    found = fields(told, "Silo")[name]
    assert (found.min, found.max) == (low, high)


@pytest.mark.parametrize(
    "told",
    [
        "A tasting has a date, aroma, texture and intensity, each from 1 to 10, and a comment.",
        "A tasting has points for aroma, texture and intensity — 1 to 10 each — and a date.",
        "A tasting has scores for aroma, texture and intensity (1 to 10 each) and a date.",
    ],
)
def test_several_fields_share_a_bound(told: str) -> None:
    found = fields(told, "Tasting")
    shared = [
        f for name, f in found.items() if name.startswith(("aroma", "texture", "intensity")) and f.origin == "stated"
    ]
    assert [(f.min, f.max) for f in shared] == [(1, 10)] * 3


def test_a_row_that_is_bounded_bounds_its_amount() -> None:
    assert fields("A fine lies between 5 and 80 euros. A fine has a reason.", "Fine")["amount"].max == 80


def test_a_row_with_a_length_bounds_its_text() -> None:
    told = "A message can't be longer than 500 characters. A message has a date and a body."
    assert fields(told, "Message")["body"].max_length == 500


def test_a_row_that_lasts_bounds_its_duration() -> None:
    assert fields("A shift lasts between 2 and 12 hours. A shift has a title.", "Shift")["duration"].max == 12
    told = "A shift lasts at most 12 hours. A shift has a start time and an end time."
    assert set(fields(told, "Shift")) == {"start_time", "end_time"}


def test_a_misspelt_length_is_a_length() -> None:
    assert fields("Members have a nick and a bio max 160 charachters.", "Member")["bio"].max_length == 160


def test_what_is_counted_is_no_bound_of_who_counts() -> None:
    told = "Users rate films from 1 to 10. A film has a title."
    assert set(fields(told, "Film")) == {"title"}
    assert fields(told, "Rating")["score"].max == 10


def test_a_number_beside_a_bounded_text_is_written_down() -> None:
    told = "A booking has a subject of at most 80 characters, a start, an end and the number of attendees."
    assert "number_of_attendees" in fields(f"{told} Attendees may not be more than the seats.", "Booking")
