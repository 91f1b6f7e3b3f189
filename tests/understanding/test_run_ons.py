"""Speech without signs, and notes with too few of them: cut where a statement begins, without what fills it."""

import pytest

from codebegen.understanding import understand
from codebegen.understanding.embedded.run_ons import split_run_on
from codebegen.understanding.embedded.tag import tag
from codebegen.understanding.embedded.text import tokenize


def _clauses(text: str) -> list[str]:
    return [" ".join(token.low for token in clause) for clause in split_run_on(tag(tokenize(text)))]


@pytest.mark.parametrize(
    ("spoken", "clause"),
    [
        (
            "we make wines a wine has a name and a number of bottles and yeah one wine can win several medals",
            "one wine",
        ),
        ("a dog has a name a breed and you know whether it bites um extras can be added to a stay", "extras can"),
        (
            "the shops send in lists so that's an order it's got a delivery date and a note",
            "it has got a delivery date",
        ),
        ("note the grams and in which oven ovens have a name and a capacity in trays", "ovens have a name"),
        ("a van has a plate and when the van drives out we write down the driver", "when the van drives out ,"),
        ("a customer phones in and we take the name the phone number and the address", "we take the name"),
        ("crates have a size like small and so on and a lid new paragraph drivers have a name", "drivers have a name"),
        ("products have a price and the allergens they can have several allergens", "they can have several allergens"),
        ("an extra has a name and a price and oh right after the stay the owner can leave a review", "after the stay"),
        ("it has a weight and the sugar level and who was in charge that's one of our workers", "that is one of"),
        ("leftovers are counted per shop that's it i think shops have a name and a street", "shops have a name"),
    ],
)
def test_where_a_statement_begins(spoken: str, clause: str) -> None:
    text = f"so we keep parcels in sheds and each parcel has a name and a size {spoken}"
    assert any(found.startswith(clause) for found in _clauses(text)), _clauses(text)


@pytest.mark.parametrize("filler", ["um", "you know", "yeah", "i think", "or whatever", "that is it", "uh"])
def test_fillers_are_gone(filler: str) -> None:
    text = f"we keep parcels each parcel has a name and a size {filler} workers have a name, a phone and a wage"
    assert not any(filler in clause for clause in _clauses(text))


def test_what_a_thing_is_bought_with_is_no_new_statement() -> None:
    text = "Members have a name, a phone and the bikes they own, each with a frame number."
    assert len(_clauses(text)) == 1


def test_statements_run_into_each_other_behind_a_list() -> None:
    text = "customer brings a device (brand, model, color) we make a repair ticket with a price and a note"
    blueprint = understand(text).blueprint
    assert blueprint is not None
    fields = {e.name: {f.name for f in e.fields if f.origin == "stated"} for e in blueprint.entities}
    assert fields["Device"] == {"brand", "model", "color"}
    assert fields["RepairTicket"] == {"price", "note"}


def test_dictated_text_as_a_whole() -> None:
    text = (
        "okay so um we've got owners they have a name and a phone number and each owner can have several dogs and "
        "a dog has a name a breed you know poodle or beagle and so on and a date of birth then there are the boxes "
        "every box has a number uh a stay is for one dog in one box it's got a price per night that's all i think"
    )
    blueprint = understand(text).blueprint
    assert blueprint is not None
    stated = {e.name: {f.name for f in e.fields if f.origin == "stated"} for e in blueprint.entities}
    assert stated["Owner"] == {"name", "phone_number"}
    assert stated["Dog"] == {"name", "breed", "date_of_birth"}
    assert stated["Stay"] == {"price_per_night"}
    assert {r.target for r in blueprint.entities_by_name["Stay"].relations} == {"Dog", "Box"}
