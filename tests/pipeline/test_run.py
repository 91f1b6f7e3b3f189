"""The stages run in order, tell it in numbered events, and stop at a mistake, never with half a folder."""

import itertools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from codebegen.adapters.scripted import ScriptedRunner
from codebegen.blueprint import Blueprint, Entity, Field, dump
from codebegen.blueprint.model import Stack
from codebegen.blueprint.passes.edit import changed
from codebegen.compiler import Custom
from codebegen.compiler.custom.rendering import render_custom
from codebegen.compiler.custom.starter import starter
from codebegen.delivery import TEMPLATE, materialise
from codebegen.diagnostics import DiagnosticError, error
from codebegen.filetree import FileTree
from codebegen.pipeline import (
    PROOF,
    STAGES,
    Event,
    GateFinished,
    GateStarted,
    Ports,
    Request,
    StageFinished,
    StageStarted,
    Work,
    as_dict,
    make,
    plan,
    prove,
)
from codebegen.understanding import Context, Understanding
from codebegen.verify.gates import GATES
from codebegen.verify.ports import Job, Outcome, Toolchain

CLUB = Blueprint(name="club", entities=(Entity(name="Car", fields=(Field(name="plate"),)),))
REQUEST = Request(blueprint=dump(CLUB))
SQLITE = {"template.yaml": "name: mine\nversion: 1\nstacks: [fastapi_sqlite]\n"}


def fails(_job: Job) -> Outcome:
    return Outcome("exited", 1, "", "", 0.0)


def understands_nothing(_prompt: str, _context: Context) -> Understanding:
    return Understanding(Blueprint(name="nothing"))


def wired(events: list[Event] | None = None) -> Ports:
    """Ports to a world that stands still: a clock that ticks in seconds, no formatter, gates that all fail."""
    ticks = itertools.count()
    return Ports(
        clock=lambda: float(next(ticks)),
        understand=understands_nothing,
        formatter=lambda tree: tree,
        render_custom=render_custom,
        workspace=materialise,
        toolchain=lambda: Toolchain(process=ScriptedRunner(fails), clock=lambda: 0.0),
        on_event=events.append if events is not None else lambda _event: None,
    )


def test_the_order_stands_in_one_tuple_and_shares_add_up() -> None:
    assert [stage.name for stage in STAGES] == [
        "schema_extraction",
        "code_generation",
        "review",
        "documentation",
        "verification",
        "delivery",
    ]
    assert sum(stage.share for stage in STAGES) == sum(stage.share for stage in PROOF) == 100


def test_events_are_numbered_in_order_and_progress_never_falls(tmp_path: Path) -> None:
    events: list[Event] = []
    work = make(replace(REQUEST, target=tmp_path / "club"), wired(events))
    assert [event.number for event in events] == list(range(1, len(events) + 1))
    progress = [event.progress for event in events]
    assert progress == sorted(progress)
    assert progress[-1] == 100
    assert [e.stage for e in events if isinstance(e, StageStarted)] == [stage.name for stage in STAGES]
    finished = [e for e in events if isinstance(e, StageFinished)]
    assert all(event.ok for event in finished)
    assert {e.stage: e.seconds for e in finished} == work.seconds == dict.fromkeys(work.seconds, 1.0)
    assert {e.gate for e in events if isinstance(e, GateFinished)} == {gate.name for gate in GATES}
    assert as_dict(events[0]) == {"kind": "stage_started", "number": 1, "stage": "schema_extraction", "progress": 0}


def test_a_project_whose_gates_fail_is_delivered_and_not_proven(tmp_path: Path) -> None:
    work = make(replace(REQUEST, target=tmp_path / "club"), wired())
    assert work.ok
    assert not work.proven
    assert work.path == tmp_path / "club"
    assert work.quality
    assert work.quality.score is not None
    assert work.quality.score < 0.5
    assert "| passed |" not in (tmp_path / "club/REQUIREMENTS.md").read_text()


def test_without_verification_nothing_is_run_and_nothing_is_claimed(tmp_path: Path) -> None:
    events: list[Event] = []
    work = make(replace(REQUEST, target=tmp_path / "club", verify=False), wired(events))
    assert (work.report, work.quality, work.proven) == (None, None, False)
    assert "verification" not in work.seconds
    assert events[-1].progress == 100
    assert not any(isinstance(event, GateStarted | GateFinished) for event in events)


def test_a_mistake_ends_the_run_with_a_diagnostic_and_no_folder(tmp_path: Path) -> None:
    events: list[Event] = []
    work = make(Request(prompt="la la la", target=tmp_path / "club"), wired(events))
    assert [d.code for d in work.diagnostics] == ["nothing-understood"]
    assert [e.ok for e in events if isinstance(e, StageFinished)] == [False]
    assert not (tmp_path / "club").exists()


