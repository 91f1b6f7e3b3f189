"""Renders a user's template in a child process: behind the sandbox's walls where there is one, with bounds everywhere.

Jinja's own sandbox keeps a template from files and code; what it can't bound is time and memory.
"""

import json
from pathlib import Path

import codebegen
from codebegen.adapters.environment import PythonEnvironment
from codebegen.adapters.process import ProcessRunner
from codebegen.adapters.sandbox import SandboxRunner
from codebegen.blueprint import Blueprint, dump
from codebegen.compiler.custom import Custom
from codebegen.compiler.custom.child import REQUEST
from codebegen.delivery import materialise
from codebegen.diagnostics import Diagnostic, DiagnosticError, error
from codebegen.filetree import FileTree, GeneratedFile
from codebegen.verify.ports import MIB, SCRATCH, Job, Limits, Outcome, Runner

ANSWER = "answer.json"
LIMITS = Limits(
    seconds=20,
    memory_bytes=512 * MIB,
    address_space_bytes=1024 * MIB,
    processes=16,
    file_bytes=64 * MIB,
    disk_bytes=128 * MIB,
    output_bytes=64 * MIB,
)
_SOURCES = Path(codebegen.__file__).parents[1]
_MODULE = "codebegen.compiler.custom.child"


def render(
    blueprint: Blueprint, custom: Custom, *, use_sandbox: bool = True, limits: Limits = LIMITS
) -> tuple[GeneratedFile, ...]:
    """The files of a project; raises `DiagnosticError` where the template is wrong, or takes too much."""
    request = {"blueprint": dump(blueprint), "texts": dict(custom.texts), "settings": dict(custom.settings)}
    job = Job(
        ("python", "-P", "-m", _MODULE, f"{SCRATCH}/{ANSWER}"),
        env={"PYTHONPATH": str(_SOURCES)},
        collect=(ANSWER,),
        limits=limits,
    )
    runner = _runner(use_sandbox=use_sandbox)
    with (
        materialise(FileTree([GeneratedFile(REQUEST, json.dumps(request))])) as folder,
        runner.open(folder, trust="untrusted") as workspace,
    ):
        outcome = workspace.run(job)
    return _files(outcome, limits)


def _runner(*, use_sandbox: bool) -> Runner:
    environment = PythonEnvironment()
    readable = PythonEnvironment(prefixes=(*environment.prefixes, _SOURCES))
    sandbox = SandboxRunner(readable)
    return sandbox if use_sandbox and not sandbox.probe() else ProcessRunner(environment)


def _files(outcome: Outcome, limits: Limits) -> tuple[GeneratedFile, ...]:
    """What came back, read as data from a stranger."""
    try:
        answer = json.loads(outcome.files[ANSWER])
        if "files" in answer:
            return tuple(GeneratedFile(str(path), str(text), str(origin)) for path, text, origin in answer["files"])
        found = [Diagnostic(**item) for item in answer["diagnostics"]]
    except (KeyError, TypeError, ValueError):
        raise DiagnosticError([_died(outcome, limits)]) from None
    raise DiagnosticError(found)


def _died(outcome: Outcome, limits: Limits) -> Diagnostic:
    """Why there is no answer."""
    endings = {
        "timeout": f"it took longer than {limits.seconds:.0f} seconds",
        "memory": f"it took more than {limits.memory_bytes // MIB} MB of memory",
        "disk": "it wrote too much",
    }
    last = (outcome.reason or outcome.stderr.strip() or outcome.ended).splitlines()[-1][:200]
    ended = "memory" if "MemoryError" in last else outcome.ended
    said = endings.get(ended, f"it could not be rendered: {last}")
    hint = "look for loops in loops, and for texts that are repeated" if ended in endings else ""
    return error("template-limit", "template", said, hint)
