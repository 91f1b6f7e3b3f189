"""Collections below a parent: one level, for every key to another collection."""

from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.views.access import ParentView, condition_of
from codebegen.compiler.views.names import EntityNames, names_of
from codebegen.compiler.views.references import ReferenceView


@dataclass(frozen=True, slots=True)
class NestedView:
    """A collection below a parent: `/posts/{post_id}/comments`; `own` where the parent must be the caller's."""

    reference: ReferenceView
    parent: EntityNames
    parent_is_public: bool
    segment: str
    suffix: str
    pascal: str
    own: bool


def nested_of(
    blueprint: Blueprint,
    entity: Entity,
    references: tuple[ReferenceView, ...],
    parents: tuple[ParentView, ...],
) -> tuple[NestedView, ...]:
    """The collections of one entity below others."""
    own = {parent.relation for parent in parents}
    views = []
    for reference in references:
        relation = entity.relations_by_name[reference.relation]
        target = blueprint.entities_by_name[relation.target]
        if relation.kind != "many_to_one" or target.kind == "user" or not reference.written:
            continue
        twins = [r for r in entity.relations if r.target == target.name and r.kind == "many_to_one"]
        suffix = f"In{naming.pascal(target.name)}" if len(twins) == 1 else f"As{naming.pascal(relation.name)}"
        seen = condition_of(blueprint, target, "read", "visible", "")
        views.append(
            NestedView(
                reference=reference,
                parent=names_of(target),
                parent_is_public=not seen.needs_account,
                segment=naming.kebab(relation.inverse or entity.plural),
                suffix=suffix,
                pascal=naming.pascal(relation.name),
                own=relation.name in own,
            )
        )
    return tuple(views)
