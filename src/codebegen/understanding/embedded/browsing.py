"""Who may read, where nobody says so: what is for browsing wherever it is found, and what is its owner's.

`public` is inferred for the entities of domains in which browsing by anyone is universal (products of a shop, posts of
a blog), and never for what is not yet published. `owner` is inferred in thin descriptions only: as soon as somebody
describes their own backend, reading is theirs to restrict.
"""

from codebegen import naming
from codebegen.blueprint import Blueprint, Entity, Grant, Permission, Provenance, inferred
from codebegen.blueprint.expressions import Compare, FieldRef, Value
from codebegen.blueprint.passes.edit import changed
from codebegen.understanding.embedded.catalogue import CatalogueEntity, domain
from codebegen.understanding.embedded.scene import Scene

_READING = ("list", "read")
_SHOWN = ("published", "public", "live")
_HIDDEN = frozenset({"draft", "unpublished", "pending", "pending_review", "hidden", "archived"})


def infer_reading(blueprint: Blueprint, scene: Scene) -> Blueprint:
    """The blueprint with reading rights for usual entities of which nothing is said."""
    if scene.sure is None or not scene.accounts:
        return blueprint
    entities = tuple(_with_reading(blueprint, e, scene) for e in blueprint.entities)
    return changed(blueprint, entities=entities)


def _with_reading(blueprint: Blueprint, found: Entity, scene: Scene) -> Entity:
    usual = scene.usual(found.name)
    if usual is None or scene.sure is None or usual.domain != scene.sure.domain:
        return found
    if any(found.permission(operation) for operation in _READING):
        return found
    if usual.access == "public" and not scene.closed and found.kind != "user":
        return _permitted(found, _public(found), _why(usual, "anybody may browse"))
    if usual.access == "private" and scene.thin and not found.permissions:
        return _private(blueprint, found, usual)
    return found


def _permitted(found: Entity, allow: tuple[Grant, ...], provenance: Provenance) -> Entity:
    added = tuple(Permission(operation=op, allow=allow, provenance=provenance) for op in _READING)
    return changed(found, permissions=(*found.permissions, *added))


def _public(found: Entity) -> tuple[Grant, ...]:
    """Anybody; where rows can be unpublished, anybody those that are, and accounts the rest as by default."""
    for field in found.fields:
        shown = next((value for value in field.values if value in _SHOWN), None)
        if shown is not None and _HIDDEN & set(field.values):
            return Grant(kind="public", when=_equals(field.name, shown)), Grant(kind="authenticated")
        if field.type == "boolean" and field.name.removeprefix("is_") in _SHOWN:
            return Grant(kind="public", when=_equals(field.name, value=True)), Grant(kind="authenticated")
    return (Grant(kind="public"),)


def _equals(field: str, value: str | bool) -> Compare:
    return Compare(operator="==", left=FieldRef(path=field), right=Value(value=value))


def _private(blueprint: Blueprint, found: Entity, usual: CatalogueEntity) -> Entity:
    """Its owner's, where the usual path to the owner exists."""
    path = _to_account(blueprint, found, usual.owner) if usual.owner else None
    if path is None:
        return found
    owned = changed(found, owner=found.owner or path)
    return _permitted(owned, (Grant(kind="owner"),), _why(usual, "everybody sees their own"))


def _to_account(blueprint: Blueprint, found: Entity, path: str) -> str | None:
    """The path on to an account, or None where a step is missing; `User` itself may come later."""
    here: Entity | None = found
    names = path.split(".")
    for place, name in enumerate(names):
        relation = here.relations_by_name.get(name) if here else None
        if relation is None:
            return None
        if relation.target == "User":
            return path if place == len(names) - 1 else None
        here = blueprint.entities_by_name.get(relation.target)
    return f"{path}.user" if here is not None and here.kind == "profile" else None


def _why(usual: CatalogueEntity, what: str) -> Provenance:
    things = naming.plural(naming.snake(usual.name)).replace("_", " ")
    return inferred(f"{what} {things} ({domain(usual.domain).title.lower()})")
