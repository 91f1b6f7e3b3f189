"""Bounds of numbers and lengths, however they are told."""

import pytest

from codebegen.blueprint import Field
from codebegen.understanding import understand


def field(text: str, name: str) -> Field:
    """The first field of this name."""
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return next(f for e in blueprint.entities for f in e.fields if f.name == name)


@pytest.mark.parametrize(
    "told",
    [
        "A room has a title and a capacity between 1 and 8.",
        "A room has a title. Its capacity is at least 1 and at most 8.",
        "A room has a title and a capacity. The capacity lies between 1 and 8.",
        "A room has a title and a capacity. Capacities range from 1 to 8.",
        "A room has a title and a capacity. The capacity can't be below 1 or above 8.",
        "A room has a title and a capacity, never under 1 or over 8.",
        "A room has a title and a capacity (1-8).",
        "Room: title, capacity (min 1, max 8)",
        "A room has a title and a capacity of at least 1. The capacity must not exceed 8.",
        "A room has a title and a capacity (1 or more). The capacity is limited to 8.",
    ],
)
def test_bounds_of_a_number(told: str) -> None:
    found = field(told, "capacity")
    assert (found.min, found.max) == (1, 8)


@pytest.mark.parametrize(
    "told",
    [
        "A post has a title of at most 120 characters and a body.",
        "A post has a title, no longer than 120 characters, and a body.",
        "A post has a title that isn't longer than 120 characters and a body.",
        "A post has a title and a body. Titles are limited to 120 characters.",
        "A post has a title and a body. The title may have up to 120 characters.",
        "A post has a title and a body. The title never exceeds 120 characters.",
    ],
)
def test_lengths_of_a_text(told: str) -> None:
    assert field(told, "title").max_length == 120


@pytest.mark.parametrize(
    "told",
    [
        "A country has a title and a two-letter code.",
        "A country has a title and a code of two letters.",
        "A country has a title and a code (2 letters, unique).",
        "A country has a title and a code. The code is exactly 2 characters long.",
    ],
)
def test_codes_of_a_fixed_length(told: str) -> None:
    found = field(told, "code")
    assert (found.min_length, found.max_length) == (2, 2)


def test_what_is_refused_bounds_the_rest() -> None:
    assert field("A product has a title and a price. A price below zero is not allowed.", "price").min == 0


def test_a_bound_by_another_field_is_none_in_numbers() -> None:
    text = "A room has seats and a capacity. The seats must not exceed the capacity."
    assert field(text, "seats").max is None


def test_one_clause_bounds_several_fields() -> None:
    text = "A sample has a volume and a purity. Volume is 200 to 500 ml, purity from 12.5 to 20."
    volume, purity = field(text, "volume"), field(text, "purity")
    assert (volume.min, volume.max) == (200, 500)
    assert (purity.type, purity.min, purity.max) == ("decimal", 12.5, 20)


@pytest.mark.parametrize(
    ("told", "name", "low", "high"),
    [
        ("A race has a minimum age.\n\nMinimum age: at least 12, at most 21.", "minimum_age", 12, 21),
        (
            "A raft has a number of paddlers.\n\nNumber of paddlers: not less than 3, not over 12.",
            "number_of_paddlers",
            3,
            12,
        ),
        ("A track has a position (1 and up) and a title.", "position", 1, None),
    ],
)
def test_bounds_behind_the_name_of_a_field(told: str, name: str, low: int, high: int | None) -> None:
    found = field(told, name)
    assert (found.min, found.max) == (low, high)


@pytest.mark.parametrize(
    ("told", "name", "low", "high"),
    [
        ("A licence has a key (unique, 25 characters).", "key", 25, 25),
        ("A build has a commit sha (40 chars).", "commit_sha", 40, 40),
        ("A port has a country (2-letter code).", "country", 2, 2),
        ("A post has a title (120 characters).", "title", None, 120),
        ("A pass has a code (max 6 characters).", "code", None, 6),
    ],
)
def test_a_code_of_so_many_characters_has_just_as_many(told: str, name: str, low: int | None, high: int) -> None:
    found = field(told, name)
    assert (found.min_length, found.max_length) == (low, high)
