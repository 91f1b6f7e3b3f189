"""Everything that can go wrong for a user, as data.

A stage returns `Diagnostic` values; only broken invariants raise. The same list is printed by the command
line, sent by the API and handed to a model that repairs its own blueprint.
"""

from dataclasses import asdict, dataclass
from typing import Literal

Severity = Literal["error", "warning", "info"]


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding: `code` is stable, `place` says where (`entities.Post.fields.title`, `prompt:3:14`)."""

    code: str
    severity: Severity
    place: str
    message: str
    hint: str = ""

    def as_dict(self) -> dict[str, str]:
        """The JSON form, with every key present."""
        return asdict(self)

    def __str__(self) -> str:
        where = f" ({self.place})" if self.place else ""
        how = f"\n  hint: {self.hint}" if self.hint else ""
        return f"{self.severity}[{self.code}]{where}: {self.message}{how}"


def error(code: str, place: str, message: str, hint: str = "") -> Diagnostic:
    """A diagnostic that stops the stage it comes from."""
    return Diagnostic(code, "error", place, message, hint)


def warning(code: str, place: str, message: str, hint: str = "") -> Diagnostic:
    """A diagnostic that is told and does not stop anything."""
    return Diagnostic(code, "warning", place, message, hint)


def has_errors(diagnostics: tuple[Diagnostic, ...] | list[Diagnostic]) -> bool:
    """Whether any of them stops the stage."""
    return any(d.severity == "error" for d in diagnostics)


class DiagnosticError(Exception):
    """Carries diagnostics over a boundary that has no other way out (a command, a port); never a bug."""

    def __init__(self, diagnostics: tuple[Diagnostic, ...] | list[Diagnostic]) -> None:
        self.diagnostics = tuple(diagnostics)
        super().__init__("\n".join(map(str, self.diagnostics)))
