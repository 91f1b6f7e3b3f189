"""Ids: a description may ask for UUIDs, for everything at once."""

import pytest

from codebegen.blueprint import Blueprint, complete
from codebegen.understanding import understand

BOOKS = "Books have a title. Chapters belong to a book."


def _blueprint(text: str) -> Blueprint:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return blueprint


@pytest.mark.parametrize(
    "said",
    [
        "Use UUIDs as ids.",
        "Use UUIDs as primary keys.",
        "UUID primary keys everywhere.",
        "All ids are UUIDs.",
        "Primary keys should be UUIDs.",
        "Every table uses UUID primary keys, not auto-increment integers.",
        "Use UUID v4 as the primary key for all tables.",
        "Use UUIDs for primary keys instead of integers.",
        "Each entity has a UUID id.",
    ],
)
def test_everything_has_uuids(said: str) -> None:
    blueprint = _blueprint(f"{BOOKS} {said}")
    assert {entity.name: entity.id_type for entity in blueprint.entities} == {"Book": "uuid", "Chapter": "uuid"}
    assert blueprint.report.residue == ()


@pytest.mark.parametrize(
    "said",
    ["", "Don't use UUIDs as ids.", "Books have a uuid.", "Chapters have a serial id, and their vendor id is a UUID."],
)
def test_ids_are_numbers(said: str) -> None:
    assert {entity.id_type for entity in _blueprint(f"{BOOKS} {said}").entities} == {"integer"}


def test_accounts_have_the_ids_of_all_others() -> None:
    blueprint = complete(_blueprint(f"{BOOKS} Use UUIDs as ids. Users log in. Books belong to users."))
    assert blueprint.entities_by_name["User"].id_type == "uuid"


def test_what_a_thin_description_means_has_uuids_too() -> None:
    assert {entity.id_type for entity in _blueprint("A blog API. UUID primary keys everywhere.").entities} == {"uuid"}
