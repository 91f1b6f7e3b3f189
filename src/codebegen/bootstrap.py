"""The one composition root: what stands behind each port of the pipeline on this machine.

Imports are inside the functions where a command may not need them: `plan` never starts a formatter or a sandbox.
"""

import time

from codebegen.adapters.formatter import RuffFormatter
from codebegen.delivery import materialise
from codebegen.pipeline import Event, OnEvent, Ports
from codebegen.understanding import understand
from codebegen.verify.ports import Toolchain


def ports(on_event: OnEvent | None = None) -> Ports:
    """The pipeline's ports, wired; `on_event` hears what happens."""
    return Ports(
        clock=time.perf_counter,
        understand=understand,
        formatter=RuffFormatter().format,
        workspace=materialise,
        toolchain=_toolchain,
        on_event=on_event or _ignore,
    )


def read_database(url: str) -> tuple[str, str]:
    """The DDL of a live database, and its name; raises `DiagnosticError`."""
    from codebegen.adapters.database import read_database  # noqa: PLC0415 - drivers are loaded where one is read

    return read_database(url)


def _toolchain() -> Toolchain:
    from codebegen.adapters.gate_tools import toolchain  # noqa: PLC0415 - probing for a sandbox takes time

    return toolchain()


def _ignore(_event: Event) -> None:
    """Nobody listens."""
