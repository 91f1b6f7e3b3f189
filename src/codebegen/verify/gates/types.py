"""The types fit, strictly."""

import json
from collections.abc import Iterator
from dataclasses import replace

from codebegen.diagnostics import Severity
from codebegen.verify.gates.base import Checked, Context, Gate, limited, run_tool
from codebegen.verify.gates.places import inside
from codebegen.verify.ports import SCRATCH, Job
from codebegen.verify.report import Finding

CACHE = "mypy"
COMMAND = ("python", "-P", "-m", "mypy", "--strict", "--cache-dir", f"{SCRATCH}/cache/{CACHE}", "--output", "json")
JOB = Job(
    (*COMMAND, "--no-color-output", "--no-error-summary"), cache=CACHE, cache_settings="tool.mypy", relearn_seconds=2.0
)


def check(context: Context) -> Checked:
    """Type-check what the project's settings name, or else all of it."""
    outcome, verdict = run_tool(context, JOB)
    if verdict is None and "Missing target module" in outcome.stderr:
        outcome, verdict = run_tool(context, replace(JOB, argv=(*JOB.argv, ".")))
    if verdict is not None:
        return verdict
    findings = list(parsed(outcome.stdout))
    if outcome.exit_code and not any(finding.severity == "error" for finding in findings):
        words = (outcome.stderr or outcome.stdout).strip()
        findings = [Finding(f"the type checker gave up: {words[:300]}")]
    return Checked(limited(findings))


def parsed(stdout: str) -> Iterator[Finding]:
    """One finding for each JSON line; notes explain errors and stand alone only as information."""
    for line in stdout.splitlines():
        if not line.startswith("{"):
            continue
        item = json.loads(line)
        severity: Severity = "error" if item["severity"] == "error" else "info"
        code = f" [{item['code']}]" if item.get("code") else ""
        yield Finding(
            f"{item['message']}{code}", f"{inside(item['file'])}:{item['line']}", item.get("hint") or "", severity
        )


GATE = Gate("types", check, weight=6)
