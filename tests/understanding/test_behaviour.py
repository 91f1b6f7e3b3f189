"""Rights, states, toggles and rules as they are told."""

import pytest

from codebegen.blueprint import Blueprint, Entity, Grant
from codebegen.blueprint.expressions import Caller, Compare, FieldRef
from codebegen.blueprint.rules import CapacityRule, NoOverlapRule, QuotaRule, RequiresRule, TimeLimitRule
from codebegen.understanding import understand


def _entity(text: str, name: str) -> Entity:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return blueprint.entities_by_name[name]


def _allow(entity: Entity, operation: str) -> set[Grant]:
    permission = entity.permission(operation)
    assert permission is not None, operation
    return set(permission.allow)


def test_only_the_author_can_edit() -> None:
    post = _entity("Users write posts. A post has a title. Only the author can edit a post.", "Post")
    assert post.owner == "author"
    assert _allow(post, "update") == {Grant(kind="owner")}


def test_roles_manage_and_anyone_browses() -> None:
    text = "Books have a title. Librarians manage books. Anyone can browse books."
    book = _entity(text, "Book")
    assert _allow(book, "create") == {Grant(kind="role", role="librarian")}
    assert _allow(book, "list") == {Grant(kind="public")}


def test_a_right_may_belong_to_the_owner_of_something_else() -> None:
    post = "Users log in. Users write posts. A post has a title. Users write comments on posts. A comment has a text. "
    comment = _entity(post + "Only the author of the post can delete a comment.", "Comment")
    assert _allow(comment, "delete") == {Grant(kind="owner", path="post.user")}
    assert comment.owner == "user"


def test_what_is_everybodys_own_is_not_public() -> None:
    for who in ("People can only see", "Everyone sees only", "Everybody may only read"):
        note = _entity(f"Users log in. Users write notes. A note has a body. {who} their own notes.", "Note")
        assert _allow(note, "list") == _allow(note, "read") == {Grant(kind="owner")}, who


def test_own_leads_over_the_profile() -> None:
    text = (
        "A pet belongs to an owner. Owners have a name and a phone. Pets have a name. "
        "Owners can edit only their own pets."
    )
    pet = _entity(text, "Pet")
    assert pet.owner == "owner.user"
    assert _allow(pet, "update") == {Grant(kind="owner")}


def test_arrows_make_a_state_machine() -> None:
    order = _entity("Order: number, status (pending → paid → shipped, or cancelled)", "Order")
    (machine,) = order.state_machines
    assert machine.initial == "pending"
    assert {(t.name, t.from_, t.to) for t in machine.transitions if t.origin == "stated"} == {
        ("pay", ("pending",), "paid"),
        ("ship", ("paid",), "shipped"),
    }


def test_a_list_of_states_is_no_machine() -> None:
    assert _entity("A post has a title and a status (draft or published).", "Post").state_machines == ()


def test_moves_told_in_prose() -> None:
    text = "A claim has an amount. A claim is opened, then assessed by an adjuster and either approved or denied."
    (machine,) = _entity(text, "Claim").state_machines
    moves = {(source, t.to) for t in machine.transitions for source in t.from_}
    assert {("opened", "assessed"), ("assessed", "approved"), ("assessed", "denied")} <= moves


def test_toggles() -> None:
    tweet = _entity("Users post tweets with a text. Tweets can be liked and bookmarked by users.", "Tweet")
    assert {action.name for action in tweet.actions} == {"like", "bookmark"}


def test_unique_in_a_scope() -> None:
    text = (
        "Issues belong to a project. Issues have a title. Issue numbers are unique per project. Projects have a name."
    )
    issue = _entity(text, "Issue")
    assert [set(unique.fields) for unique in issue.unique_together] == [{"number", "project"}]


def test_rules_have_forms() -> None:
    text = (
        "A dentist has a name. A visit has a start time and an end time and belongs to a dentist. "
        "A dentist must not have overlapping visits. The end time must be after the start time."
    )
    kinds = {rule.kind for rule in _entity(text, "Visit").rules}
    assert kinds == {"no_overlap", "check"}


def test_a_demand_without_a_form_is_kept_in_words() -> None:
    text = "A parcel has a weight. Parcels must never be left in the rain."
    (rule,) = _entity(text, "Parcel").rules
    assert rule.kind == "custom"


def _blueprint(text: str) -> Blueprint:
    blueprint = understand(text).blueprint
    assert blueprint is not None
    return blueprint


