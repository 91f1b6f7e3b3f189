"""The code passes the linter under the project's own rules."""

import json

from codebegen.verify.gates.base import Checked, Context, Gate, limited, run_tool
from codebegen.verify.gates.places import inside
from codebegen.verify.ports import Job
from codebegen.verify.report import Finding

COMMAND = ("python", "-P", "-m", "ruff", "check", "--no-cache", "--output-format", "json", ".")


def check(context: Context) -> Checked:
    """Lint everything."""
    outcome, verdict = run_tool(context, Job(COMMAND))
    if verdict is not None:
        return verdict
    try:
        items = json.loads(outcome.stdout)
    except ValueError:
        return Checked((Finding(f"the linter gave up: {outcome.stderr.strip()[:300]}"),))
    findings = [
        Finding(f"{item['code']} {item['message']}", f"{inside(item['filename'])}:{item['location']['row']}")
        for item in items
    ]
    return Checked(limited(findings))


GATE = Gate("lint", check)