def test_a_refusal_of_a_port_is_a_diagnostic_and_a_bug_is_not(tmp_path: Path) -> None:
    def refuse(_tree: FileTree) -> FileTree:
        raise DiagnosticError([error("format.failed", "", "no")])

    request = replace(REQUEST, target=tmp_path / "club")
    assert [d.code for d in make(request, replace(wired(), formatter=refuse)).diagnostics] == ["format.failed"]

    def break_down(_tree: FileTree) -> FileTree:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make(request, replace(wired(), formatter=break_down))
    assert not (tmp_path / "club").exists()


def test_an_interruption_on_the_way_leaves_nothing(tmp_path: Path) -> None:
    places: list[Path] = []

    @contextmanager
    def workspace(tree: FileTree) -> Iterator[Path]:
        with materialise(tree) as folder:
            places.append(folder)
            yield folder

    def interrupt() -> Toolchain:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make(replace(REQUEST, target=tmp_path / "club"), replace(wired(), workspace=workspace, toolchain=interrupt))
    assert places
    assert not any(place.exists() for place in places)
    assert list(tmp_path.iterdir()) == []


def test_planning_makes_a_blueprint_and_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    work = plan(REQUEST, wired())
    assert work.blueprint
    assert list(work.seconds) == ["schema_extraction"]
    assert list(tmp_path.iterdir()) == []


def delivered(tmp_path: Path) -> Path:
    path = make(replace(REQUEST, target=tmp_path / "club", verify=False), wired()).path
    assert path
    return path


def proven(project: Path) -> Work:
    return prove(Request(project=project), wired())


def test_proving_reads_the_folder_and_changes_nothing(tmp_path: Path) -> None:
    project = delivered(tmp_path)
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    work = proven(project)
    assert work.ok
    assert work.edited == ()
    assert work.path == project
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before


def test_hand_edits_are_listed_and_judged(tmp_path: Path) -> None:
    project = delivered(tmp_path)
    (project / "app/main.py").write_text('"""Mine."""\n\nresult = eval("1 + 1")\n')
    (project / "README.md").unlink()
    (project / "app/extra.py").write_text('"""Mine."""\n\nresult = eval("1 + 1")\n')
    work = proven(project)
    assert set(work.edited) == {"app/main.py", "README.md"}
    assert work.review
    assert [(f.rule, f.path) for f in work.review.findings] == [
        ("dangerous-call", "app/extra.py"),
        ("dangerous-call", "app/main.py"),
    ]


@pytest.mark.parametrize("stack", ["fastapi_sqlite", "fastapi_mongo"])
def test_what_made_a_project_is_guessed_from_its_stack_and_that_is_said(tmp_path: Path, stack: Stack) -> None:
    club = CLUB.model_copy(update={"stack": stack})
    made = make(Request(blueprint=dump(club), target=tmp_path / "club", verify=False), wired())
    assert made.path
    (made.path / TEMPLATE).write_text("{")
    work = proven(made.path)
    assert [d.code for d in work.diagnostics] == ["template-unknown"]
    assert work.edited == ()
    assert work.template == made.template


def test_a_folder_without_a_blueprint_is_refused(tmp_path: Path) -> None:
    assert [d.code for d in proven(tmp_path).diagnostics] == ["no-blueprint"]
    (tmp_path / "codebegen.yaml").write_text("name: [")
    assert [d.code for d in proven(tmp_path).diagnostics] == ["blueprint-syntax"]


def unwalled(run: Callable[[Job], Outcome], *, allowed: bool) -> Ports:
    """Ports of a machine that has no sandbox."""
    tools = Toolchain(process=ScriptedRunner(run), clock=lambda: 0.0, allow_unsandboxed=allowed)
    return replace(wired(), toolchain=lambda: tools)


def test_what_a_template_of_ones_own_made_is_refused_without_a_sandbox(tmp_path: Path) -> None:
    """Unless the person says so in so many words: what a stranger wrote would run with their rights."""
    ran: list[Job] = []

    def notes(job: Job) -> Outcome:
        ran.append(job)
        return fails(job)

    texts = {path: file.content for path, file in starter("mine", "fastapi_sqlalchemy").items()}
    request = replace(REQUEST, template=Custom(texts))
    for allowed in (False, True):
        work = make(replace(request, target=tmp_path / str(allowed)), unwalled(notes, allowed=allowed))
        assert work.report is not None
        assert bool(ran) is allowed
        assert ({gate.status for gate in work.report.gates} == {"not_run"}) is not allowed
    work = prove(Request(project=tmp_path / "True"), unwalled(notes, allowed=False))
    assert work.report is not None
    assert {gate.status for gate in work.report.gates} == {"not_run"}
    assert work.edited == ()


def test_a_template_is_for_its_stacks() -> None:
    postgres = Request(blueprint=dump(changed(CLUB, stack="fastapi_postgres")), template=Custom(SQLITE))
    work = make(postgres, wired())
    assert [item.code for item in work.diagnostics] == ["template-stack"]
