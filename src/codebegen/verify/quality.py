"""The quality score: a documented function of what was measured, and of nothing else.

`score = sum(weight * value) / sum(weight)` over the lines that were measured. A gate is worth 1 if it passed and 0
if it failed or could not run; one that does not apply, and a review or a ledger that was not made, has no line's
weight. What could not run counts as nothing achieved: it must never look better than a failure.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from codebegen.verify.report import GateResult, Report

# How much each line says of a project. Behaviour weighs most; the sum is 1 if everything was measured.
GATE_WEIGHTS: Mapping[str, float] = {
    "syntax": 0.04,
    "format": 0.03,
    "lint": 0.05,
    "types": 0.07,
    "imports": 0.05,
    "migrations": 0.08,
    "tests": 0.16,
    "security": 0.10,
    "contract": 0.12,
}
LEDGER_WEIGHT = 0.15
REVIEW_WEIGHTS: Mapping[str, float] = {"security": 0.07, "maintainability": 0.04, "performance": 0.04}
OTHER_GATE_WEIGHT = 0.05


@dataclass(frozen=True, slots=True)
class QualityLine:
    """One line of the score. `value` is nothing where it was not measured; `contribution` is its share of the score."""

    name: str
    weight: float
    value: float | None
    contribution: float
    why: str

    def as_dict(self) -> dict[str, str | float | None]:
        """The JSON form."""
        return asdict(self)


def quality_score(
    report: Report, ledger_coverage: float | None, review_scores: Mapping[str, float] | None
) -> tuple[float | None, tuple[QualityLine, ...]]:
    """The score from 0 to 1 and its lines; no score if no gate was run.

    `ledger_coverage` is the proven share of the requirement ledger, `review_scores` has `security`,
    `maintainability` and `performance`, all from 0 to 1; each may be absent.
    """
    lines = [gate_line(gate) for gate in report.gates]
    lines.append(
        measured_line("ledger", LEDGER_WEIGHT, ledger_coverage, "of the stated requirements have a passing test")
    )
    scores = review_scores or {}
    for name, weight in REVIEW_WEIGHTS.items():
        lines.append(measured_line(f"review: {name}", weight, scores.get(name), "in the review"))
    total = sum(line.weight for line in lines if line.value is not None)
    run = [gate for gate in report.gates if gate.status in {"passed", "failed"}]
    if not run or not total:
        return None, tuple(shared(line, 0.0) for line in lines)
    shares = tuple(shared(line, total) for line in lines)
    return round(sum(line.contribution for line in shares), 4), shares


def gate_line(gate: GateResult) -> QualityLine:
    """A gate is passed or not; how badly it failed is for its findings to say."""
    weight = GATE_WEIGHTS.get(gate.name, OTHER_GATE_WEIGHT)
    errors = sum(1 for finding in gate.findings if finding.severity == "error")
    why = {
        "passed": "passed",
        "failed": f"failed with {errors} finding{'' if errors == 1 else 's'}",
        "not_run": "could not be run, and counts as nothing achieved",
        "not_applicable": "does not apply to this project, and is left out",
    }[gate.status]
    value = None if gate.status == "not_applicable" else float(gate.status == "passed")
    return QualityLine(f"gate: {gate.name}", weight, value, 0.0, why)


def measured_line(name: str, weight: float, value: float | None, what: str) -> QualityLine:
    """A share between 0 and 1, or the statement that there is none."""
    if value is None:
        return QualityLine(name, weight, None, 0.0, "was not measured, and is left out")
    inside = min(1.0, max(0.0, value))
    return QualityLine(name, weight, inside, 0.0, f"{inside:.0%} {what}")


def shared(line: QualityLine, total: float) -> QualityLine:
    """The line with its contribution to a score whose measured weights add up to `total`."""
    part = line.weight * line.value / total if line.value is not None and total else 0.0
    return QualityLine(line.name, line.weight, line.value, round(part, 6), line.why)
