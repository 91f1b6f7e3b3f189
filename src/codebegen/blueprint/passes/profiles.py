"""Profiles: a person other than User has an account of its own, or none yet."""

from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.node import inferred
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.blueprint.relations import Relation

_USER = Relation(
    name="user",
    kind="one_to_one",
    target="User",
    required=False,
    on_delete="set_null",
    provenance=inferred("a person may have an account; what is their own is found through it"),
)


def bind_profiles(blueprint: Blueprint) -> Blueprint:
    """Every profile gets the nullable, unique relation `user`, and is owned by that account."""
    return each_entity(blueprint, lambda e: _bound(e) if e.kind == "profile" else e)


def _bound(entity: Entity) -> Entity:
    bound = entity.relations_by_name.get("user")
    if bound is not None and (bound.kind, bound.target, bound.required) == (_USER.kind, _USER.target, False):
        return changed(entity, owner="user")
    others = tuple(relation for relation in entity.relations if relation.name != "user")
    return changed(entity, relations=(*others, _USER), owner="user")
