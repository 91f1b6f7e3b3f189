"""What a run tells while it works: numbered from 1, in order, each with the progress reached (0 to 100).

The command line draws them, a server stores and streams them; the core only passes them to the `on_event` port.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

StageName = Literal["schema_extraction", "code_generation", "review", "documentation", "verification", "delivery"]


@dataclass(frozen=True, slots=True)
class BaseEvent:
    """`progress` never falls within a run."""

    number: int
    stage: StageName
    progress: int


@dataclass(frozen=True, slots=True)
class StageStarted(BaseEvent):
    """A stage begins."""


@dataclass(frozen=True, slots=True)
class StageFinished(BaseEvent):
    """A stage is done, or has given up (`ok` false)."""

    seconds: float
    ok: bool


@dataclass(frozen=True, slots=True)
class GateStarted(BaseEvent):
    """A gate of the verification begins; several may run at once."""

    gate: str


@dataclass(frozen=True, slots=True)
class GateFinished(BaseEvent):
    """A gate has its result."""

    gate: str
    status: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Message(BaseEvent):
    """A line for people."""

    text: str


Event = StageStarted | StageFinished | GateStarted | GateFinished | Message
OnEvent = Callable[[Event], None]

_KINDS: dict[type[BaseEvent], str] = {
    StageStarted: "stage_started",
    StageFinished: "stage_finished",
    GateStarted: "gate_started",
    GateFinished: "gate_finished",
    Message: "message",
}


def as_dict(event: Event) -> dict[str, Any]:
    """The JSON form: the event's fields, and `kind`, its name."""
    return {"kind": _KINDS[type(event)], **asdict(event)}
