"""The audit log, as people ask for it, and who reads it."""

import pytest

from codebegen.blueprint import Blueprint, check, complete
from codebegen.understanding import understand

SHOP = "Users log in. A task has a title and a status (open, done). Managers may delete tasks. "


def understood(words: str) -> Blueprint:
    blueprint = understand(SHOP + words).blueprint
    assert blueprint is not None
    assert check(complete(blueprint)) == ()
    return blueprint


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Keep an audit log of all changes.", True),
        ("Track who changed what and when.", True),
        ("Every change must be traceable.", True),
        ("We need full traceability: who did what and when.", True),
        ("All changes to tasks are logged with user and time.", True),
        ("Log all changes.", True),
        ("Record every change to a task.", True),
        ("We don't need an audit log.", False),
        ("Log every change of the status.", False),
    ],
)
def test_it_is_asked_for(words: str, expected: bool) -> None:
    blueprint = understood(words)
    assert blueprint.has("audit_log") is expected
    assert [one.text for one in blueprint.report.residue if expected] == []
    assert set(blueprint.entities_by_name) <= {"Task", "User"}


@pytest.mark.parametrize(
    ("words", "readers"),
    [
        ("Managers can see the audit log.", {"manager"}),
        ("Only managers may read the audit trail.", {"manager"}),
        ("Managers write tasks, and auditors can view the audit log.", {"auditor"}),
        ("The audit log is visible to auditors and team leads.", {"auditor", "team_lead"}),
        ("Admins can see the audit log.", set()),
        ("Users log in and administrators may read the audit log.", set()),
        ("Auditors can't see the audit log.", set()),
        ("There is an audit log.", set()),
    ],
)
def test_who_reads_it(words: str, readers: set[str]) -> None:
    blueprint = understood(words)
    assert set(blueprint.roles_of("audit_log")) == readers
    assert readers <= set(blueprint.role_names)
