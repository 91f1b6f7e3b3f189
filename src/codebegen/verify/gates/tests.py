"""The project's own tests pass."""

from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from codebegen.verify.gates.base import Checked, Context, Gate, merged, run_tool
from codebegen.verify.gates.driving import NAMES, SETTINGS, on
from codebegen.verify.ports import SCRATCH, Database, Job, Limits
from codebegen.verify.report import Finding, TestStatus

JUNIT = "junit.xml"
# codebegen's own environment has a plugin that no generated project knows; loading it takes longer than most tests.
COMMAND = ("python", "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:schemathesis")
OPTIONS = (f"--junitxml={SCRATCH}/{JUNIT}", "-o", "junit_family=xunit1")
LIMITS = Limits(seconds=300)
NO_TESTS = 5

Case = tuple[str, TestStatus, str]


def check(context: Context) -> Checked:
    """On every database; a project without SQL runs them once."""
    databases: tuple[Database, ...] = context.databases or ("sqlite",)
    together = merged([on_database(context, database) for database in databases])
    skipped = [name for name, status in together.tests.items() if status == "skipped"]
    unproven = [Finding("was skipped everywhere, so it proves nothing", name) for name in skipped]
    return Checked((*together.findings, *unproven), ran=together.ran, tests=together.tests)


def on_database(context: Context, database: Database) -> Checked:
    """One run of pytest; on SQLite the project's own default database is used."""
    env = {"ENVIRONMENT": "test", "SECRET_KEY": SETTINGS["SECRET_KEY"]}
    job = on(database, Job((*COMMAND, *OPTIONS), env, collect=(JUNIT,), limits=LIMITS))
    outcome, verdict = run_tool(context, job)
    if verdict is not None:
        return verdict
    cases = list(cases_of(outcome.files.get(JUNIT, b"")))
    failed = [(name, message) for name, status, message in cases if status == "failed"]
    findings = [Finding(message, f"{name} ({NAMES[database]})") for name, message in failed]
    if not cases or outcome.exit_code == NO_TESTS:
        words = (outcome.stdout.strip() or outcome.stderr.strip()).splitlines()
        findings.append(Finding(f"no test was run: {words[-1][:300] if words else 'pytest said nothing'}"))
    elif outcome.exit_code and not findings:
        findings.append(Finding(f"pytest ended with status {outcome.exit_code}: {outcome.stdout.strip()[-300:]}"))
    return Checked((*findings, summary(cases, database)), tests=dict(worst_first(cases)))


def summary(cases: list[Case], database: Database) -> Finding:
    """How many, in one line."""
    counts = Counter(status for _, status, _ in cases)
    words = ", ".join(f"{count} {status}" for status, count in sorted(counts.items()))
    return Finding(f"{NAMES[database]}: {words or 'nothing run'}", severity="info")


def worst_first(cases: list[Case]) -> Iterator[tuple[str, TestStatus]]:
    """Ids with their outcome; a test that passes and fails in its teardown has failed."""
    failed = {name for name, status, _ in cases if status == "failed"}
    for name, status, _ in cases:
        yield name, "failed" if name in failed else status


def cases_of(junit: bytes) -> Iterator[Case]:
    """Test id, outcome and message of every case; nothing for what is no such document."""
    if b"<!DOCTYPE" in junit or b"<!ENTITY" in junit:
        return
    try:
        root = ET.fromstring(junit)  # noqa: S314 (no document type, so no entities; bounded in size)
    except ET.ParseError:
        return
    for case in root.iter("testcase"):
        status, message = outcome_of(case)
        yield test_id(case), status, message


def test_id(case: ET.Element) -> str:
    """The id under which pytest names it: `tests/test_x.py::TestClass::test_name[parameter]`."""
    file, name = case.get("file", ""), case.get("name", "")
    if not file:
        return name
    module = file.removesuffix(".py").replace("/", ".")
    classes = case.get("classname", "").removeprefix(module).strip(".")
    return "::".join([file, *classes.split("."), name] if classes else [file, name])


def outcome_of(case: ET.Element) -> tuple[TestStatus, str]:
    """Whether it passed, and if not, why in a line."""
    for tag in ("failure", "error"):
        problem = case.find(tag)
        if problem is not None:
            return "failed", first_line(problem.get("message") or problem.text or tag)
    skipped = case.find("skipped")
    return ("skipped", first_line(skipped.get("message", ""))) if skipped is not None else ("passed", "")


def first_line(text: str) -> str:
    """The first line that says something, cut to size."""
    lines = [line.strip() for line in text.strip().splitlines() if line.strip()]
    return lines[0][:300] if lines else ""


GATE = Gate("tests", check, needs=("imports",), weight=8)
