"""The order of the stages, and the loop that runs them."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from codebegen.diagnostics import DiagnosticError
from codebegen.pipeline import stages
from codebegen.pipeline.events import StageName
from codebegen.pipeline.reporter import Reporter
from codebegen.pipeline.work import Ports, Request, Work


@dataclass(frozen=True, slots=True)
class Stage:
    """A step from work to more work, and its share (in percent) of the whole run."""

    name: StageName
    run: Callable[[Work, Ports, Reporter], Work]
    share: int


STAGES = (
    Stage("schema_extraction", stages.understand, 5),
    Stage("code_generation", stages.generate, 10),
    Stage("review", stages.review, 3),
    Stage("documentation", stages.document, 2),
    Stage("verification", stages.verify, 78),
    Stage("delivery", stages.deliver, 2),
)
"""A description becomes a project."""

PROOF = (
    Stage("schema_extraction", stages.read, 2),
    Stage("code_generation", stages.compare, 10),
    Stage("review", stages.judge, 3),
    Stage("documentation", stages.account, 2),
    Stage("verification", stages.verify, 83),
)
"""A project on disk is proven as it is; nothing is written."""


def make(request: Request, ports: Ports) -> Work:
    """A description becomes a project in a folder."""
    return _run(STAGES, request, ports)


def plan(request: Request, ports: Ports) -> Work:
    """A description becomes a blueprint, and nothing else happens."""
    return _run(STAGES[:1], request, ports)


def prove(request: Request, ports: Ports) -> Work:
    """The project at `request.project` is compared with its blueprint and goes through the gates."""
    return _run(PROOF, request, ports)


def _run(order: tuple[Stage, ...], request: Request, ports: Ports) -> Work:
    reporter = Reporter(ports.on_event)
    work, progress = Work(request), 0
    for stage in order:
        if not work.ok:
            break
        reporter.stage_started(stage.name, progress, progress + stage.share)
        started = ports.clock()
        work = _attempt(stage, work, ports, reporter)
        seconds = ports.clock() - started
        work = replace(work, seconds={**work.seconds, stage.name: seconds})
        reporter.stage_finished(seconds, ok=work.ok)
        progress += stage.share
    return work


def _attempt(stage: Stage, work: Work, ports: Ports, reporter: Reporter) -> Work:
    """A mistake of the user's or a refusal of the machine is a diagnostic of the work; a bug goes on up."""
    try:
        return stage.run(work, ports, reporter)
    except DiagnosticError as refusal:
        return replace(work, diagnostics=(*work.diagnostics, *refusal.diagnostics))
