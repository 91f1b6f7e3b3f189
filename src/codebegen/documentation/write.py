"""Fills the pages: views are finished here, the pages in `pages/` only lay them out."""

import json
from collections.abc import Iterator, Mapping, Sequence
from importlib.resources import files
from typing import Any

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Field, StateMachine
from codebegen.blueprint.notices import Notice
from codebegen.blueprint.tenancy import ROLE, managing, membership_of, roles_of, tenant_key, tenant_of
from codebegen.compiler.environment import Renderer
from codebegen.compiler.views.events import events_of
from codebegen.documentation import words
from codebegen.documentation.diagram import er_diagram
from codebegen.documentation.endpoints import described
from codebegen.documentation.ledger import LEDGER, Evidence, ledger
from codebegen.documentation.settings import has_postgres, settings
from codebegen.documentation.tests import tests_of
from codebegen.features import FeatureSpec, folder_of
from codebegen.filetree import FileTree, GeneratedFile

_PAGES = {
    "README.md": "README.md.j2",
    "docs/architecture.md": "architecture.md.j2",
    "docs/deployment.md": "deployment.md.j2",
}
_FOLDERS = {
    "app/routers": "endpoints: they parse, call one function, answer",
    "app/dependencies": "who gets to which rows, before an endpoint runs",
    "app/schemas": "bodies, queries and answers, checked by Pydantic",
    "app/policies": "who may do what, as conditions on rows",
    "app/services": "rules, state machines, and everything that changes several rows",
    "app/repositories": "queries",
    "app/models": "tables, mapped by SQLAlchemy",
    "app/core": "settings, database, errors, tokens, paging: the same for every entity",
    "migrations": "Alembic revisions",
    "tests": "proof, endpoint by endpoint; run them with `pytest`",
}
_FLAT = {
    "app/main.py": "the application",
    "app/routers": "endpoints and what they do: rules, state machines, and everything that changes several rows",
    "app/dependencies.py": _FOLDERS["app/dependencies"],
    "app/accounts.py": "registering, logging in and out, one's own account",
    "app/services": "what features do",
    "app/schemas.py": _FOLDERS["app/schemas"],
    "app/policies": _FOLDERS["app/policies"],
    "app/queries.py": _FOLDERS["app/repositories"],
    "app/models.py": _FOLDERS["app/models"],
    **{name: _FOLDERS[name] for name in ("app/core", "migrations", "tests")},
}
"""The same where one module holds what all entities have of a kind."""
_EXAMPLE = {
    "integer": 1,
    "float": 1.5,
    "decimal": "1.50",
    "money": "1.50",
    "boolean": True,
    "date": "2000-01-31",
    "datetime": "2000-01-31T12:00:00Z",
    "time": "12:00:00",
    "duration": 1,
    "email": "ada@example.com",
    "url": "https://example.com",
    "phone": "+44 20 7946 0000",
    "slug": "example",
    "uuid": "00000000-0000-4000-8000-000000000000",
}


def write_documents(
    blueprint: Blueprint, tree: FileTree, unimplemented: Mapping[str, str], features: Sequence[FeatureSpec] = ()
) -> tuple[GeneratedFile, ...]:
    """Every page of the project; `unimplemented` maps places of the blueprint to the reason."""
    facts = _facts(blueprint, tree)
    folders = _FLAT if facts["flat"] else _FOLDERS
    view = {
        **facts,
        "diagram": er_diagram(blueprint),
        "endpoints": described(blueprint, features),
        "settings": settings(tree, features),
        "tenancy": _tenancy(blueprint),
        "folders": [(folder, text) for folder, text in folders.items() if any(p.startswith(folder) for p in tree)],
        "entities": [
            {
                "name": entity.name,
                "path": entity.path,
                "notes": _notes(entity, unimplemented),
                "example": _body(blueprint, entity),
                "open": _is_open(blueprint, entity),
                "searched": entity.kind != "user" and any(field.is_searchable for field in entity.fields),
            }
            for entity in blueprint.entities
        ],
        "notices": [_notice(entity, notice) for entity in blueprint.entities for notice in entity.notices],
        "by_mail": blueprint.has("email"),
        "reminders": [_notice(e, notice) for e in blueprint.entities for notice in e.notices if notice.event == "due"],
        "events": [
            {
                "words": watched.names.words,
                "collection": watched.names.tag,
                "names": [event.name for event in watched.events],
            }
            for watched in events_of(blueprint)
        ],
        "machines": [_machine(blueprint, e, machine) for e in blueprint.entities for machine in e.state_machines],
    }
    view["sections"] = [_render(section, view) for section in _sections(features)]
    pages = [GeneratedFile(path, _render(_page(page), view), f"documentation/{page}") for path, page in _PAGES.items()]
    requirements = ledger(blueprint, Evidence(tests_of(tree), unimplemented, features))
    return (*pages, GeneratedFile(LEDGER, requirements, "documentation/ledger"))


def _page(name: str) -> str:
    return files("codebegen.documentation").joinpath("pages", name).read_text("utf-8")


