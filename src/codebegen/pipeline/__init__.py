"""The pipeline: the stages in order, from a request to a proven project, with an event for every step.

Enters: a `Request` or a project on disk, and `Ports` to the world. Leaves: `Work`, every stage's result in it.
"""

from codebegen.pipeline.events import Event, GateFinished, GateStarted, OnEvent, StageFinished, StageStarted, as_dict
from codebegen.pipeline.run import PROOF, STAGES, make, plan, prove
from codebegen.pipeline.work import Ports, Request, Work

__all__ = [
    "PROOF",
    "STAGES",
    "Event",
    "GateFinished",
    "GateStarted",
    "OnEvent",
    "Ports",
    "Request",
    "StageFinished",
    "StageStarted",
    "Work",
    "as_dict",
    "make",
    "plan",
    "prove",
]
