"""Builder of fields: the columns of a table that no key holds; what every row has anyway is left out."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from codebegen import naming
from codebegen.blueprint import Field, Provenance
from codebegen.blueprint.fields import NUMBER_TYPES, TEXT_TYPES
from codebegen.understanding.formats.naming_rules import USER, is_password, safe
from codebegen.understanding.formats.schema import Column, Span, Table
from codebegen.understanding.formats.types import refined

_STAMPS = frozenset({"created_at", "updated_at"})
_RESERVED = frozenset({"id", "created_at", "updated_at", "row_version"})
_POWERS = frozenset({"is_admin", "is_superuser", "superuser", "is_staff", "admin"})
_SECRETS = frozenset({"salt", "password_salt", "remember_token", "reset_token", "password_reset_token"})
_OWN = frozenset({"email_verified", "email_verified_at", "last_login", "last_login_at", "date_joined"})

Place = Callable[[Span], Provenance]
Assume = Callable[[str, str], None]


@dataclass
class Made:
    """The fields of an entity, and what its columns say about its rows."""

    fields: list[Field] = field(default_factory=list)
    id_type: Literal["integer", "uuid"] = "integer"
    soft_delete: bool = False


def build(table: Table, entity: str, consumed: dict[str, str], place: Place, assume: Assume) -> Made:
    """Fields of all columns but those that hold keys, the id and the stamps."""
    made = Made()
    taken: set[str] = set()
    for column in table.columns:
        name = safe(column.name)
        if not name or column.name.lower() in consumed or name in _STAMPS:
            continue
        if _is_id(table, column, entity):
            made.id_type = "uuid" if column.type == "uuid" else "integer"
            continue
        if name in ("deleted_at", "is_deleted"):
            made.soft_delete = True
            assume(f"entities.{entity}", f"{column.name} says that rows are only hidden when they are deleted")
            continue
        if (entity == USER or is_password(name)) and _is_of_accounts(name, entity, assume):
            continue
        if name in _RESERVED or name in taken:
            name = f"{name}_value"
        taken.add(name)
        key = [c.lower() for c in table.primary] == [column.name.lower()]
        if key:
            element = f"entities.{entity}.fields.{name}"
            assume(element, f"{column.name} is unique and can't be changed; rows also have an `id` to be found by")
        made.fields.append(_field(column, name, entity, place(column.span), key=key))
    return made


def _is_id(table: Table, column: Column, entity: str) -> bool:
    """The key that the database makes, or what is called like one."""
    name = safe(column.name)
    primary = [name.lower() for name in table.primary] or (["id"] if table.column("id") else [])
    if name == "id":
        return True
    if [column.name.lower()] != primary:
        return False
    stems = {naming.snake(entity), safe(table.name), naming.singular(safe(table.name))}
    called = {"uuid", "guid", "pk", *(f"{stem}_{end}" for stem in stems for end in ("id", "uuid"))}
    return column.generated or column.type == "uuid" or name in called


def _is_of_accounts(name: str, entity: str, assume: Assume) -> bool:
    """What accounts bring with them: rights are roles, and secrets are kept apart."""
    if is_password(name) and entity != USER:
        assume(f"entities.{entity}", "people log in with an account: the password is kept there, not here")
        return True
    if entity != USER:
        return False
    if name in _POWERS:
        assume("entities.User", f"{name} is the role of an account here: nobody can give it to themselves")
        return True
    if name in _SECRETS:
        assume("entities.User", f"{name} is no field here: accounts keep such secrets themselves")
        return True
    return False


def _field(column: Column, name: str, entity: str, place: Provenance, *, key: bool) -> Field:
    """One field; `key`: rows are told apart by it."""
    if entity == USER and is_password(name):
        return Field(name="password", type="password", write_only=True, provenance=place)
    column = refined(column)
    data: dict[str, Any] = {
        "name": name,
        "type": column.type,
        "required": (column.required or key) and column.default is None and not column.read_only,
        "unique": column.unique or key,
        "immutable": key,
        "default": column.default,
        "values": _values(column, name, entity),
        "item_type": column.item_type,
        "unit": column.unit,
        "scale": column.scale if column.type in ("decimal", "money") else None,
        "read_only": column.read_only or (entity == USER and name in _OWN),
        "write_only": column.write_only,
        "description": column.description[:500],
        "provenance": place,
    }
    if data["type"] == "enum" and not data["values"]:
        data["type"] = "string"
    if data["type"] == "enum" and isinstance(data["default"], str) and data["default"] not in data["values"]:
        data["default"] = next((v for v in data["values"] if v.lower() == str(column.default).lower()), None)
    if data["type"] == "list" and data["item_type"] is None:
        data["item_type"] = "string"
    if data["type"] == "duration" and data["unit"] is None:
        data["unit"] = "seconds"
    return Field(**data, **_bounds(column))


def _values(column: Column, name: str, entity: str) -> tuple[str, ...]:
    """Values as written; the roles of accounts are names."""
    if column.type != "enum":
        return ()
    if entity == USER and name == "role":
        return tuple(dict.fromkeys(safe(value) for value in column.values if safe(value)))
    return tuple(dict.fromkeys(value for value in column.values if value))


def _bounds(column: Column) -> dict[str, Any]:
    if column.type in NUMBER_TYPES | {"date", "datetime", "time", "list"}:
        return {
            "min": column.min,
            "max": column.max,
            "exclusive_min": column.exclusive_min and column.min is not None,
            "exclusive_max": column.exclusive_max and column.max is not None,
        }
    if column.type in TEXT_TYPES:
        return {"min_length": column.min_length, "max_length": column.max_length, "pattern": column.pattern}
    return {}
