"""From when to when something lasts: in the right order, and in one place one at a time, however it is told."""

import pytest

from codebegen.blueprint import check, complete
from codebegen.documentation import words
from codebegen.understanding import understand

GYM = "Rooms have a name. A class belongs to a room and has a title, a start time and an end time. "


def rules(said: str) -> list[str]:
    blueprint = understand(GYM + said).blueprint
    assert blueprint is not None
    assert check(complete(blueprint)) == ()
    assert [one.text for one in blueprint.report.residue] == []
    entity = blueprint.entities_by_name["Class"]
    return [f"{rule.kind}: {words.rule(entity, rule)}" for rule in entity.rules]


@pytest.mark.parametrize(
    ("said", "rule"),
    [
        ("A class ends after it starts.", "check: `end_time` > `start_time`"),
        ("A class must end after it starts.", "check: `end_time` > `start_time`"),
        ("A class never ends before it starts.", "check: `end_time` ≥ `start_time`"),
        ("Classes start before they end.", "check: `start_time` < `end_time`"),
        ("A class cannot start later than it ends.", "check: `start_time` ≤ `end_time`"),
    ],
)
def test_it_ends_after_it_starts(said: str, rule: str) -> None:
    assert rules(said) == [rule]


@pytest.mark.parametrize(
    "said",
    [
        "No overlapping classes per room.",
        "There are no overlapping classes in a room.",
        "Two classes can't be in the same room at the same time.",
        "No two classes can be in the same room at the same time.",
        "A room can host only one class at a time.",
    ],
)
def test_one_at_a_time(said: str) -> None:
    assert [rule.partition(":")[0] for rule in rules(said)] == ["no_overlap"]


@pytest.mark.parametrize("said", ["A class ends after it ends.", "A room has one class."])
def test_what_says_nothing_of_the_kind_is_no_rule(said: str) -> None:
    blueprint = understand(GYM + said).blueprint
    assert blueprint is not None
    found = [rule for rule in blueprint.entities_by_name["Class"].rules if rule.kind != "custom"]
    assert found == []
