"""The one composition root: what stands behind each port of the pipeline on this machine.

Imports are inside the functions where a command may not need them: `plan` never starts a formatter or a sandbox.
"""

import time
from functools import partial

from codebegen.adapters.formatter import RuffFormatter
from codebegen.blueprint import Blueprint
from codebegen.compiler import Custom
from codebegen.delivery import materialise
from codebegen.filetree import GeneratedFile
from codebegen.pipeline import Event, OnEvent, Ports
from codebegen.understanding import understand
from codebegen.verify.ports import Toolchain


def ports(on_event: OnEvent | None = None, *, allow_unsandboxed: bool = False) -> Ports:
    """The pipeline's ports, wired; `on_event` hears what happens.

    `allow_unsandboxed` is a person's word that what a template of their own made may run without a sandbox.
    """
    return Ports(
        clock=time.perf_counter,
        understand=understand,
        formatter=RuffFormatter().format,
        workspace=materialise,
        toolchain=partial(_toolchain, allow_unsandboxed=allow_unsandboxed),
        render_custom=_render_custom,
        on_event=on_event or _ignore,
    )


def read_database(url: str) -> tuple[str, str]:
    """The DDL of a live database, and its name; raises `DiagnosticError`."""
    from codebegen.adapters.database import read_database  # noqa: PLC0415 - drivers are loaded where one is read

    return read_database(url)


def _render_custom(blueprint: Blueprint, custom: Custom) -> tuple[GeneratedFile, ...]:
    from codebegen.adapters.rendering import render  # noqa: PLC0415 - only for a template of one's own

    return render(blueprint, custom)


def _toolchain(*, allow_unsandboxed: bool) -> Toolchain:
    from codebegen.adapters.gate_tools import toolchain  # noqa: PLC0415 - probing for a sandbox takes time

    return toolchain(allow_unsandboxed=allow_unsandboxed)


def _ignore(_event: Event) -> None:
    """Nobody listens."""
