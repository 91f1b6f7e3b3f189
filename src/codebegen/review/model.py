"""What a review says."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Aspect = Literal["security", "maintainability", "performance"]
Weight = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; `rule` names the check, `line` is 0 where it is about the whole file."""

    rule: str
    aspect: Aspect
    severity: Weight
    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A change worth making to `path`. Where `fixed` holds a text, it is the file's whole new content."""

    path: str
    message: str
    fixed: str | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Findings in path order, and scores from 0 to 1 that fall with each of them (how, in `scores.py`)."""

    findings: tuple[Finding, ...]
    suggestions: tuple[Suggestion, ...]
    security_score: float
    maintainability_score: float
    performance_score: float

    @property
    def scores(self) -> dict[str, float]:
        """The three scores by aspect."""
        return {
            "security": self.security_score,
            "maintainability": self.maintainability_score,
            "performance": self.performance_score,
        }

    def as_dict(self) -> dict[str, Any]:
        """The JSON form, with the names of the interface; a suggestion's new content is left out."""
        return {
            "issues": [asdict(finding) for finding in self.findings],
            "suggestions": [
                {"path": s.path, "message": s.message, "fixed": s.fixed is not None} for s in self.suggestions
            ],
            "security_score": self.security_score,
            "maintainability_score": self.maintainability_score,
            "performance_score": self.performance_score,
        }
