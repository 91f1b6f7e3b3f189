"""What a run is asked for, what it needs from the world, and what it has so far."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path

from codebegen.blueprint import Blueprint
from codebegen.compiler import DEFAULT, Compiled, Custom, Formatter, RenderCustom
from codebegen.delivery import Project
from codebegen.diagnostics import Diagnostic, has_errors
from codebegen.filetree import FileTree
from codebegen.pipeline.events import OnEvent, StageName
from codebegen.review import Review
from codebegen.understanding import Context, Understanding
from codebegen.verify.ports import Toolchain
from codebegen.verify.quality import QualityLine
from codebegen.verify.report import Report


@dataclass(frozen=True, slots=True)
class Request:
    """A description and what was said beside it. `target` is where the project goes: `./<its name>` if none.

    Instead of a description: `blueprint`, the text of a `codebegen.yaml`, is compiled without being understood again;
    `project` is a folder on disk that is to be proven as it is. `answers` settle open questions, by their id; `strict`
    refuses a description of which something that it asks for was not understood. `template` is the name of a built-in
    one or a user's own; without it the stack decides, or what a project was made with.
    """

    prompt: str = ""
    blueprint: str | None = None
    context: Context = field(default_factory=Context)
    answers: Mapping[str, str] = field(default_factory=dict)
    strict: bool = False
    template: str | Custom | None = None
    target: Path | None = None
    force: bool = False
    verify: bool = True
    project: Path | None = None


@dataclass(frozen=True, slots=True)
class Ports:
    """The world, as the stages see it; `codebegen.bootstrap` chooses what stands behind each."""

    clock: Callable[[], float]
    understand: Callable[[str, Context], Understanding]
    formatter: Formatter
    render_custom: RenderCustom
    workspace: Callable[[FileTree], AbstractContextManager[Path]]
    toolchain: Callable[[], Toolchain]
    on_event: OnEvent = lambda _event: None


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality score (nothing where no gate was run) and its lines, which add up to it."""

    score: float | None
    lines: tuple[QualityLine, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """Every stage's result so far; a stage makes the next `Work` from the last."""

    request: Request
    diagnostics: tuple[Diagnostic, ...] = ()
    project: Project | None = None
    blueprint: Blueprint | None = None
    template: str | Custom = DEFAULT
    compiled: Compiled | None = None
    tree: FileTree = field(default_factory=FileTree)
    edited: tuple[str, ...] = ()
    review: Review | None = None
    report: Report | None = None
    quality: Quality | None = None
    path: Path | None = None
    seconds: Mapping[StageName, float] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        """Whether every stage so far could do its work."""
        return not has_errors(self.diagnostics)

    @property
    def proven(self) -> bool:
        """Whether everything that applies was run and passed."""
        return self.report is not None and self.report.ok
