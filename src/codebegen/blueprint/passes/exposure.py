"""Personal data that is open to all because nobody said otherwise: told, since it is easily overlooked."""

from collections.abc import Iterator

from codebegen.blueprint.fields import Field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.passes.edit import changed
from codebegen.blueprint.report import Assumption

_READS = ("list", "read")
_OPEN = frozenset({"public", "authenticated"})
_TYPES = frozenset({"email", "phone"})
_WORDS = frozenset("address birth birthdate birthday dob email iban insurance passport phone ssn".split())


def tell_exposure(blueprint: Blueprint) -> Blueprint:
    """Assumptions about who reads personal data stand first: of all assumptions, these do the most harm unread."""
    known = blueprint.report.assumptions
    found = tuple(note for note in _exposed(blueprint) if note not in known)
    return changed(blueprint, report=changed(blueprint.report, assumptions=(*found, *known))) if found else blueprint


def _exposed(blueprint: Blueprint) -> Iterator[Assumption]:
    who, why = (
        ("every account", "nothing says who may") if blueprint.has_accounts else ("everybody", "there are no accounts")
    )
    for entity in blueprint.entities:
        personal = [field.name for field in entity.fields if _is_personal(field)]
        if (personal or entity.kind == "profile") and _is_open_unasked(entity):
            data = f" ({', '.join(personal)})" if personal else ""
            name = entity.plural.replace("_", " ")
            yield Assumption(
                element=f"entities.{entity.name}.permissions.read",
                message=f"{who} may read {name}{data}, since {why}; to change that: “only admins can see {name}”",
            )


def _is_personal(field: Field) -> bool:
    return field.type in _TYPES or not _WORDS.isdisjoint(field.name.split("_"))


def _is_open_unasked(entity: Entity) -> bool:
    reads = [permission for operation in _READS if (permission := entity.permission(operation))]
    if any(permission.origin != "inferred" for permission in reads):
        return False  # somebody said it, in words or in a blueprint
    return any(grant.kind in _OPEN and grant.when is None for permission in reads for grant in permission.allow)
