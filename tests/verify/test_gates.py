"""Every gate passes on a sound project, and fails on one with a defect planted for it."""

import re
from collections.abc import Callable

import pytest

from codebegen.verify.gates import GATES
from codebegen.verify.gates.base import Checked
from codebegen.verify.run import status_of

MAIN = "app/main.py"
MODELS = "app/models.py"
INITIAL = "migrations/versions/0001_initial.py"
BODY = "    body: Mapped[str | None] = mapped_column(String(500))\n"
REQUIRED_WITHOUT_DEFAULT = '''"""A column that no row has."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add."""
    op.add_column("notes", sa.Column("rank", sa.Integer(), nullable=False))


def downgrade() -> None:
    """Drop."""
    op.drop_column("notes", "rank")
'''
FAILING_TEST = '"""T."""\n\n\ndef test_sum() -> None:\n    """T."""\n    assert 1 + 1 == 3\n'
SKIPPED_TEST = (
    '"""T."""\n\nimport pytest\n\n\n@pytest.mark.skip(reason="later")\ndef test_sum() -> None:\n    """T."""\n'
)

# gate, what it is, edits, a pattern of the finding, a pattern of its place
DEFECTS = [
    ("syntax", "Python", {"app/extra.py": "def broken(:\n"}, "invalid syntax", r"app/extra\.py:1"),
    ("syntax", "YAML", {"compose.yaml": "services: [\n"}, "not YAML", r"compose\.yaml"),
    ("syntax", "TOML", {"settings.toml": "a = \n"}, "Invalid value", r"settings\.toml"),
    ("syntax", "NUL bytes", {"app/extra.py": "x = 1\0\n"}, "null bytes", r"app/extra\.py"),
    ("format", "layout", {"app/extra.py": "x   =  1\n"}, "not formatted", r"^app/extra\.py$"),
    ("lint", "unused import", {"app/extra.py": '"""E."""\n\nimport os\n'}, "F401", r"^app/extra\.py:3$"),
    ("types", "wrong return", {"app/extra.py": 'def f() -> int:\n    return "x"\n'}, "return", r"^app/extra\.py:2$"),
    (
        "imports",
        "missing name",
        {"app/extra.py": "from app.core import nothing\n"},
        "ImportError",
        r"^app/extra\.py:1$",
    ),
    ("imports", "no app", {MAIN: "x = 1\n"}, "has no `app`", r"app/main\.py"),
    ("imports", "refuses to start", {MAIN: 'raise SystemExit("bad settings")\n'}, "bad settings", r"app/main\.py:1"),
    ("migrations", "drift", {MODELS: ((BODY, BODY + BODY.replace("body", "extra")),)}, "models and migrations", ""),
    ("migrations", "no way down", {INITIAL: (('    op.drop_table("notes")\n', ""),)}, "tables are left: notes", ""),
    (
        "migrations",
        "existing rows forgotten",
        {"migrations/versions/0002_rank.py": REQUIRED_WITHOUT_DEFAULT},
        "upgrade to 0002.*NOT NULL",
        r"0002_rank\.py",
    ),
    ("tests", "failing", {"tests/test_sum.py": FAILING_TEST}, "assert", r"tests/test_sum\.py::test_sum \(sqlite\)"),
    ("tests", "skipped", {"tests/test_sum.py": SKIPPED_TEST}, "skipped", r"tests/test_sum\.py::test_sum"),
    ("tests", "none", {"tests/test_notes.py": None}, "no test was run", ""),
    ("security", "eval", {"app/extra.py": 'VALUE = eval("1")\n'}, "B307", r"app/extra\.py:1"),
    (
        "security",
        "secret",
        {"app/extra.py": 'KEY = "AKIA' + 'IOSFODNN7EXAMPLA"\n'},
        "AWS Access Key",
        r"app/extra\.py:1",
    ),
    ("security", "not pinned", {"requirements.txt": "fastapi>=0.1\n"}, "not pinned", r"requirements\.txt:1"),
    ("security", "no requirements", {"requirements.txt": None}, "there is no requirements.txt", ""),
    (
        "security",
        "invented",
        {"app/extra.py": "import fastapi_super_orm\n"},
        "nothing known provides",
        r"app/extra\.py:1",
    ),
    ("security", "not declared", {"app/extra.py": "import httpx\n"}, "not declared", r"app/extra\.py:1"),
    (
        "security",
        "not used",
        {"pyproject.toml": (('  "alembic",\n', '  "alembic",\n  "pyyaml",\n'),)},
        "never used",
        "",
    ),
    (
        "contract",
        "server error",
        {MAIN: (("    rows = await", "    _ = 1 // (limit - 100)\n    rows = await"),)},
        "Server error",
        "GET /api/v1/notes",
    ),
    (
        "contract",
        "undocumented answer",
        {MAIN: (("responses=problems(404))\nasync def read_note", ")\nasync def read_note"),)},
        "Undocumented",
        r"GET /api/v1/notes/\{note_id\}",
    ),
    (
        "contract",
        "does not start",
        {MAIN: (("    yield\n", '    raise OSError("no disk")\n    yield\n'),)},
        "does not start.*no disk",
        "",
    ),
]


@pytest.mark.parametrize("name", [gate.name for gate in GATES])
def test_a_sound_project_passes(name: str, check: Callable[..., Checked]) -> None:
    checked = check(name)
    assert status_of(checked) == "passed", checked.findings


@pytest.mark.parametrize(
    ("gate", "edits", "message", "place"),
    [pytest.param(gate, *rest, id=f"{gate}-{what}") for gate, what, *rest in DEFECTS],
)
def test_a_planted_defect_is_found(
    gate: str, edits: dict[str, object], message: str, place: str, check: Callable[..., Checked]
) -> None:
    checked = check(gate, edits)
    assert status_of(checked) == "failed"
    errors = [finding for finding in checked.findings if finding.severity == "error"]
    assert any(re.search(message, item.message) and re.search(place, item.place) for item in errors), errors
    assert not any("Traceback" in item.message for item in errors)


def test_every_gate_has_a_defect() -> None:
    assert {defect[0] for defect in DEFECTS} == {gate.name for gate in GATES}


HONEST = {
    ".env.example": "SECRET_KEY=\nDATABASE_URL=postgresql://app:change-me@db:5432/app\nFIRST_ADMIN_PASSWORD=change-me\n",
    "compose.yaml": "services:\n  db:\n    environment:\n      POSTGRES_PASSWORD: ${POSTGRES_PASSWORD:-postgres}\n",
    "Dockerfile": 'CMD ["uvicorn", "app.main:app", "--host", "0.0.0.0", "--port", "8000"]\n',
    ".github/workflows/ci.yaml": (
        "env:\n  SECRET_KEY: for-continuous-integration-only-0123456789\n"
        "  TEST_DATABASE_URL: postgresql://postgres:postgres@localhost:5432/test\n"
    ),
    "README.md": "Set `SECRET_KEY=0123456789abcdef0123456789abcdef` and log in with password `correct horse`.\n",
    "docs/openapi.json": '{"hash": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"}\n',
    ".codebegen/base/app.py": 'KEY = "AKIA' + 'IOSFODNN7EXAMPLA"\n',
}


def test_what_every_deployment_writes_is_no_secret(check: Callable[..., Checked]) -> None:
    checked = check("security", HONEST)
    assert status_of(checked) == "passed", checked.findings
