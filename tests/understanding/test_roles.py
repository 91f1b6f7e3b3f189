"""Roles: whoever acts has one, people and the parts of a house that act like people."""

import pytest

from codebegen.understanding import understand

ORDERS = "An order has a title and a deadline. A client has a name. "


def roles(text: str) -> set[str]:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return {role.name for role in blueprint.roles}


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ("Prepress checks the order.", "prepress"),
        ("Only sales may cancel an order.", "sales"),
        ("Orders are released by the board.", "board"),
        ("The front desk confirms each order.", "front_desk"),
        ("The head can read every order.", "head"),
        ("Monitors may read all orders.", "monitor"),
        ("Accounting pays the order.", "accounting"),
        ("The exam office archives orders.", "exam_office"),
        ("The title is hidden from everybody but the statistician.", "statistician"),
        ("Orders are announced by the planner. Drivers deliver orders.", "planner"),
        ("The committee alone may remove an order.", "committee"),
        ("Orders can be read by the auditor alone.", "auditor"),
        ("Clerks can't archive orders, that is up to the registrar.", "registrar"),
        ("Operators enter orders, the boss everything.", "boss"),
        ("Prices see only me and the office.", "office"),
        ("A weighmaster may correct an order.", "weighmaster"),
        ("Scouts log in too. A scout has a name.", "scout"),
        ("Warehouse people may change an order.", "warehouse"),
        ("The models themselves may swap orders. A model has a height.", "model"),
        ("In an order somebody has the role keeper, reader or clerk.", "keeper"),
        ("Marketing changes orders, but not their deadline. The clerk archives orders.", "marketing"),
        ("The clerk can't archive orders; finance can.", "finance"),
        ("Clerks may change an order. Authors write orders.", "author"),
        ("Clerks may change an order. A brewery has a town. Breweries can cancel their orders.", "brewery"),
        ("Registered readers see only their own orders.", "reader"),
    ],
)
def test_who_acts_has_a_role(told: str, role: str) -> None:
    assert role in roles(ORDERS + told)


def test_things_that_only_hold_or_show_something_are_no_roles() -> None:
    told = "A kitchen has a name. A store sells products. The warehouse holds products. A screen shows orders."
    assert not roles(ORDERS + told) & {"kitchen", "store", "warehouse", "screen"}


def test_who_or_what_only_is_or_has_something_tells_nobody_apart() -> None:
    told = (
        "A container can have orders. A reader has a name. Clients can have several orders. A parcel is by a printer."
    )
    assert not roles(ORDERS + told)


def test_people_with_data_of_their_own_have_roles_where_people_are_told_apart() -> None:
    told = "Tutors have a name. Pupils have a name. Tutors offer lessons. Pupils book lessons. A lesson has a date."
    assert roles(told) >= {"tutor", "pupil"}


@pytest.mark.parametrize("sign", [":", " ="])
def test_rights_that_are_listed_by_person(sign: str) -> None:
    told = f"Loan: date, note\nAccess: librarian{sign} all, musician{sign} own loans (read)"
    assert roles(told) >= {"librarian", "musician"}
