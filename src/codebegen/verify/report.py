"""What a verification found: plain values, ready for JSON, for a summary and for the requirement ledger."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

from codebegen.diagnostics import Diagnostic, Severity

Status = Literal["passed", "failed", "not_run", "not_applicable"]
TestStatus = Literal["passed", "failed", "skipped"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing a gate has to say. Only `severity="error"` makes the gate fail.

    `place` is where to look: `app/main.py:12`, a test id, or an operation such as `POST /api/v1/posts`.
    """

    message: str
    place: str = ""
    hint: str = ""
    severity: Severity = "error"

    def as_dict(self) -> dict[str, str]:
        """The JSON form, with every key present."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class GateResult:
    """How one gate ended. A gate that could not run says so in its findings; it is never green."""

    name: str
    status: Status
    seconds: float
    findings: tuple[Finding, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The keys of the command line's JSON."""
        return {
            "name": self.name,
            "status": self.status,
            "seconds": round(self.seconds, 3),
            "findings": [finding.as_dict() for finding in self.findings],
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All gates in their order, and what they brought back from the running project.

    `tests` maps a test id (`tests/test_posts.py::test_owner_only`) to its worst outcome over all databases;
    `openapi` is the document the app itself gave, or nothing if it could not be imported; `diagnostics`
    says why nothing was run at all (no sandbox for untrusted code).
    """

    gates: tuple[GateResult, ...]
    tests: Mapping[str, TestStatus] = field(default_factory=dict)
    openapi: Mapping[str, Any] | None = None
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether everything that applies was run and passed, and something was."""
        applicable = [gate for gate in self.gates if gate.status != "not_applicable"]
        return bool(applicable) and all(gate.status == "passed" for gate in applicable)

    def gate(self, name: str) -> GateResult:
        """The result of one gate, by name."""
        return next(gate for gate in self.gates if gate.name == name)
