"""Runs one of the scripts of `verify/drivers` on the project and reads what it left."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Any

from codebegen.verify.gates.base import Checked, Context, run_tool
from codebegen.verify.ports import SCRATCH, Database, Job, Limits
from codebegen.verify.report import Finding

PACKAGE = "codebegen/verify/drivers"
RESULT = "result.json"
HYPOTHESIS = "hypothesis"
# The project as a developer starts it. Nothing here is a secret of anyone.
SETTINGS = {
    "ENVIRONMENT": "development",
    "SECRET_KEY": "for-the-gates-only-0123456789abcdef-0123456789abcdef",
    "FIRST_ADMIN_EMAIL": "first.admin@example.com",
    "FIRST_ADMIN_PASSWORD": "first-admin-password-1",
    "RATE_LIMIT_REQUESTS": "1000000",  # an attack that is only told to wait proves nothing
}
USUAL = Limits()
SQLITE_URL = f"sqlite+aiosqlite:///{SCRATCH}/gate.db"
MONGODB = ("python", "-P", "-m", "codebegen.verify.drivers.mongodb")
"""Runs the command after it beside a server; a MongoDB itself can't be shipped."""
NAMES: Mapping[Database, str] = {"sqlite": "sqlite", "postgresql": "postgresql", "mongodb": "stand-in for mongodb"}
"""What reports call databases."""


@dataclass(frozen=True, slots=True)
class Driven:
    """A script's findings and its other answers; `verdict` instead, if it came to no answer."""

    findings: tuple[Finding, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    verdict: Checked | None = None


def drive(
    context: Context,
    name: str,
    *arguments: str,
    on_project: bool = False,
    database: Database = "sqlite",
    limits: Limits = USUAL,
    cache: str = "",
) -> Driven:
    """Run a script. With `on_project` it imports the project's code, with the settings above and a database."""
    path = () if on_project else ("-P",)  # -P: a module of the project must not pose as one of the script's
    env = {"PYTHONPATH": SCRATCH}
    if on_project:
        env |= {**SETTINGS, "DATABASE_URL": SQLITE_URL}
    if cache == HYPOTHESIS:
        env["HYPOTHESIS_STORAGE_DIRECTORY"] = f"{SCRATCH}/cache/{HYPOTHESIS}"
    job = Job(
        argv=("python", *path, "-m", f"codebegen.verify.drivers.{name}", *arguments),
        env=env,
        scripts=scripts(),
        collect=(RESULT,),
        limits=limits,
        cache=cache,
    )
    job = on(database, job)
    outcome, verdict = run_tool(context, job)
    if verdict is not None:
        return Driven(verdict=verdict)
    try:
        answers = json.loads(outcome.files[RESULT])
        found = tuple(Finding(**item) for item in answers.pop("findings"))
    except (KeyError, ValueError, TypeError):
        words = (outcome.stderr or outcome.stdout).strip().splitlines()
        last = words[-1] if words else f"exit status {outcome.exit_code}"
        return Driven(verdict=Checked((Finding(f"the check broke off: {last[:300]}"),)))
    return Driven(found, answers)


def on(database: Database, job: Job) -> Job:
    """The job with a server of its own beside it, where the database needs one."""
    match database:
        case "sqlite":
            return job
        case "postgresql":
            return replace(job, postgresql=True)
        case "mongodb":
            env = {"PYTHONPATH": SCRATCH, **job.env}
            return replace(job, argv=(*MONGODB, *job.argv), env=env, scripts=scripts())


def scripts() -> dict[str, str]:
    """All scripts, as the package that they are."""
    sources = {f"{PACKAGE}/{item.name}": item.read_text("utf-8") for item in script_files()}
    return {"codebegen/__init__.py": "", "codebegen/verify/__init__.py": "", **sources}


def script_files() -> list[Any]:
    """The Python files of the package."""
    folder = files("codebegen.verify") / "drivers"
    return [item for item in folder.iterdir() if item.name.endswith(".py")]


def checked(driven: Driven, note: str = "") -> Checked:
    """The usual end of a gate: its findings, and a note of what was done."""
    if driven.verdict is not None:
        return driven.verdict
    noted = (Finding(note, severity="info"),) if note else ()
    return Checked((*driven.findings, *noted))
