"""Live progress on a terminal, plain lines elsewhere; either is fed by the pipeline's events."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from codebegen.cli.output import colours, say
from codebegen.cli.summary import gate_line
from codebegen.pipeline import Event, GateFinished, GateStarted, OnEvent, StageFinished, StageStarted

_TITLES = {
    "schema_extraction": "understanding",
    "code_generation": "writing code",
    "review": "reviewing",
    "documentation": "documenting",
    "verification": "proving",
    "delivery": "delivering",
}


@contextmanager
def progress(*, quiet: bool) -> Iterator[OnEvent]:
    """The `on_event` port of a run; on a terminal it draws until the block is left."""
    if quiet:
        yield lambda _event: None
    elif colours():
        with _live() as on_event:
            yield on_event
    else:
        yield _line


def _line(event: Event) -> None:
    """A log: one line when something has ended."""
    if isinstance(event, StageFinished):
        say(f"[{event.progress:3d} %] {_TITLES[event.stage]}: {event.seconds:.2f} s")
    elif isinstance(event, GateFinished):
        say(f"[{event.progress:3d} %]   {gate_line(event.gate, event.status, event.seconds)}")


@contextmanager
def _live() -> Iterator[OnEvent]:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(file=sys.stderr)
    columns: list[Any] = [SpinnerColumn(), TextColumn("{task.description:<46}"), BarColumn(24), TimeElapsedColumn()]
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=100)
        running: list[str] = []

        def on_event(event: Event) -> None:
            title = _TITLES[event.stage]
            if isinstance(event, StageStarted | StageFinished):
                running.clear()
            elif isinstance(event, GateStarted):
                running.append(event.gate)
            elif isinstance(event, GateFinished) and event.gate in running:
                running.remove(event.gate)
            doing = f"{title}: {', '.join(running)}" if running else title
            bar.update(task, completed=event.progress, description=doing)

        yield on_event
