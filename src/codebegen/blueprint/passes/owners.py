"""Owners: the path from a row to the account it belongs to, where the text leaves it open."""

from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.passes.edit import changed
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.tenancy import is_membership

_CREATORS = (
    "owner", "author", "creator", "created_by", "user", "poster", "writer", "sender", "reporter", "submitter",
    "requester", "uploader", "organizer", "organiser", "host", "seller", "customer", "buyer", "member", "client",
    "student", "patient", "guest", "applicant", "borrower", "subscriber", "follower", "participant", "attendee",
)  # fmt: skip
"""Names of keys that point to whoever made or holds a row, best first."""

NOT_OWNERS = frozenset(
    "assignee assigned_to reviewer approver recipient receiver manager supervisor moderator mentioned followed "
    "following friend target invitee".split()
)
_GENERATIONS = 3
"""A part of a part of a part."""


def find_owners(blueprint: Blueprint) -> Blueprint:
    """Owner paths of all entities, parents before the parts that inherit theirs."""
    if not blueprint.has_accounts:
        return blueprint
    for _ in range(_GENERATIONS):
        known = dict(blueprint.entities_by_name)
        found = []
        for entity in blueprint.entities:
            owned = entity
            belongs = entity.kind in ("user", "profile") or is_membership(blueprint, entity)
            if entity.owner is None and not belongs:
                inherits = blueprint.tenancy is None  # what members share belongs to their tenant, not to one of them
                owned = changed(entity, owner=_owner(entity, known, inherits=inherits))
            known[entity.name] = owned
            found.append(owned)
        blueprint = changed(blueprint, entities=tuple(found))
    return _with_wholes(blueprint)


def _with_wholes(blueprint: Blueprint) -> Blueprint:
    """`The assignments of their own courses`: what a path goes through belongs to whom the path leads."""
    wholes: dict[str, str] = {}
    for entity in blueprint.entities:
        first, _, rest = (entity.owner or "").partition(".")
        whole = next((r.target for r in entity.relations if r.name == first and rest), None)
        if whole is not None and blueprint.entities_by_name[whole].kind in ("normal", "association"):
            wholes.setdefault(whole, rest)
    entities = (changed(e, owner=wholes[e.name]) if not e.owner and e.name in wholes else e for e in blueprint.entities)
    return changed(blueprint, entities=tuple(entities))


def _owner(entity: Entity, entities: dict[str, Entity], *, inherits: bool) -> str | None:
    keys = [r for r in entity.relations if r.kind != "many_to_many" and r.target in entities]
    return (
        _direct(keys)
        or _by_profile(entity, keys, entities)
        or (_by_parent(entity, keys, entities) if inherits else None)
    )


def _direct(keys: list[Relation]) -> str | None:
    """A key to the account: by its name, or the only one there is."""
    names = [r.name for r in keys if r.target == "User"]
    named = [name for name in _CREATORS if name in names]
    rest = [name for name in names if name not in NOT_OWNERS]
    return next(iter(named + rest), None)


def _by_profile(entity: Entity, keys: list[Relation], entities: dict[str, Entity]) -> str | None:
    """A key to a person: by its name or, for an association, the only person in it."""
    people = [r for r in keys if entities[r.target].kind == "profile"]
    named = [r for name in _CREATORS for r in people if r.name == name]
    told = [r for r in people if r.origin == "stated"]
    only = told if entity.kind == "association" and len(people) == 1 else []
    found = next(iter(named + only), None)
    return f"{found.name}.user" if found else None


def _by_parent(entity: Entity, keys: list[Relation], entities: dict[str, Entity]) -> str | None:
    """A part belongs to whoever its whole belongs to."""
    wholes = [r for r in keys if r.on_delete == "cascade" and entities[r.target].owner and r.target != entity.name]
    return f"{wholes[0].name}.{entities[wholes[0].target].owner}" if wholes else None
