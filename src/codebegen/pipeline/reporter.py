"""Numbers the events of one run and keeps its progress."""

from codebegen.pipeline.events import (
    GateFinished,
    GateStarted,
    Message,
    OnEvent,
    StageFinished,
    StageName,
    StageStarted,
)


class Reporter:
    """Tells one run's events, in order, to `on_event`. One thread tells."""

    def __init__(self, on_event: OnEvent) -> None:
        self._on_event = on_event
        self._number = 0
        self._stage: StageName = "schema_extraction"
        self._start = self._end = self._progress = 0

    def stage_started(self, stage: StageName, start: int, end: int) -> None:
        """`stage` takes the progress from `start` to `end`."""
        self._stage, self._start, self._end, self._progress = stage, start, end, start
        self._on_event(StageStarted(self._next(), stage, start))

    def stage_finished(self, seconds: float, *, ok: bool) -> None:
        """The current stage is over."""
        self._progress = self._end if ok else self._progress
        self._on_event(StageFinished(self._next(), self._stage, self._progress, seconds, ok))

    def gate_started(self, gate: str) -> None:
        """A gate of the current stage begins."""
        self._on_event(GateStarted(self._next(), self._stage, self._progress, gate))

    def gate_finished(self, gate: str, status: str, seconds: float, *, done: int, total: int) -> None:
        """`done` of `total` gates have their result."""
        self._progress = self._start + (self._end - self._start) * done // max(total, 1)
        self._on_event(GateFinished(self._next(), self._stage, self._progress, gate, status, seconds))

    def message(self, text: str) -> None:
        """A line for people."""
        self._on_event(Message(self._next(), self._stage, self._progress, text))

    def _next(self) -> int:
        self._number += 1
        return self._number
