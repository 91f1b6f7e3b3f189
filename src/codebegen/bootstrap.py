"""The one composition root: what stands behind each port of the pipeline on this machine.

Imports are inside the functions where a command may not need them: `plan` never starts a formatter or a sandbox.
"""

import time
from dataclasses import replace

from codebegen.adapters.formatter import RuffFormatter
from codebegen.delivery import materialise
from codebegen.pipeline import Event, OnEvent, Ports
from codebegen.understanding import Context, Understanding, understand
from codebegen.understanding.embedded.enrich import enrich
from codebegen.verify.ports import Toolchain


def ports(on_event: OnEvent | None = None) -> Ports:
    """The pipeline's ports, wired; `on_event` hears what happens."""
    return Ports(
        clock=time.perf_counter,
        understand=_understand,
        formatter=RuffFormatter().format,
        workspace=materialise,
        toolchain=_toolchain,
        on_event=on_event or _ignore,
    )


def _understand(prompt: str, context: Context) -> Understanding:
    """The embedded engine: what is said, then what a practitioner expects where nothing is said."""
    understood = understand(prompt, context)
    if understood.blueprint is None:
        return understood
    return replace(understood, blueprint=enrich(understood.blueprint, prompt))


def _toolchain() -> Toolchain:
    from codebegen.adapters.gate_tools import toolchain  # noqa: PLC0415 - probing for a sandbox takes time

    return toolchain()


def _ignore(_event: Event) -> None:
    """Nobody listens."""
