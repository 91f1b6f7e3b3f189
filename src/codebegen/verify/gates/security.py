"""No known bad pattern, no secret, no dependency that is invented, unpinned, undeclared or unused."""

import json

from codebegen.verify.gates.base import Checked, Context, Gate, limited, merged, run_tool
from codebegen.verify.gates.driving import checked, drive
from codebegen.verify.gates.places import inside
from codebegen.verify.ports import Job
from codebegen.verify.report import Finding

BANDIT = ("python", "-P", "-m", "bandit", "--quiet", "--recursive", ".", "--exclude", "./tests,./.venv")
JOB = Job((*BANDIT, "--format", "json", "--exit-zero"))


def check(context: Context) -> Checked:
    """The three scans, one after the other: each is short."""
    return merged([patterns(context), checked(drive(context, "secrets")), checked(drive(context, "dependencies"))])


def patterns(context: Context) -> Checked:
    """Bandit on everything but the tests, which assert and make up passwords by nature."""
    outcome, verdict = run_tool(context, JOB)
    if verdict is not None:
        return verdict
    try:
        answer = json.loads(outcome.stdout)
    except ValueError:
        return Checked((Finding(f"bandit gave up: {outcome.stderr.strip()[-300:]}"),))
    findings = [
        Finding(f"{item['test_id']} {item['issue_text']}", f"{inside(item['filename'])}:{item['line_number']}")
        for item in answer["results"]
    ]
    findings += [Finding(f"bandit: {item['reason']}", inside(item["filename"])) for item in answer["errors"]]
    return Checked(limited(findings))


GATE = Gate("security", check, weight=4)
