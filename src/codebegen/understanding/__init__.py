"""Understanding: a description in plain language enters, a blueprint leaves, with a report on how it was read."""

from dataclasses import dataclass

from codebegen.blueprint import Blueprint
from codebegen.diagnostics import Diagnostic


@dataclass(frozen=True)
class Context:
    """What is known besides the description; it wins where the two disagree, and the disagreement is reported."""

    domain: str | None = None
    stack: str | None = None
    constraints: tuple[str, ...] = ()
    features: tuple[str, ...] = ()


@dataclass(frozen=True)
class Understanding:
    """A blueprint before defaults, or none and the errors why."""

    blueprint: Blueprint | None
    diagnostics: tuple[Diagnostic, ...] = ()


def understand(prompt: str, context: Context = Context()) -> Understanding:
    """Read a description. Never raises for any text."""
    from codebegen.understanding.embedded.engine import understand_text

    blueprint = understand_text(prompt, {"domain": context.domain, "stack": context.stack, "constraints": context.constraints, "features": context.features})
    return Understanding(blueprint)


__all__ = ["Context", "Understanding", "understand"]
