"""Small projects on which a template is tried: one with accounts, rights, states and rules, one without any."""

from collections.abc import Iterator
from importlib.resources import files

from codebegen.blueprint import Blueprint, complete, load
from codebegen.diagnostics import DiagnosticError

SAMPLES = ("accounts", "open")


def samples() -> Iterator[Blueprint]:
    """Complete blueprints, the richest first."""
    for name in SAMPLES:
        text = files("codebegen").joinpath("templates", "samples", f"{name}.yaml").read_text("utf-8")
        loaded = load(text)
        if not isinstance(loaded, Blueprint):
            raise DiagnosticError(loaded)
        yield complete(loaded)
