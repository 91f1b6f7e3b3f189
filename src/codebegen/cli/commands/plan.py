"""`codebegen plan`: what a description is understood as; nothing is made."""

from argparse import Namespace

from codebegen.blueprint import plan
from codebegen.bootstrap import ports
from codebegen.cli.arguments import JSON
from codebegen.cli.output import print_json, say, say_diagnostics, style
from codebegen.cli.request import request_of
from codebegen.cli.summary import show_understood
from codebegen.diagnostics import DiagnosticError
from codebegen.pipeline import plan as make_plan


def run(arguments: Namespace) -> int:
    """Prints the blueprint and its report."""
    work = make_plan(request_of(arguments), ports())
    if work.blueprint is None or not work.ok:
        raise DiagnosticError(work.diagnostics)
    if arguments.format == JSON:
        print_json(plan(work.blueprint))
        return 0
    say_diagnostics(work.diagnostics)
    show_understood(work.blueprint)
    say(style(f"understood in {work.seconds['schema_extraction'] * 1000:.0f} ms", "dim"))
    return 0
