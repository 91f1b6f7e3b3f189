"""The whole view: what every template of a project may use."""

from collections.abc import Iterator
from typing import Any

from codebegen import naming
from codebegen.blueprint.model import Blueprint
from codebegen.compiler.literals import shortened, wrapped
from codebegen.compiler.requirements import declared, requirements
from codebegen.compiler.template import Template
from codebegen.compiler.testing import tests_view
from codebegen.compiler.views.account import admin_values
from codebegen.compiler.views.actions import actions_of
from codebegen.compiler.views.documents import reference_rules
from codebegen.compiler.views.entities import entity_view
from codebegen.compiler.views.enums import MemberView
from codebegen.compiler.views.events import events_of
from codebegen.compiler.views.full_text import searched_of
from codebegen.compiler.views.ids import common_ids
from codebegen.compiler.views.migration import migration_view
from codebegen.compiler.views.notices import notices_of, reminders_of
from codebegen.compiler.views.tables import creation_order
from codebegen.compiler.views.tenancy import tenancy_view

_LONG = 24
"""Longer names than this don't leave room on a line for what a template says around two of them."""

_MANY = 100
"""More query models than this (one an entity) are more than FastAPI keeps in mind of its own accord."""


def project_view(blueprint: Blueprint) -> dict[str, Any]:
    """Finished values and flags for the templates."""
    waiting = {entity.name: keys for entity, keys in creation_order(blueprint)}
    entities = [entity_view(blueprint, entity, waiting[entity.name]) for entity in blueprint.entities]
    auth = blueprint.has_accounts
    title = shortened(blueprint.title, 80) or naming.title(blueprint.name)
    summary = shortened(blueprint.description, 200) or title
    actions = actions_of(blueprint)
    steps = [*(action.steps for action in actions), *(one for view in entities for one in view.steps)]
    return {
        **tests_view(blueprint),
        "project": {
            "name": naming.kebab(blueprint.name),
            "title": title,
            "summary": summary,
            "about": wrapped(summary, 100),
        },
        "auth": auth,
        "common_ids": common_ids(blueprint),
        "shorts": any(view.shown_in for view in entities),
        "many_models": len(entities) > _MANY,
        "long_names": any(len(name) > _LONG for name in _names(blueprint)),
        "actions": actions,
        "action_bodies": [action for action in actions if action.has_body],
        "holds": any(view.steps for view in entities),
        "gets_rows": any(one.loops for one in steps),
        "looks_up": any(loop.lookups for one in steps for loop in one.loops),
        "tallies": any(action.is_tallied for action in actions) or any(view.counters for view in entities),
        "computes": any(computed.is_arithmetic for view in entities for computed in view.computed),
        "histories": any(view.history for view in entities),
        "tenancy": tenancy_view(blueprint),
        "locks": auth or any(rule.lock for view in entities for rule in view.rules),
        "documents": blueprint.stack == "fastapi_mongo",
        "reference_rules": reference_rules(blueprint),
        "docker": blueprint.has("docker"),
        "ci": blueprint.has("ci"),
        "entities": entities,
        "resources": [view for view in entities if view.kind != "user"],
        "user": next((view for view in entities if view.kind == "user"), None),
        "roles": [MemberView(naming.snake(role).upper(), role) for role in blueprint.role_names],
        "default_role": naming.snake(blueprint.default_role).upper(),
        "admin_values": admin_values(blueprint),
        "migration": migration_view(blueprint),
        "audit_reader_names": blueprint.roles_of("audit_log"),
        "audit_readers": [naming.snake(role).upper() for role in blueprint.roles_of("audit_log")],
        "told": notices_of(blueprint),
        "watched": events_of(blueprint),
        "searched": searched_of(blueprint, entities),
        "reminders": reminders_of(blueprint),
        "file_fields": [
            {"entity": view.names, "table": view.table.name, "attribute": naming.attribute(field.name)}
            for view, entity in zip(entities, blueprint.entities, strict=True)
            for field in entity.fields
            if field.type in ("file", "image") and entity.kind != "user"
        ],
    }


NO_PINS = {"dependencies": (), "development": (), "requirements": "", "development_requirements": ""}
"""The names that `packages_view` adds."""


def packages_view(template: Template, view: dict[str, Any]) -> dict[str, Any]:
    """What a template's project depends on, declared and pinned."""
    packages, development = template.dependencies(view), template.development(view)
    return {
        "dependencies": declared(packages),
        "development": declared(development),
        "requirements": requirements(packages),
        "development_requirements": requirements(development, without=packages),
    }


def _names(blueprint: Blueprint) -> Iterator[str]:
    """Every name that code is made from."""
    yield from blueprint.role_names
    for entity in blueprint.entities:
        yield from (entity.plural, naming.snake(entity.name))
        yield from (named.name for named in (*entity.fields, *entity.relations, *entity.rules, *entity.computed))
        yield from (move.name for machine in entity.state_machines for move in machine.transitions)
        yield from (action.name for action in entity.actions)
