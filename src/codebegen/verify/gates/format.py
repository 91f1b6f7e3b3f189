"""The code is formatted as its own settings say."""

import re

from codebegen.verify.gates.base import Checked, Context, Gate, limited, run_tool
from codebegen.verify.gates.places import inside
from codebegen.verify.ports import Job
from codebegen.verify.report import Finding

COMMAND = ("python", "-P", "-m", "ruff", "format", "--check", "--no-cache", "--output-format", "concise", ".")


def check(context: Context) -> Checked:
    """Ask the formatter what it would change."""
    outcome, verdict = run_tool(context, Job(COMMAND))
    if verdict is not None:
        return verdict
    changed = re.findall(r"^(.+?):\d+:\d+: unformatted:", outcome.stdout, re.MULTILINE)
    findings = [Finding("is not formatted", inside(path), "Run `ruff format`.") for path in dict.fromkeys(changed)]
    if outcome.exit_code and not findings:
        words = (outcome.stderr or outcome.stdout).strip()
        findings = [Finding(f"the formatter gave up: {words[:300]}")]
    return Checked(limited(findings))


GATE = Gate("format", check)
