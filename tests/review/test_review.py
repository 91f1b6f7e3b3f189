"""Every check finds its defect, is silent on the mended code, and lowers the score that it belongs to."""

import pytest

from codebegen.filetree import FileTree, GeneratedFile
from codebegen.review import apply_fixes, review_tree

HEAD = '"""A module."""\n\n'
MODEL = 'class A(Base):\n    """A."""\n    b_id: M = mapped_column(ForeignKey("b.id"))\n'


def tree(path: str, text: str) -> FileTree:
    return FileTree([GeneratedFile(path, text)])


def rules(path: str, text: str) -> list[str]:
    return [finding.rule for finding in review_tree(tree(path, text)).findings]


DEFECTS = [
    ("built-sql", "app/repositories/a.py", 'q = text(f"select {name}")\n', 'q = text("select :name")\n'),
    ("built-sql", "app/repositories/a.py", 'q = session.execute("a" + name)\n', "q = session.execute(select(A))\n"),
    ("dangerous-call", "app/services/a.py", "x = eval(text_)\n", "x = int(text_)\n"),
    ("dangerous-call", "app/services/a.py", "x = run(command, shell=True)\n", "x = run(command)\n"),
    ("secret", "app/core/a.py", 'SECRET_KEY = "9f8a7b6c5d4e3f2a1b0c"\n', 'SECRET_KEY = ""\n'),
    ("secret", "compose.yaml", "url: postgresql://app:hunter22@db/app\n", "url: postgresql://app:${PASSWORD}@db/app\n"),
    ("debug", "app/main.py", "app = FastAPI(debug=True)\n", "app = FastAPI()\n"),
    (
        "open-cors",
        "app/main.py",
        'add(allow_origins=["*"], allow_credentials=True)\n',
        'add(allow_origins=["*"], allow_credentials=False)\n',
    ),
    ("jwt-algorithms", "app/core/a.py", "c = jwt.decode(t, k)\n", 'c = jwt.decode(t, k, algorithms=["HS256"])\n'),
    ("long-module", "app/a.py", "x = 1\n" * 501, "x = 1\n" * 400),
    ("missing-docstring", "app/a.py", "def f():\n    return 1\n", 'def f():\n    """One."""\n    return 1\n'),
    (
        "long-function",
        "app/a.py",
        'def f():\n    """F."""\n' + "    x = 1\n" * 60,
        'def f():\n    """F."""\n' + "    x = 1\n" * 30,
    ),
    (
        "complex-function",
        "app/a.py",
        'def f(a):\n    """F."""\n' + "    if a: pass\n" * 12,
        'def f(a):\n    """F."""\n' + "    if a: pass\n" * 11,
    ),
    (
        "query-in-loop",
        "app/services/a.py",
        "async def _f(self):\n    for i in ids:\n        await self.session.get(A, i)\n",
        "async def _f(self):\n    await self.session.scalars(select(A))\n",
    ),
    (
        "key-without-index",
        "app/models/a.py",
        'class A(Base):\n    """A."""\n    b_id: M = mapped_column(ForeignKey("b.id"))\n',
        'class A(Base):\n    """A."""\n    b_id: M = mapped_column(ForeignKey("b.id"), index=True)\n',
    ),
    (
        "key-without-index",
        "app/models/a.py",
        MODEL + '    x = UniqueConstraint("c", "b_id")\n',
        MODEL + '    x = UniqueConstraint("b_id", "c")\n',
    ),
    ("blocked-loop", "app/a.py", "async def _f():\n    time.sleep(1)\n", "async def _f():\n    await sleep(1)\n"),
    (
        "unbounded-list",
        "app/routers/a.py",
        '@router.get("")\nasync def _f() -> list[A]:\n    return x\n',
        '@router.get("")\nasync def _f(limit: int) -> list[A]:\n    return x\n',
    ),
]


@pytest.mark.parametrize(("rule", "path", "bad", "good"), DEFECTS)
def test_a_defect_is_found_and_its_mend_is_not(rule: str, path: str, bad: str, good: str) -> None:
    head = HEAD if path.endswith(".py") else ""
    assert rules(path, head + bad) == [rule]
    assert rules(path, head + good) == []


def test_scores_fall_with_findings_of_their_aspect_only() -> None:
    review = review_tree(tree("app/main.py", HEAD + "app = FastAPI(debug=True)\n"))
    assert review.scores == {"security": 0.6, "maintainability": 1.0, "performance": 1.0}


def test_a_file_that_does_not_parse_is_a_finding() -> None:
    assert rules("app/a.py", "def (:\n") == ["syntax"]


def test_tests_and_migrations_are_not_judged() -> None:
    assert rules("tests/test_a.py", "def f():\n    return eval('1')\n") == []


def test_fixes_are_applied_and_leave_nothing_to_suggest() -> None:
    before = FileTree(
        [GeneratedFile("a.yaml", "a: 1  \n\n\n"), GeneratedFile("a.md", "line  \nend\n"), GeneratedFile("e", "")]
    )
    review = review_tree(before)
    after = apply_fixes(before, review.suggestions)
    assert {path: file.content for path, file in after.items()} == {
        "a.yaml": "a: 1\n",
        "a.md": "line  \nend\n",
        "e": "",
    }
    assert review_tree(after).suggestions == ()


AUTH = """\"\"\"Auth.\"\"\"

def current_user():
    \"\"\"Insist.\"\"\"

CurrentUser = Annotated[User, Depends(current_user)]
"""
CARS = """\"\"\"Cars.\"\"\"

from app.core.auth import CurrentUser

async def visible(actor: CurrentUser):
    \"\"\"Find.\"\"\"

Visible = Annotated[Car, Depends(visible)]
"""
ROUTER = """\"\"\"Routes.\"\"\"

from app.dependencies.car import Visible

router = APIRouter(prefix="/cars")

@router.get("/{car_id}")
async def get_car(car: Visible):
    \"\"\"Get.\"\"\"
"""


def guarded(dependency: str) -> FileTree:
    files = {
        "app/core/auth.py": AUTH,
        "app/dependencies/car.py": CARS.replace("actor: CurrentUser", dependency),
        "app/routers/car.py": ROUTER,
    }
    return FileTree(GeneratedFile(path, text) for path, text in files.items())


def test_a_protected_endpoint_that_never_asks_for_an_account_is_found() -> None:
    protected = {("GET", "/cars/{}")}
    assert review_tree(guarded("actor: CurrentUser"), protected).findings == ()
    assert [f.rule for f in review_tree(guarded(""), protected).findings] == ["no-account-asked"]
    assert review_tree(guarded(""), set()).findings == ()
