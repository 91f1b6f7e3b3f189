"""Names: unique where they must be, and not in the way of what every project has."""

import re
from collections import Counter
from collections.abc import Iterator

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.diagnostics import Diagnostic, error

LONGEST = 60
"""Characters of a name that keys and tables are called after: databases keep 63, and `_id` is one of them."""

ROW_NAMES = frozenset({"id", "created_at", "updated_at", "row_version"})
_ACCOUNT_NAMES = frozenset({"password_hash", "current_password"})
_PATHS = ("/auth", "/health", "/users/me")
_PATH = re.compile(r"(/[a-z0-9]+(-[a-z0-9]+)*)+")
_TABLES = ("sqlite_", "pg_")


def check_names(blueprint: Blueprint) -> Iterator[Diagnostic]:
    """Duplicate entities, paths, fields and keys."""
    if not blueprint.entities:
        yield error("no-entities", "entities", "there is nothing to build", "describe at least one thing to store")
    entities = blueprint.entities
    yield from _twice("entity", "entities", [entity.name for entity in entities])
    yield from _twice("Python name", "entities", [naming.class_name(entity.name) for entity in entities])
    yield from _twice("path", "entities", [entity.path for entity in entities])
    yield from _twice("plural", "entities", [entity.plural for entity in entities])
    yield from _twice("role", "roles", [naming.snake(role.name) for role in blueprint.roles])
    if blueprint.default_role == "admin":
        hint = "choose another default_role"
        yield error("default-role", "default_role", "every new account would be an administrator", hint)
    for entity in entities:
        yield from _entity_names(entity)
        yield from _fields(entity)
        yield from _storage(entity)


def _entity_names(entity: Entity) -> Iterator[Diagnostic]:
    place = f"entities.{entity.name}"
    taken = next((path for path in _PATHS if entity.path == path or entity.path.startswith(f"{path}/")), None)
    if taken is not None:
        yield error("reserved-path", place, f"{taken} is taken by every project", "give the entity another path")
    if entity.path and not _PATH.fullmatch(entity.path):
        hint = "small letters, digits and dashes after each slash: /order-items"
        yield error("path-shape", f"{place}.path", f"{entity.path} is not a path of words", hint)
    keys = [r.key for r in entity.relations if r.kind != "many_to_many"]
    many = [
        name
        for r in entity.relations
        if r.kind == "many_to_many"
        for name in (r.name, f"{naming.singular(r.name)}_ids")
    ]
    made = [c.name for c in entity.computed] + [f"{a.name}_count" for a in entity.actions if a.kind == "toggle"]
    names = [*(f.name for f in entity.fields), *keys, *many, *made]
    yield from _twice("name", place, names)
    yield from _twice("relation", place, [relation.name for relation in entity.relations])
    yield from _twice("Python name", place, [naming.attribute(name) for name in dict.fromkeys(names)])


def _fields(entity: Entity) -> Iterator[Diagnostic]:
    """Names that every row, or every account, has already."""
    place = f"entities.{entity.name}"
    reserved = ROW_NAMES | (_ACCOUNT_NAMES if entity.kind == "user" else frozenset())
    names = [("fields", f.name) for f in entity.fields] + [("computed", c.name) for c in entity.computed]
    for kind, name in names:
        if name in reserved:
            where = f"{place}.{kind}.{name}"
            yield error("reserved-field", where, f"every row has {name}", "remove it or give it another name")
    shown = {field.name for field in entity.fields if not field.write_only}
    if entity.display_field is not None and entity.display_field not in shown:
        message = f"{entity.display_field} is not a field that is shown"
        yield error("unknown-field", f"{place}.display_field", message, "name a field of the entity")
    for name in entity.search:
        field = entity.fields_by_name.get(name)
        if field is None or not field.can_be_searched:
            yield error("unknown-field", f"{place}.search", f"{name} is not a text of the entity", "name its texts")


def _storage(entity: Entity) -> Iterator[Diagnostic]:
    """Names that a database does not keep."""
    place = f"entities.{entity.name}"
    own = naming.snake(entity.name)
    names = [(place, own), *((f"{place}.relations.{r.name}", r.name) for r in entity.relations)]
    for where, name in names:
        if len(name) > LONGEST:
            message = f"{name} is longer than {LONGEST} characters"
            yield error("long-name", where, message, "databases cut longer names: shorten it")
    if entity.plural.startswith(_TABLES):
        yield error("reserved-table", place, f"no table may be called {entity.plural}", "give the entity another name")


def _twice(what: str, place: str, names: list[str]) -> Iterator[Diagnostic]:
    for name, count in Counter(names).items():
        if count > 1:
            yield error("duplicate-name", place, f"{count} times the {what} {name}", "rename all but one")
