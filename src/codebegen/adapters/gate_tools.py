"""Puts the tools of verification together for this machine."""

import time
from pathlib import Path

from codebegen.adapters.environment import PythonEnvironment
from codebegen.adapters.process import ProcessRunner
from codebegen.adapters.sandbox import SandboxRunner
from codebegen.verify.ports import Toolchain


def toolchain(*, cache: Path | None = None, allow_unsandboxed: bool = False, use_sandbox: bool = True) -> Toolchain:
    """The real ports: a sandbox if one works here, child processes in any case, the machine's clock."""
    environment = PythonEnvironment(cache=cache) if cache is not None else PythonEnvironment()
    sandbox = SandboxRunner(environment)
    why_not = sandbox.probe() if use_sandbox else "it was switched off"
    return Toolchain(
        process=ProcessRunner(environment),
        clock=time.monotonic,
        sandbox=None if why_not else sandbox,
        why_no_sandbox=why_not,
        allow_unsandboxed=allow_unsandboxed,
    )
