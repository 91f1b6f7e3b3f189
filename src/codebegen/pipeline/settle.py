"""What a person decides about a description that was read: answers to its questions, and how strict to be with it."""

from codebegen.blueprint import Blueprint, Report, complete
from codebegen.blueprint.passes.edit import changed
from codebegen.diagnostics import Diagnostic, error
from codebegen.pipeline.work import Request


def settle(blueprint: Blueprint, request: Request) -> tuple[Blueprint, tuple[Diagnostic, ...]]:
    """The blueprint with its answers and its open questions, and why it is refused, if it is."""
    # The engine's word lists come along: only a description that was read needs them.
    from codebegen.understanding.questions import answer, ask, contradictions  # noqa: PLC0415

    blueprint, refused = answer(blueprint, complete(blueprint), request.answers) if request.answers else (blueprint, ())
    whole = complete(blueprint)
    questions = tuple(question for question in ask(whole) if question.id not in request.answers)
    conflicts = (*blueprint.report.conflicts, *contradictions(blueprint, whole))
    report = changed(blueprint.report, questions=(*blueprint.report.questions, *questions), conflicts=conflicts)
    missed = _not_understood(report) if request.strict else ()
    return changed(blueprint, report=report), (*refused, *missed)


def _not_understood(report: Report) -> tuple[Diagnostic, ...]:
    return tuple(
        error(
            "residue",
            f"prompt:{item.start}-{item.end}",
            f"not understood: “{item.text}”",
            item.suggestion or item.reason,
        )
        for item in report.residue
        if item.asks
    )
