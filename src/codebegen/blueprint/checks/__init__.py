"""What must hold for a blueprint to be compiled; every error has a place and a hint.

A check is a function Blueprint → diagnostics. All of them run, so that a person sees every mistake at once.
"""

from codebegen.blueprint.checks.access import check_access
from codebegen.blueprint.checks.actions import check_actions
from codebegen.blueprint.checks.behaviour import check_behaviour
from codebegen.blueprint.checks.features import check_features
from codebegen.blueprint.checks.fields import check_fields
from codebegen.blueprint.checks.histories import check_histories
from codebegen.blueprint.checks.names import check_names
from codebegen.blueprint.checks.notices import check_notices
from codebegen.blueprint.checks.relations import check_relations
from codebegen.blueprint.checks.rules import check_rules
from codebegen.blueprint.checks.tallies import check_tallies
from codebegen.blueprint.model import Blueprint
from codebegen.diagnostics import Diagnostic

CHECKS = (
    check_names,
    check_fields,
    check_relations,
    check_access,
    check_features,
    check_rules,
    check_behaviour,
    check_histories,
    check_tallies,
    check_actions,
    check_notices,
)


def check(blueprint: Blueprint) -> tuple[Diagnostic, ...]:
    """Everything that is wrong with a complete blueprint (after the passes), in reading order."""
    return tuple(diagnostic for run in CHECKS for diagnostic in run(blueprint))