def test_features_count_only_where_they_are_wanted() -> None:
    wanted = _blueprint(
        "A blog with posts and comments. Use JWT and docker. You don't have to implement payments with Stripe."
    )
    keys = {feature.key for feature in wanted.features}
    assert {"auth", "docker"} <= keys
    assert "payments" not in keys


def test_only_a_role_may_change_its_own_rows() -> None:
    text = "Organizers publish events. Events have a name. Only organizers can edit their own events."
    mine = Compare(operator="==", left=FieldRef(path="organizer"), right=Caller())
    event = _entity(text, "Event")
    assert _allow(event, "update") == {Grant(kind="role", role="organizer", when=mine)}


def test_what_was_done_before_is_required() -> None:
    text = (
        "Customers place orders. An order contains order lines. An order line has a quantity and a book. "
        "Books have a title. Only customers who bought a book can review it. A review has a text."
    )
    rule = next(r for r in _entity(text, "Review").rules if isinstance(r, RequiresRule))
    assert (rule.entity, set(rule.match)) == ("OrderLine", {("book", "book"), ("order.customer.user", "caller")})


def test_a_row_that_nobody_spoke_of_is_required() -> None:
    text = "Courts have a name. Players book courts. A player may only rate a court that he booked."
    rule = next(r for r in _entity(text, "Rating").rules if isinstance(r, RequiresRule))
    assert rule.entity == "Booking"


def test_at_most_so_many_per_thing() -> None:
    text = "Trainers run classes and members book classes. At most 20 bookings per class."
    (rule,) = _entity(text, "Booking").rules
    assert isinstance(rule, CapacityRule)
    assert (rule.relation, rule.limit) == ("class", 20)


def test_who_reports_and_who_is_assigned() -> None:
    text = "Issues have a title. An issue is assigned to zero or one member and reported by a user."
    relations = _entity(text, "Issue").relations_by_name
    assert (relations["assignee"].required, relations["reporter"].required) == (False, True)


def test_counts_and_averages_are_computed() -> None:
    text = (
        "Products have a name. Users review products. A review has a rating from 1 to 5. "
        "Show the number of reviews and the average rating of each product."
    )
    computed = {c.name: (c.function, c.entity, c.field) for c in _entity(text, "Product").computed}
    assert computed == {"review_count": ("count", "Review", None), "average_rating": ("average", "Review", "rating")}


def test_so_many_in_a_time() -> None:
    text = "Users write articles. Articles have a title. A user may write at most 5 articles per day."
    (rule,) = _entity(text, "Article").rules
    assert isinstance(rule, QuotaRule)
    assert (rule.limit, rule.minutes) == (5, 1440)


def test_a_lead_in_names_the_project() -> None:
    blueprint = understand("A car club: members own cars. A car has a make and a plate.").blueprint
    assert blueprint is not None
    assert (blueprint.name, blueprint.title) == ("car_club", "Car club")


def test_only_they_can_make_it() -> None:
    text = "Doctors have a name. Patients have a name. Only doctors can write prescriptions. A prescription has a dose."
    assert _allow(_entity(text, "Prescription"), "create") == {Grant(kind="role", role="doctor")}


@pytest.mark.parametrize(
    "rule",
    [
        "A boat can't be booked twice for overlapping times.",
        "Bookings may not overlap.",
        "No double-booking of boats.",
        "A boat can't be double-booked.",
    ],
)
def test_what_must_not_overlap_has_a_start_and_an_end(rule: str) -> None:
    (found,) = _entity(f"Sailors book boats. A boat has a name. {rule}", "Booking").rules

    assert isinstance(found, NoOverlapRule)
    assert (found.scope, found.start, found.end) == (("boat",), "starts_at", "ends_at")


def test_what_has_no_state_is_cancelled_by_deleting_it() -> None:
    told = "Sailors book boats for a time slot. A boat has a name."
    text = f"{told} Bookings can be cancelled up to 2 days before they start."

    (found,) = _entity(text, "Booking").rules

    assert isinstance(found, TimeLimitRule)
    assert (found.operations, found.field, found.minutes) == (("delete",), "starts_at", -2880)


def test_a_limit_that_moves_with_what_it_counts_from_is_said_to() -> None:
    told = "Sailors book boats for a time slot. A boat has a name. "
    blueprint = understand(told + "Bookings can be cancelled up to 2 days before they start.").blueprint
    assert blueprint is not None
    said = {assumption.message for assumption in blueprint.report.assumptions}
    assert "whoever may change starts_at moves the limit with it" in said
