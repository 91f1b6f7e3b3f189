"""What may be there only once, however it is told."""

import pytest

from codebegen.understanding import understand

MEMBER = "A member has a name and an e-mail. "
RATING = "A member has a name. A film has a title. A rating belongs to a member and a film and has a text. "
SEAT = "A hall has a name. A seat belongs to a hall and has a number. "


def unique(text: str, entity: str) -> set[frozenset[str]]:
    """Every field and combination of an entity that is unique."""
    blueprint = understand(text).blueprint
    assert blueprint is not None
    found = next(e for e in blueprint.entities if e.name == entity)
    alone = {frozenset((f.name,)) for f in found.fields if f.unique}
    return alone | {frozenset(together.fields) for together in found.unique_together}


@pytest.mark.parametrize(
    "told",
    [
        MEMBER + "No two members share an e-mail.",
        MEMBER + "Two members never have the same e-mail.",
        MEMBER + "Members are identified by their e-mail.",
        MEMBER + "E-mails must be distinct.",
        MEMBER + "The e-mail exists only once.",
        MEMBER + "There can't be two members with the same e-mail.",
        MEMBER + "E-mails can't be repeated.",
        "A member has a name and an e-mail that no other member has.",
        "A member has a name and an e-mail, which never comes twice.",
    ],
)
def test_one_field(told: str) -> None:
    assert frozenset({"email"}) in unique(told, "Member")


@pytest.mark.parametrize(
    "told",
    [
        "A member can rate a film only once.",
        "You can't rate the same film twice.",
        "One rating per member and film.",
        "There is at most one rating for each member and film.",
        "There must not be two ratings of the same member for the same film.",
        "No member may have two ratings for the same film.",
        "Ratings are unique per member and film.",
        "Member and film together are unique.",
        "For one member and one film there is only one rating.",
    ],
)
def test_two_keys(told: str) -> None:
    assert frozenset({"member", "film"}) in unique(RATING + told, "Rating")


@pytest.mark.parametrize(
    "told",
    [
        "The number is unique in the hall.",
        "Numbers must not repeat within a hall.",
        "Two seats of a hall can't have the same number.",
        "Within a hall no two seats have the same number.",
    ],
)
def test_a_field_in_a_scope(told: str) -> None:
    assert frozenset({"hall", "number"}) in unique(SEAT + told, "Seat")


def test_two_of_something_that_may_be_there_are_nothing_unique() -> None:
    assert not unique("A member has a name and two phones. Two members can have the same name.", "Member")


@pytest.mark.parametrize(
    "start", ["", "A multi-tenant tool, companies are the tenants and users are members of companies. "]
)
@pytest.mark.parametrize(
    "told",
    [
        "Invoices belong to a project and have a number (unique per company).",
        "Invoices belong to a project and have a number. The invoice number is unique per company.",
    ],
)
def test_a_scope_that_is_reached_by_way_of_another_row_is_kept_in_words(start: str, told: str) -> None:
    text = f"{start}Companies have a name. Projects belong to a company and have a title. {told}"
    assert not unique(text, "Invoice")
    blueprint = understand(text).blueprint
    assert blueprint is not None
    invoice = blueprint.entities_by_name["Invoice"]
    assert [(rule.kind, getattr(rule, "text", "")) for rule in invoice.rules] == [
        ("custom", "Number is unique in its company")
    ]
    assert [relation.name for relation in invoice.relations if relation.target == "Company"] == []
