"""A sample project with changes planted into it, and the real tools with a cache that outlives the run."""

import re
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path

import pytest

from codebegen.adapters.gate_tools import toolchain
from codebegen.verify.expected import ExpectedApi, ExpectedEntity, ExpectedOperation
from codebegen.verify.gates import GATES
from codebegen.verify.gates.base import Checked, Context
from codebegen.verify.ports import Database, Toolchain

# New content; or, as pairs, texts and what replaces them; or nothing, for no such file.
Edit = str | tuple[tuple[str, str], ...] | None
Edits = Mapping[str, Edit]
PINNED = (
    "aiosqlite alembic annotated-doc annotated-types anyio click fastapi greenlet h11 idna mako markupsafe pydantic "
    "pydantic-core pyjwt python-multipart sqlalchemy starlette typing-extensions typing-inspection uvicorn"
).split()


def sample_files() -> dict[str, str]:
    """The files of the sample project."""
    text = Path(__file__).with_name("sample.txt").read_text(encoding="utf-8")
    _, *parts = re.split(r"^=== (.+)\n", text, flags=re.MULTILINE)
    files = dict(zip(parts[::2], parts[1::2], strict=True))
    pins = (f"{name}=={metadata.version(name)} \\\n    --hash=sha256:{'0' * 64}\n" for name in PINNED)
    return {**files, "requirements.txt": "".join(pins)}


def edited(content: str, edit: Edit) -> str:
    if isinstance(edit, tuple):
        for old, new in edit:
            assert old in content, f"the sample has no {old!r} to change"
            content = content.replace(old, new)
        return content
    return edit or ""


@pytest.fixture
def project(tmp_path: Path) -> Callable[..., Path]:
    """Writes the sample with edits; gives its folder."""

    def write(edits: Edits | None = None) -> Path:
        files = sample_files()
        root = tmp_path / "project"
        for path in {**files, **(edits or {})}:
            edit = (edits or {}).get(path, ())
            if edit is None:
                continue
            target = root / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(edited(files.get(path, ""), edit), encoding="utf-8")
        return root

    return write


@pytest.fixture(scope="session")
def tools(pytestconfig: pytest.Config) -> Toolchain:
    """The real tools; what they learn stays in pytest's cache folder."""
    return toolchain(cache=pytestconfig.cache.mkdir("codebegen-tools"))


Check = Callable[..., Checked]


@pytest.fixture
def check(project: Callable[..., Path], tools: Toolchain) -> Check:
    """Runs one gate alone on the sample with edits."""

    def run(name: str, edits: Edits | None = None, *, databases: tuple[Database, ...] = ("sqlite",)) -> Checked:
        runner = tools.runner_for("compiled")
        assert runner is not None
        gate = next(gate for gate in GATES if gate.name == name)
        with runner.open(project(edits), trust="compiled") as workspace:
            return gate.check(Context(workspace, databases=databases))

    return run


@pytest.fixture
def expected() -> ExpectedApi:
    """What the sample promises."""
    notes, item = "/api/v1/notes", "/api/v1/notes/{id}"
    return ExpectedApi(
        operations=(
            ExpectedOperation("GET", "/health", "public"),
            ExpectedOperation("POST", "/api/v1/auth/login", "public"),
            ExpectedOperation("GET", notes, "public"),
            ExpectedOperation("POST", notes, "protected"),
            ExpectedOperation("GET", item, "public"),
            ExpectedOperation("PATCH", item, "protected"),
            ExpectedOperation("DELETE", item, "protected"),
        ),
        entities=(ExpectedEntity("Note", notes, ("id", "title", "body"), ("title", "body")),),
        login="/api/v1/auth/login",
    )
