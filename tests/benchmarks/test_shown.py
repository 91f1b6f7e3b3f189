"""What a miss would be known by in residue: any word of a field, all words of a row, the columns of what is unique."""

import pytest

from benchmarks.understanding.measure import _known_by


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("field Loan.due_date|due_on", [["due"], ["date"], ["due"]]),
        ("entity OrderLine|Position", [["order", "line"], ["position"]]),
        ("relation OrderLine.dish > Dish or Dish <> Order", [["order", "line"], ["dish"], ["dish"], ["order"]]),
        ("unique Seat(hall,number)", [["hall"], ["number"]]),
        ("unique Hall.name", [["name"]]),
        ("transition Loan.status open>paid", [["statu"], ["open", "paid"]]),
        ("enum Seat.kind ['box', 'row']", [["kind"], ["box", "row"]]),
    ],
)
def test_what_a_miss_is_known_by(label: str, words: list[list[str]]) -> None:
    assert _known_by(label) == words
