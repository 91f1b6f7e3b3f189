"""What is kept in words only, and restricts who sees or moves something, closes it: never open for not being read."""

import re

from codebegen.blueprint import Blueprint, Entity, Grant, Permission
from codebegen.blueprint.rules import CustomRule

_LIMITS = re.compile(
    r"\b(?:only|just|exclusively|solely|alone|nobody|none|no one|never|not|cannot|private|secret|confidential)\b|n't\b"
)
_SIGHT = re.compile(
    r"\b(?:visible|see|sees|seen|view|views|viewed|read|reads|readable|look|access|accessible|eyes|shown|show"
    r"|private|secret|confidential|hidden)\b"
)
_READING = ("list", "read")


def close_in_doubt(blueprint: Blueprint) -> Blueprint:
    """The blueprint with what such a sentence is about left to the owner; moves are left to administrators."""
    return blueprint.model_copy(update={"entities": tuple(_closed(entity) for entity in blueprint.entities)})


def _closed(entity: Entity) -> Entity:
    told = [rule for rule in entity.rules if isinstance(rule, CustomRule) and _LIMITS.search(rule.text.lower())]
    known = {right.operation: right for right in entity.permissions if right.origin == "stated"}
    for rule in told:
        if _SIGHT.search(rule.text.lower()):
            allow = (Grant(kind="owner"),) if entity.owner else ()
            for operation in _READING:
                if operation not in known or _is_open(known[operation]):
                    known[operation] = Permission(operation=operation, allow=allow, provenance=rule.provenance)
        for operation in _moves(entity, rule.text.lower()):
            known.setdefault(operation, Permission(operation=operation, allow=(), provenance=rule.provenance))
    rest = [right for right in entity.permissions if right.operation not in known]
    return entity.model_copy(update={"permissions": (*known.values(), *rest)}) if told else entity


def _is_open(right: Permission) -> bool:
    return any(grant.kind in ("public", "authenticated") for grant in right.allow)


def _moves(entity: Entity, text: str) -> list[str]:
    """The moves whose name or end a sentence tells, where it says who alone makes them."""
    if not re.search(r"\b(?:only|nobody|no one|alone|exclusively|solely)\b", text):
        return []
    moves = [move for machine in entity.state_machines for move in machine.transitions]
    return [f"transition:{m.name}" for m in moves if _names(text, m.to) or _names(text, m.name)]


def _names(text: str, word: str) -> bool:
    return re.search(rf"\b{re.escape(word.replace('_', ' '))}\b", text) is not None
