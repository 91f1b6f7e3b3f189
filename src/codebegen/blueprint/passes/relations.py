"""Relations: how the other side sees them, and what happens when a target goes."""

from collections import Counter

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.passes.edit import changed, each_entity
from codebegen.blueprint.relations import OnDelete, Relation
from codebegen.blueprint.rules import settled_by

# Things that are parts of another thing and mean nothing without it.
_PARTS = frozenset(
    "comment reply note attachment image photo picture item line entry detail reaction vote rating review step "
    "answer option choice chapter section subtask checklist task_item paragraph page stop leg variant".split()
)  # fmt: skip


def complete_relations(blueprint: Blueprint) -> Blueprint:
    """Inverse names and `on_delete` of every relation; inferred ones are optional, settled ones stay."""
    return each_entity(blueprint, _with_relations)


def _with_relations(entity: Entity) -> Entity:
    targets = Counter(relation.target for relation in entity.relations)
    settled = settled_by(entity.rules)
    relations = [_complete(entity, relation, shared=targets[relation.target] > 1) for relation in entity.relations]
    fixed = (changed(known, immutable=known.immutable or known.name in settled) for known in relations)
    return changed(entity, relations=tuple(fixed))


def _complete(entity: Entity, relation: Relation, *, shared: bool) -> Relation:
    required = relation.required and relation.origin != "inferred" and relation.kind != "many_to_many"
    known = changed(relation, required=required)
    return changed(
        known,
        inverse=relation.inverse or _inverse(entity, relation, shared=shared),
        on_delete=relation.on_delete or _on_delete(entity, known),
    )


def _inverse(entity: Entity, relation: Relation, *, shared: bool) -> str:
    if relation.target == entity.name and relation.name == "parent":
        return "children"
    if shared or relation.target == entity.name:
        return f"{relation.name}_{entity.plural}"[:63]
    return entity.plural


def _on_delete(entity: Entity, relation: Relation) -> OnDelete:
    """Contained children go along, optional references become null, anything else is refused."""
    if relation.kind == "many_to_many":
        return "cascade"
    if not relation.required:
        return "set_null"
    counted = any(tally.relation != relation.name for tally in entity.tallies)  # it could not take back what it added
    return "cascade" if is_part(entity, relation) and not counted else "restrict"


def is_part(entity: Entity, relation: Relation) -> bool:
    """Whether rows of `entity` read as parts of the target: `OrderItem` of `Order`, a comment of a post."""
    child, parent = naming.snake(entity.name), naming.snake(relation.target)
    if parent == "user" or entity.kind == "profile":
        return False
    others = [r for r in entity.relations if r.required and r.target not in ("User", relation.target)]
    return child.startswith(f"{parent}_") or (not others and child.split("_")[-1] in _PARTS)
