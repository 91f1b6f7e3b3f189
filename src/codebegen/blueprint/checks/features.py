"""Features: roles that see more of them exist, and there is something to see."""

from collections.abc import Iterator

from codebegen.blueprint.model import Blueprint
from codebegen.diagnostics import Diagnostic, error

SHOWN_TO_ROLES = frozenset({"audit_log"})


def check_features(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Every feature that names roles."""
    for feature in blueprint.features:
        place = f"features.{feature.key}"
        if feature.roles and feature.key not in SHOWN_TO_ROLES:
            yield error("no-roles", place, f"{feature.key} shows nothing to roles", "remove `roles`")
        for role in feature.roles:
            if role not in blueprint.role_names:
                yield error("unknown-role", place, f"there is no role {role}", "name one of the roles")
