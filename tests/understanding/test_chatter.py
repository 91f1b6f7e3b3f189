"""Chatter is told apart from what is asked for, with its reason."""

import pytest

from codebegen.understanding import understand
from codebegen.understanding.embedded.chatter import chatter


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Hi team!", "a courtesy"),
        ("Thanks a lot in advance", "a courtesy"),
        ("Let me know if anything is unclear", "a courtesy"),
        ("You don't have to implement authentication", "ruled out"),
        ("We do not need payments yet", "ruled out"),
        ("A mobile app is out of scope", "ruled out"),
        ("Please don't worry about deployment", "ruled out"),
        ("You do not need to log in to browse cars", ""),
        ("We don't want two members to share a card", ""),
        ("Members do not need to pay", ""),
        ("Thanks: a note that a donor gets", ""),
        ("Members borrow tools", ""),
    ],
)
def test_why(sentence: str, reason: str) -> None:
    assert chatter(sentence) == reason


def test_what_is_left_out_is_in_the_report_and_nowhere_else() -> None:
    prompt = "Hello all! A farm keeps animals. An animal has a name. You don't need to implement payments. Many thanks!"
    blueprint = understand(prompt).blueprint
    assert blueprint is not None
    left_out = [(prompt[noise.start : noise.end], noise.reason) for noise in blueprint.report.noise]
    assert left_out == [
        ("Hello all", "a courtesy"),
        ("You don't need to implement payments", "ruled out"),
        ("Many thanks", "a courtesy"),
    ]
    assert not blueprint.report.residue
    assert not blueprint.features
    assert {entity.name for entity in blueprint.entities} == {"Farm", "Animal"}
