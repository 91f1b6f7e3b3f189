"""`codebegen new`: a description becomes a project, proven unless told not to."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from codebegen.blueprint import Blueprint, plan
from codebegen.bootstrap import ports
from codebegen.cli.arguments import JSON
from codebegen.cli.interview import interview
from codebegen.cli.output import print_json, say, say_diagnostics
from codebegen.cli.progress import progress
from codebegen.cli.request import request_of
from codebegen.cli.summary import show_next, show_proof, show_understood
from codebegen.diagnostics import DiagnosticError
from codebegen.pipeline import Request, Work, make


def run(arguments: Namespace) -> int:
    """0 if what was made is proven or proof was not wanted, else 1."""
    return produce(request_of(arguments), arguments)


def produce(request: Request, arguments: Namespace) -> int:
    """Makes the project that a request asks for, and shows it."""
    if arguments.format != JSON:
        request = interview(request, ports())
    with progress(quiet=arguments.format == JSON) as on_event:
        work = make(request, ports(on_event, allow_unsandboxed=arguments.allow_unsandboxed))
    if work.blueprint is None or work.path is None:
        raise DiagnosticError(work.diagnostics)
    if arguments.format == JSON:
        print_json(document(work, work.blueprint, work.path))
        say_diagnostics(work.diagnostics)
    else:
        _show(work, work.blueprint, work.path)
    return 0 if work.proven or not request.verify else 1


def document(work: Work, blueprint: Blueprint, path: Path) -> dict[str, Any]:
    """The JSON of a made project."""
    shown = plan(blueprint)
    warnings = [diagnostic.as_dict() for diagnostic in work.diagnostics]
    return {
        "path": str(path),
        "blueprint": shown,
        "gates": [gate.as_dict() for gate in work.report.gates] if work.report else [],
        "quality_score": work.quality.score if work.quality else None,
        "report": {**shown["report"], "warnings": warnings},
    }


def _show(work: Work, blueprint: Blueprint, path: Path) -> None:
    show_understood(blueprint)
    say()
    show_proof(work)
    show_next(path, proven=work.proven if work.report else None)
