"""The whole view: what every template of a project may use."""

from typing import Any

from codebegen import naming
from codebegen.blueprint.model import Blueprint
from codebegen.compiler.literals import prose
from codebegen.compiler.requirements import declared, requirements
from codebegen.compiler.testing import tests_view
from codebegen.compiler.views.account import admin_values
from codebegen.compiler.views.entities import entity_view
from codebegen.compiler.views.enums import MemberView
from codebegen.compiler.views.migration import migration_view
from codebegen.compiler.views.tables import creation_order


def project_view(blueprint: Blueprint) -> dict[str, Any]:
    """Finished values and flags for the templates."""
    waiting = {entity.name: keys for entity, keys in creation_order(blueprint)}
    entities = [entity_view(blueprint, entity, waiting[entity.name]) for entity in blueprint.entities]
    auth = blueprint.has_accounts
    groups = ["runtime", "auth"] if auth else ["runtime"]
    return {
        **tests_view(blueprint),
        "project": {
            "name": naming.kebab(blueprint.name),
            "title": blueprint.title or naming.title(blueprint.name),
            "summary": prose(blueprint.description or blueprint.title)[:200],
        },
        "auth": auth,
        "docker": blueprint.has("docker"),
        "ci": blueprint.has("ci"),
        "entities": entities,
        "resources": [view for view in entities if view.kind != "user"],
        "user": next((view for view in entities if view.kind == "user"), None),
        "roles": [MemberView(naming.snake(role).upper(), role) for role in blueprint.role_names],
        "default_role": naming.snake(blueprint.default_role).upper(),
        "admin_values": admin_values(blueprint),
        "migration": migration_view(blueprint),
        "dependencies": declared(groups),
        "development": declared(["dev"]),
        "requirements": requirements(groups),
        "development_requirements": requirements(["dev"], without=groups),
    }
