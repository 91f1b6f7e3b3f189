"""Who may do what, in words that need no knowledge of the blueprint."""

from collections.abc import Iterator
from typing import assert_never

from codebegen.blueprint import Blueprint, Entity, Grant, Permission
from codebegen.documentation import words

_WRITES = ("create", "update", "delete")
_ORDER = ("list", "read", *_WRITES)
_OF_ACCOUNTS = frozenset({"create", "delete"})
"""Operations that accounts have no endpoints for: people register themselves, and nobody is deleted."""


def rights(blueprint: Blueprint, entity: Entity) -> Iterator[tuple[str, str]]:
    """One line, `read: every account; write: admin only`; none where there are no accounts."""
    if not blueprint.has_accounts:
        return
    by_callers: dict[str, list[str]] = {}
    if entity.kind == "user":
        by_callers = {"everybody": ["register"], "every account": ["read own", "update own"]}
    for permission in sorted(entity.permissions, key=_place):
        if entity.kind != "user" or permission.operation not in _OF_ACCOUNTS:
            by_callers.setdefault(_callers(entity, permission), []).append(permission.operation.rpartition(":")[2])
    yield "may", "; ".join(f"{', '.join(_merged(done))}: {callers}" for callers, done in by_callers.items())


def _place(permission: Permission) -> int:
    return _ORDER.index(permission.operation) if permission.operation in _ORDER else len(_ORDER)


def _merged(operations: list[str]) -> list[str]:
    """A list shows what may be read, and who may create, update and delete may write."""
    merged = [name for name in operations if name != "list" or "read" not in operations]
    if not set(_WRITES) <= set(merged):
        return merged
    return ["write" if name == "create" else name for name in merged if name not in ("update", "delete")]


def _callers(entity: Entity, permission: Permission) -> str:
    """The administrator, who always may, is named only where nobody else may."""
    groups = dict.fromkeys(_group(entity, one) for one in permission.allow)
    groups.pop("role admin", None)
    return " + ".join(groups) or "admin only"


def _group(entity: Entity, one: Grant) -> str:
    narrowed = f" where {words.expression(one.when)}".replace("`", "") if one.when else ""
    return _who(entity, one) + narrowed


def _who(entity: Entity, one: Grant) -> str:
    match one.kind:
        case "public":
            return "everybody"
        case "authenticated":
            return "every account"
        case "owner":
            return f"its {_owner(entity, one.path or entity.owner or '')}"
        case "role":
            return f"role {one.role}"
        case "member":
            return f"members ({', '.join(one.roles)})" if one.roles else "every member"
        case _:
            assert_never(one.kind)


def _owner(entity: Entity, path: str) -> str:
    """`patient.user` is its patient, `author` its author, `user` its owner, and of a person their own account."""
    names = [name for name in path.split(".") if name != "user"]
    return "'s ".join(names).replace("_", " ") or ("own account" if entity.kind == "profile" else "owner")
