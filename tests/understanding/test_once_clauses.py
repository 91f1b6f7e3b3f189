"""Clauses that say what may be there once: the rows and columns that they speak of, wherever those are told."""

import pytest

from codebegen.understanding import understand

STALL = (
    "A market has a name. A stall belongs to a market and has a number, a letter and a name. "
    "A rent has a stall, a trader, a date and a price. Traders have a name and a phone number. "
)
GRANT = (
    "Scholars have a name. A fund has a title. A grant has a scholar, a fund, an amount and a granting date. "
    "A referee has a name. "
)


def unique(text: str, entity: str) -> set[frozenset[str]]:
    """Every field and combination of an entity that is unique."""
    blueprint = understand(text).blueprint
    assert blueprint is not None
    found = next(e for e in blueprint.entities if e.name == entity)
    alone = {frozenset((f.name,)) for f in found.fields if f.unique}
    return alone | {frozenset(together.fields) for together in found.unique_together}


@pytest.mark.parametrize(
    ("told", "columns"),
    [
        ("Number and letter together identify a stall.", "number letter"),
        ("Letter + number is unique.", "letter number"),
        ("The number with the letter exists only once in a market.", "number letter market"),
        ("No number is given twice in a market.", "number market"),
        ("The name must be unique on the market, stall names differ.", "name market"),
        ("Stall numbers are never reused.", "number"),
        ("Duplicate stall numbers are not allowed.", "number"),
        ("Stalls get a number, which can't be given to two stalls of the same market.", "number market"),
        ("Every stall has its own number.", "number"),
        ("A stall number belongs to one stall only.", "number"),
        ("Stall numbers must not be shared by stalls.", "number"),
        ("Every stall number appears once.", "number"),
        ("The combination of market and letter is unique.", "market letter"),
        ("Per market and letter there is just one stall.", "market letter"),
        ("The stall no must be unique.", "number"),
    ],
)
def test_of_stalls(told: str, columns: str) -> None:
    assert frozenset(columns.split()) in unique(STALL + told, "Stall")


@pytest.mark.parametrize(
    ("told", "columns"),
    [
        ("The same scholar can't get a grant from the same fund twice.", "scholar fund"),
        ("There is one grant per scholar per day.", "scholar granting_date"),
        ("Scholars apply to the funds, one grant for each.", "scholar fund"),
        ("A scholar gets only one grant from a fund.", "scholar fund"),
        ("A scholar gets one amount per fund.", "scholar fund"),
        ("Per scholar there's just one grant a day.", "scholar granting_date"),
        ("No scholar gets a grant of the same fund twice.", "scholar fund"),
        ("A scholar has at most one grant per fund and granting date.", "scholar fund granting_date"),
    ],
)
def test_of_grants(told: str, columns: str) -> None:
    assert frozenset(columns.split()) in unique(GRANT + told, "Grant")


@pytest.mark.parametrize(
    "told",
    [
        "an e-mail used by nobody else",
        "an e-mail (used by one keeper only)",
        "an e-mail which can't belong to anybody else",
        "an e-mail (no two keepers with the same one)",
        "an e-mail (no two are alike)",
        "an e-mail (can't occur twice)",
        "an e-mail (no doubles)",
        "an e-mail no other keeper has",
        "an e-mail, unique the world over",
    ],
)
def test_beside_a_field(told: str) -> None:
    text = f"Animals have a weight. A keeper has a name, {told}, and a phone number. A cage has a size."
    assert unique(text, "Keeper") == {frozenset({"email"})}


def test_a_key_that_only_the_rule_tells() -> None:
    told = "Boats have a weight. A heat has its number (1-3, not repeated for a boat), a lane and a time in seconds."
    assert frozenset({"number", "boat"}) in unique(told, "Heat")


def test_a_field_and_a_key_that_only_the_rule_tells() -> None:
    told = (
        "Shows have a year. A goat has a breed. Goats get a start number, which can't be given to two goats of a show."
    )
    assert frozenset({"start_number", "show"}) in unique(told, "Goat")


def test_courses_are_things_and_of_course_is_none() -> None:
    told = "Pupils have a name. A course has a title. A vote has a pupil, a course and a mark. "
    assert frozenset({"pupil", "course"}) in unique(told + "Of course a pupil votes only once per course.", "Vote")


def test_what_is_told_stands_before_what_is_likely() -> None:
    told = "Each firm has its own page with a title and a slug, and the slug has to be unique because people type it. "
    assert unique(told + "Guests have a name. Notes have a text.", "Page") == {frozenset({"slug"})}


def test_a_list_without_duplicates() -> None:
    told = "- Rower: name, birthday\n- Regatta: title, day\n- Start: rower + regatta, lane number\n"
    assert not unique(told, "Start")
    assert frozenset({"rower", "regatta"}) in unique(
        told.replace("regatta, lane number", "regatta, no duplicates"), "Start"
    )


@pytest.mark.parametrize(
    "told",
    [
        "A scholar can get a grant from the same fund more than once.",
        "A scholar can't get two grants at the same time.",
        "Once a scholar has a fund, the referee writes a letter.",
        "The referee reads every grant once a year.",
        "A fund has at most one referee.",
        "Scholars have no more than two grants of a fund.",
    ],
)
def test_what_is_not_told_to_be_unique(told: str) -> None:
    assert not unique(GRANT + told, "Grant")


def keys_of_one(text: str, entity: str) -> set[str]:
    """The relations of an entity that no two of its rows share."""
    blueprint = understand(text).blueprint
    assert blueprint is not None
    found = next(e for e in blueprint.entities if e.name == entity)
    return {r.name for r in found.relations if r.kind == "one_to_one"}


ESTATES = "An heir has a name. An estate has a number. A probate belongs to an estate and has a clerk and a result. "


@pytest.mark.parametrize(
    "told",
    [
        "One probate for an estate, no more.",
        "There is only one probate per estate.",
        "At most one probate for each estate.",
    ],
)
def test_one_row_of_each(told: str) -> None:
    assert keys_of_one(ESTATES + told, "Probate") == {"estate"}
    assert not keys_of_one(ESTATES, "Probate")


@pytest.mark.parametrize("told", ["An estate can have only one open probate.", "Only one running probate per estate."])
def test_one_row_of_each_in_a_state_is_another_matter(told: str) -> None:
    assert not keys_of_one(ESTATES + told, "Probate")


def test_votes_are_one_of_each_for_everybody() -> None:
    told = "Actors have a name. A play has a title. A vote has a play and a mark. Actors vote, one vote per play."
    assert not keys_of_one(told, "Vote")


def test_rows_told_in_their_own_list() -> None:
    told = "Tide days: date, height in cm, one row per date. Harbours have a name."
    assert unique(told, "TideDay") == {frozenset({"date"})}


def test_a_combination_in_brackets() -> None:
    told = "Gate\n- number: integer\n- street: string\n- (street, number) unique\n"
    assert unique(told, "Gate") == {frozenset({"street", "number"})}


def test_it_goes_on_from_the_clause_before() -> None:
    told = (
        "A wagon has a number and belongs to a train. A bunk has a number and a wagon. A train has a date. "
        "Bunk numbers are unique within a wagon, wagon numbers within a train."
    )
    assert frozenset({"number", "wagon"}) in unique(told, "Bunk")
    assert frozenset({"number", "train"}) in unique(told, "Wagon")


def test_unique_behind_a_field_in_a_sentence() -> None:
    told = "Fathers have a name. Fathers log in with their email, unique. Toys belong to a father and have a colour."
    assert frozenset({"email"}) in unique(told, "Father")