def _sections(features: Sequence[FeatureSpec]) -> Iterator[str]:
    """What the features say in the README, each in a section of its own."""
    for spec in features:
        section = folder_of(spec.key).joinpath("README.md.j2")
        if section.is_file():
            yield section.read_text("utf-8")


def _render(source: str, view: Mapping[str, Any]) -> str:
    return Renderer({}).render(source, view).rstrip() + "\n"


def _facts(blueprint: Blueprint, tree: FileTree) -> dict[str, Any]:
    return {
        "name": blueprint.name,
        "title": blueprint.title,
        "summary": _summary(blueprint),
        "accounts": blueprint.has_accounts,
        "roles": [f"`{role}`" for role in blueprint.role_names],
        "default_role": blueprint.default_role,
        "documents": blueprint.stack == "fastapi_mongo",
        "docker": "compose.yaml" in tree,
        "flat": "app/models.py" in tree,
        "postgres": has_postgres(tree),
        "register_body": json.dumps(_registration(blueprint)),
        "profile": json.dumps(_profile(blueprint)) if _profile(blueprint) else "",
    }


def _tenancy(blueprint: Blueprint) -> dict[str, Any] | None:
    """How people share, where there are tenants."""
    tenant, membership = tenant_of(blueprint), membership_of(blueprint)
    key = tenant_key(blueprint, membership) if membership is not None else None
    if tenant is None or membership is None or key is None:
        return None
    roles = roles_of(membership)
    one = naming.title(tenant.name).lower()
    body = {key.key: 1, "user_id": 2, ROLE: roles[-1]}
    return {
        "title": naming.title(tenant.plural),
        "article": f"{'an' if one[0] in 'aeio' else 'a'} {one}",
        "roles": [f"`{role}`" for role in roles],
        "managers": [f"`{role}`" for role in managing(roles)],
        "path": membership.path,
        "body": json.dumps(body),
    }


def _summary(blueprint: Blueprint) -> str:
    text = " ".join(blueprint.description.split())
    names = ", ".join(entity.plural.replace("_", " ") for entity in blueprint.entities)
    return text or f"A backend for {names}."


def _registration(blueprint: Blueprint) -> dict[str, Any]:
    return {"email": "ada@example.com", "password": "correct-horse-battery", **_profile(blueprint)}


def _profile(blueprint: Blueprint) -> dict[str, Any]:
    """What a new account needs beyond an address and a password."""
    user = blueprint.entities_by_name.get("User")
    return {f.name: _example(f) for f in _required(user) if f.name not in ("email", "password")} if user else {}


def _body(blueprint: Blueprint, entity: Entity) -> dict[str, Any]:
    """What creates a row, one member at least; nothing where there must be other rows first."""
    owner = entity.owner if blueprint.has_accounts else None
    if entity.kind != "normal" or any(relation.required and relation.name != owner for relation in entity.relations):
        return {}
    optional = [field for field in entity.fields if not field.read_only][:1]
    return {field.name: _example(field) for field in _required(entity) or optional}


def _is_open(blueprint: Blueprint, entity: Entity) -> bool:
    """Whether whoever has an account may create rows, where there are accounts."""
    permission = entity.permission("create")
    kinds = {grant.kind for grant in permission.allow} if permission is not None else set()
    return not blueprint.has_accounts or bool(kinds & {"public", "authenticated", "owner"})


def _required(entity: Entity) -> list[Field]:
    return [field for field in entity.fields if field.required and field.default is None and not field.read_only]


def _example(field: Field) -> object:
    if field.values:
        return field.values[0]
    if field.min is not None and field.type in ("integer", "duration"):
        return int(field.min)
    return _EXAMPLE.get(field.type, f"example {naming.title(field.name).lower()}")


def _notes(entity: Entity, unimplemented: Mapping[str, str]) -> list[str]:
    """What the diagram can't show and the project keeps; what it doesn't keep stands in the ledger."""
    place = f"entities.{entity.name}"
    notes = [f"unique together: {', '.join(f'`{name}`' for name in u.fields)}" for u in entity.unique_together]
    notes += [words.rule(entity, one) for one in entity.rules if f"{place}.rules.{one.name}" not in unimplemented]
    notes += [words.computed(one) for one in entity.computed if f"{place}.computed.{one.name}" not in unimplemented]
    return notes


def _notice(entity: Entity, notice: Notice) -> dict[str, Any]:
    told = {"happens": words.happening(entity, notice), "whom": words.recipient(notice)}
    return {"name": notice.name, "email": notice.email, **told}


def _machine(blueprint: Blueprint, entity: Entity, machine: StateMachine) -> dict[str, Any]:
    moves = [
        {
            "name": move.name,
            "sources": ", ".join(f"`{state}`" for state in move.from_) or "any",
            "to": move.to,
            "callers": words.callers(entity.permission(f"transition:{move.name}"), accounts=blueprint.has_accounts),
        }
        for move in machine.transitions
    ]
    return {"entity": entity.name, "field": machine.field, "initial": machine.initial, "moves": moves}
