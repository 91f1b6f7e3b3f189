"""The score says what was measured, and falls when something breaks."""

from typing import cast

import pytest

from codebegen.verify.gates import GATES
from codebegen.verify.quality import GATE_WEIGHTS, LEDGER_WEIGHT, REVIEW_WEIGHTS, quality_score
from codebegen.verify.report import Finding, GateResult, Report, Status

GOOD = {"security": 1.0, "maintainability": 1.0, "performance": 1.0}
NAMES = [gate.name for gate in GATES]


def report(**statuses: str) -> Report:
    findings = {"failed": (Finding("broken"),)}
    made = ((name, cast("Status", statuses.get(name, "passed"))) for name in NAMES)
    return Report(tuple(GateResult(name, status, 1.0, findings.get(status, ())) for name, status in made))


def test_the_weights_are_one_and_name_every_gate() -> None:
    assert sum([*GATE_WEIGHTS.values(), LEDGER_WEIGHT, *REVIEW_WEIGHTS.values()]) == pytest.approx(1)
    assert set(GATE_WEIGHTS) == set(NAMES)


def test_everything_good_is_one_and_the_lines_add_up() -> None:
    score, lines = quality_score(report(), 1.0, GOOD)
    assert score == 1.0
    assert sum(line.contribution for line in lines) == pytest.approx(1, abs=1e-4)
    assert all(line.why for line in lines)


@pytest.mark.parametrize("name", NAMES)
def test_every_defect_lowers_it(name: str) -> None:
    failed, lines = quality_score(report(**{name: "failed"}), 1.0, GOOD)
    not_run, _ = quality_score(report(**{name: "not_run"}), 1.0, GOOD)
    assert failed is not None
    assert failed < 1.0
    assert not_run == failed
    assert next(line.why for line in lines if line.name == f"gate: {name}") == "failed with 1 finding"


def test_ledger_and_review_count() -> None:
    assert quality_score(report(), 0.5, GOOD)[0] == pytest.approx(1 - LEDGER_WEIGHT / 2)
    assert quality_score(report(), 1.0, GOOD | {"security": 0.0})[0] == pytest.approx(1 - REVIEW_WEIGHTS["security"])


def test_what_was_not_measured_is_left_out_and_said() -> None:
    score, lines = quality_score(report(migrations="not_applicable"), None, None)
    assert score == 1.0
    left_out = [line for line in lines if line.value is None]
    assert {line.name for line in left_out} >= {"gate: migrations", "ledger", "review: security"}
    assert all("left out" in line.why for line in left_out)


def test_nothing_verified_is_no_score() -> None:
    assert quality_score(Report(()), 1.0, GOOD)[0] is None
    assert quality_score(report(**dict.fromkeys(NAMES, "not_run")), 1.0, GOOD)[0] is None
