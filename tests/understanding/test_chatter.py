"""Chatter is told apart from what is asked for, with its reason."""

import pytest

from codebegen.understanding import understand
from codebegen.understanding.embedded.chatter import chatter

_JUDGED = "how the work is done, judged or handed in"


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
        ("My name is Ines and I run a small workshop", "a personal remark"),
        ("Great meeting you at the fair", "a personal remark"),
        ("I attach our logo", "a personal remark"),
        ("My husband says computers are nothing for us", "a personal remark"),
        ("Could you please quote for a small backend?", "a personal remark"),
        ("@jana can you check with legal?", "a personal remark"),
        ("Groups of two students are allowed", _JUDGED),
        ("Late submissions lose 2 points per day", _JUDGED),
        ("Hand in a zip file through Moodle before 24 January", _JUDGED),
        ("Send us your CV and two references", _JUDGED),
        ("Please spend no more than four hours on this", _JUDGED),
        ("Submit an order before noon", ""),
        ("Send a reset link by e-mail", ""),
        ("Upload a zip of photos to an album", ""),
        ("Groups of students are allowed to book rooms", ""),
        ("My boss says: orders have a date, a price and a customer", ""),
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
