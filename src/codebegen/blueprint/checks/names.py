"""Names: unique where they must be, and not in the way of what every project has."""

from collections import Counter
from collections.abc import Iterator

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.diagnostics import Diagnostic, error

ROW_NAMES = frozenset({"id", "created_at", "updated_at"})
_PATHS = frozenset({"/auth", "/health"})


def check_names(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Duplicate entities, paths, fields and keys."""
    if not blueprint.entities:
        yield error("no-entities", "entities", "there is nothing to build", "describe at least one thing to store")
    yield from _twice("entity", "entities", [entity.name for entity in blueprint.entities])
    yield from _twice("Python name", "entities", [naming.class_name(entity.name) for entity in blueprint.entities])
    yield from _twice("path", "entities", [entity.path for entity in blueprint.entities])
    yield from _twice("role", "roles", [role.name for role in blueprint.roles])
    for entity in blueprint.entities:
        yield from _entity_names(entity)


def _entity_names(entity: Entity) -> Iterator[Diagnostic]:
    place = f"entities.{entity.name}"
    if entity.path in _PATHS:
        yield error("reserved-path", place, f"{entity.path} is taken by every project", "give the entity another path")
    keys = [r.key for r in entity.relations if r.kind != "many_to_many"]
    many = [
        name
        for r in entity.relations
        if r.kind == "many_to_many"
        for name in (r.name, f"{naming.singular(r.name)}_ids")
    ]
    made = [c.name for c in entity.computed] + [f"{a.name}_count" for a in entity.actions if a.kind == "toggle"]
    yield from _twice("name", place, [*(f.name for f in entity.fields), *keys, *many, *made])
    yield from _twice("relation", place, [relation.name for relation in entity.relations])
    yield from _twice("Python name", place, [naming.attribute(f.name) for f in entity.fields])
    for field in entity.fields:
        if field.name in ROW_NAMES:
            where = f"{place}.fields.{field.name}"
            yield error("reserved-field", where, f"every row has {field.name}", "remove it or give it another name")


def _twice(what: str, place: str, names: list[str]) -> Iterator[Diagnostic]:
    for name, count in Counter(names).items():
        if count > 1:
            yield error("duplicate-name", place, f"{count} times the {what} {name}", "rename all but one")
