"""Who is told of what, as people ask for it."""

import pytest

from codebegen.blueprint import Blueprint, check, complete
from codebegen.blueprint.notices import Notice
from codebegen.understanding import understand

SHOP = (
    "A shop. Customers place orders. An order has a title and a total amount. An order can be paid, then shipped. "
    "Products have a name and a price. Users can write reviews about products with a rating from 1 to 5. "
    "Posts have a title, a body and an author. Users write comments on posts. "
    "A task has a title, a status (todo, in progress, done) and an assignee, who is a user. "
)


def understood(words: str) -> Blueprint:
    """The shop, with a sentence more; it holds."""
    blueprint = understand(SHOP + words).blueprint
    assert blueprint is not None
    assert check(complete(blueprint)) == ()
    return blueprint


def told(blueprint: Blueprint) -> list[tuple[str, Notice]]:
    """Every notice with its entity."""
    return [(entity.name, notice) for entity in blueprint.entities for notice in entity.notices]


LIBRARY = (
    "A library. Members borrow books. A loan has a book, a member and a due date. "
    "An appointment has a title, a starting time and a patient. Patients have a name. "
)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Send a reminder 2 days before the due date.", "Loan due_date 48 > member"),
        ("Members get a reminder email two days before the due date.", "Loan due_date 48 > member by mail"),
        ("Remind the member by e-mail one day before the loan is due.", "Loan due_date 24 > member by mail"),
        ("A reminder is sent to the patient 3 hours before the appointment.", "Appointment starting_time 3 > patient"),
        ("Patients are reminded a week before their appointment.", "Appointment starting_time 168 > patient"),
    ],
)
def test_reminders(words: str, expected: str) -> None:
    blueprint = understand(LIBRARY + words).blueprint
    assert blueprint is not None
    [(entity, notice)] = told(blueprint)
    whom = (notice.to or "").removesuffix(".user")
    assert f"{entity} {notice.field} {notice.hours} > {whom}{' by mail' if notice.email else ''}" == expected
    assert complete(blueprint).has("jobs")
    assert check(complete(blueprint)) == ()


def short(entity: str, notice: Notice) -> str:
    """A notice in few words: what, whom, how."""
    what = f"{notice.field}={notice.value}" if notice.event == "becomes" else notice.event
    return f"{entity} {what} > {notice.role or notice.to}{' by mail' if notice.email else ''}"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "The customer is notified by e-mail when the order is shipped.",
            "Order status=shipped > customer.user by mail",
        ),
        ("Notify the customer by email when the order ships.", "Order status=shipped > customer.user by mail"),
        ("When an order is paid, an email is sent to the customer.", "Order status=paid > customer.user by mail"),
        ("Send the customer an email when their order is paid.", "Order status=paid > customer.user by mail"),
        ("When an order is shipped the customer is notified.", "Order status=shipped > customer.user"),
        ("We must inform the customer as soon as the order has been shipped.", "Order status=shipped > customer.user"),
        ("Admins get a notification when a review is created.", "Review created > admin"),
        ("Notify admins about new orders.", "Order created > admin"),
        ("Send an email to admins whenever a new product is added.", "Product created > admin by mail"),
        ("Users are notified when someone comments on their post.", "Comment created > post.author"),
        ("The author gets a notification when somebody comments on their post.", "Comment created > post.author"),
        ("The assignee is notified when a task is assigned to them.", "Task assigned > assignee"),
        ("When a task is done, notify the admin.", "Task status=done > admin"),
        ("Send a welcome email when a user registers.", "User created > self by mail"),
    ],
)
def test_one_is_asked_for(words: str, expected: str) -> None:
    blueprint = understood(words)
    assert [short(entity, notice) for entity, notice in told(blueprint)] == [expected]
    assert blueprint.report.residue == ()
    [(_, notice)] = told(blueprint)
    place = notice.provenance
    assert place.start is not None
    assert (SHOP + words)[place.start : place.end] == place.quote
    assert complete(blueprint).has("email" if notice.email else "notifications")


@pytest.mark.parametrize(
    "words",
    [
        "Customers get an email when their order is paid or shipped.",
        "Email notifications when the status of an order changes.",
    ],
)
def test_several_at_once(words: str) -> None:
    expected = ["Order status=paid > customer.user by mail", "Order status=shipped > customer.user by mail"]
    assert [short(entity, notice) for entity, notice in told(understood(words))] == expected


@pytest.mark.parametrize(
    "words", ["Customers are not notified when orders are deleted.", "Users get notifications.", "E-mail the parcels."]
)
def test_what_asks_for_none(words: str) -> None:
    assert told(understood(words)) == []


@pytest.mark.parametrize(
    "words",
    [
        "The admin is notified by SMS when a review is created.",
        "The captain is notified when an order is shipped.",
        "The customer is notified when the moon is full.",
    ],
)
def test_what_there_is_no_way_for_is_left_over(words: str) -> None:
    blueprint = understood(words)
    assert told(blueprint) == []
    assert any(item.text in words for item in blueprint.report.residue)


@pytest.mark.parametrize(
    "words", ["The customer is notified by e-mail when the order is shipped.", "Users get notifications."]
)
def test_they_say_nothing_of_the_data(words: str) -> None:
    plain, with_words = understand(SHOP).blueprint, understood(words)
    assert plain is not None
    assert [e.name for e in with_words.entities] == [e.name for e in plain.entities]
    assert with_words.entities_by_name["Order"].state_machines == plain.entities_by_name["Order"].state_machines
    assert with_words.entities_by_name["Customer"].fields == plain.entities_by_name["Customer"].fields
