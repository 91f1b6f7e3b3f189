"""`codebegen explain`: each sentence of a description with what it became; of a project, also its score by line."""

from argparse import Namespace
from pathlib import Path
from typing import Any

from codebegen.blueprint import Blueprint
from codebegen.bootstrap import ports
from codebegen.cli.arguments import JSON
from codebegen.cli.output import print_json, say, style
from codebegen.cli.progress import progress
from codebegen.cli.request import request_of
from codebegen.cli.summary import show_proof
from codebegen.delivery import BLUEPRINT
from codebegen.diagnostics import DiagnosticError
from codebegen.documentation import Placed, sentences
from codebegen.pipeline import Request, Work, plan, prove


def run(arguments: Namespace) -> int:
    """0 when there is something to explain; the gates of a project are run for its score, and don't decide."""
    project = _project(arguments)
    if project is None:
        work = plan(request_of(arguments), ports())
    else:
        with progress(quiet=arguments.format == JSON) as on_event:
            work = prove(Request(project=project), ports(on_event))
    if work.blueprint is None or not work.ok:
        raise DiagnosticError(work.diagnostics)
    if arguments.format == JSON:
        print_json(document(work, work.blueprint))
    else:
        _show(work, work.blueprint)
    return 0


def _project(arguments: Namespace) -> Path | None:
    """The folder that was named, if it was one and holds a project."""
    folder = Path(arguments.words[0]) if len(arguments.words) == 1 else None
    try:
        return folder if folder and (folder / BLUEPRINT).is_file() else None
    except OSError:  # a description can be too long for a file name
        return None


def document(work: Work, blueprint: Blueprint) -> dict[str, Any]:
    """The JSON: phrases with their elements, what was not understood, and the score where gates were run."""
    return {
        "phrases": [
            {
                "text": sentence.text,
                "start": sentence.start,
                "end": sentence.end,
                "elements": [_element(placed) for placed in sentence.elements],
            }
            for sentence in sentences(blueprint)
        ],
        "noise": [item.model_dump(mode="json") for item in blueprint.report.noise],
        "residue": [item.model_dump(mode="json") for item in blueprint.report.residue],
        "quality_score": work.quality.score if work.quality else None,
        "score_lines": [line.as_dict() for line in work.quality.lines] if work.quality else [],
    }


def _element(placed: Placed) -> dict[str, Any]:
    source = placed.provenance
    return {
        "element": placed.path,
        "kind": placed.kind,
        "origin": source.origin,
        "quote": source.quote,
        "start": source.start,
        "end": source.end,
        "reason": source.reason,
    }


def _show(work: Work, blueprint: Blueprint) -> None:
    report = blueprint.report
    for sentence in sentences(blueprint):
        within = range(sentence.start, sentence.end)
        say(style(sentence.text, "bold"))
        for placed in sentence.elements:
            say(f"  → {_describe(placed)}")
        for noise in report.noise:
            if noise.start < sentence.end and sentence.start < noise.end:
                say(f"  {style(f'· left out: {noise.reason}', 'dim')}")
        for item in report.residue:
            if item.start in within:
                say(f"  {style('?', 'yellow')} “{item.text}” {item.suggestion or item.reason}")
    if work.quality is not None:
        say()
        _show_score(work)


def _describe(placed: Placed) -> str:
    source = placed.provenance
    words = f"“{source.quote}” " if source.quote else ""
    why = style(f" ({source.reason})", "dim") if source.reason else ""
    return f"{words}{style(placed.place, 'cyan')}, {placed.kind}{why}"


def _show_score(work: Work) -> None:
    show_proof(work)
    for line in work.quality.lines if work.quality else ():
        value = "  –" if line.value is None else f"{line.value:.2f}"
        say(f"  {line.contribution:.3f}  {line.name:<26} weight {line.weight:.2f} × {value}  {line.why}")
