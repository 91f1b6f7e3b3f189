"""`codebegen verify`: the gates on a project that is there already; it is only read."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from codebegen.bootstrap import ports
from codebegen.cli.arguments import JSON, UsageError
from codebegen.cli.output import print_json, say, style
from codebegen.cli.progress import progress
from codebegen.cli.summary import show_proof
from codebegen.diagnostics import DiagnosticError
from codebegen.pipeline import Request, Work, prove


def run(arguments: Namespace) -> int:
    """0 if every gate that applies passed, else 1."""
    with progress(quiet=arguments.format == JSON) as on_event:
        wired = ports(on_event, allow_unsandboxed=arguments.allow_unsandboxed)
        work = prove(Request(project=directory_of(arguments)), wired)
    if work.report is None:
        raise DiagnosticError(work.diagnostics)
    if arguments.format == JSON:
        print_json(document(work))
    else:
        _show(work)
    return 0 if work.proven else 1


def directory_of(arguments: Namespace) -> Path:
    """The folder that was named; here if none was."""
    if len(arguments.words) > 1:
        raise UsageError("name one folder")
    return Path(*arguments.words)


def document(work: Work) -> dict[str, Any]:
    """The JSON of a proof; `edited` are generated files that read otherwise now, or are gone."""
    return {
        "path": str(work.path),
        "edited": list(work.edited),
        "gates": [gate.as_dict() for gate in work.report.gates] if work.report else [],
        "quality_score": work.quality.score if work.quality else None,
        "score_lines": [line.as_dict() for line in work.quality.lines] if work.quality else [],
        "review": work.review.as_dict() if work.review else None,
        "diagnostics": [diagnostic.as_dict() for diagnostic in work.diagnostics],
    }


def _show(work: Work) -> None:
    if work.edited:
        say(style(f"Edited by hand since it was generated: {len(work.edited)} files", "bold"))
        for path in work.edited[:10]:
            say(f"  - {path}")
    show_proof(work)
