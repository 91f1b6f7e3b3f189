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
    """A step from work to more work, and its share of the time that a whole run takes."""

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
    """A description becomes a project in a folder; without a wish for proof, that stage is left out."""
    order = STAGES if request.verify else tuple(stage for stage in STAGES if stage.name != "verification")
    return _run(order, request, ports)


def plan(request: Request, ports: Ports) -> Work:
    """A description becomes a blueprint, and nothing else happens."""
    return _run(STAGES[:1], request, ports)


def prove(request: Request, ports: Ports) -> Work:
    """The project at `request.project` is compared with its blueprint and goes through the gates."""
    return _run(PROOF, request, ports)


def _run(order: tuple[Stage, ...], request: Request, ports: Ports) -> Work:
    reporter = Reporter(ports.on_event)
    work, done, total = Work(request), 0, sum(stage.share for stage in order)
    for stage in order:
        if not work.ok:
            break
        reporter.stage_started(stage.name, 100 * done // total, 100 * (done + stage.share) // total)
        started = ports.clock()
        work = _attempt(stage, work, ports, reporter)
        seconds = ports.clock() - started
        work = replace(work, seconds={**work.seconds, stage.name: seconds})
        reporter.stage_finished(seconds, ok=work.ok)
        done += stage.share
    return work


def _attempt(stage: Stage, work: Work, ports: Ports, reporter: Reporter) -> Work:
    """A mistake of the user's or a refusal of the machine is a diagnostic of the work; a bug goes on up."""
    try:
        return stage.run(work, ports, reporter)
    except DiagnosticError as refusal:
        return replace(work, diagnostics=(*work.diagnostics, *refusal.diagnostics))
