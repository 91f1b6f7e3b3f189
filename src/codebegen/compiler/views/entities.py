"""One entity of a blueprint becomes its view."""

from codebegen import naming
from codebegen.blueprint.lookup import is_account_field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation
from codebegen.blueprint.tenancy import anchor_of, is_membership, is_tenant
from codebegen.compiler.dialect import dialect_of
from codebegen.compiler.literals import shortened, wrapped
from codebegen.compiler.memo import of_blueprint
from codebegen.compiler.views.access import ConditionView, condition_of, create_of, describe, parents_of
from codebegen.compiler.views.behaviour import toggles_of, transitions_of
from codebegen.compiler.views.computed import computed_of
from codebegen.compiler.views.constraints import constraints_of
from codebegen.compiler.views.documents import document_of
from codebegen.compiler.views.entity import EntityView
from codebegen.compiler.views.enums import enums_of
from codebegen.compiler.views.events import watchers_of
from codebegen.compiler.views.gates import gates_of, policies_of
from codebegen.compiler.views.histories import history_of
from codebegen.compiler.views.listing import listing_of
from codebegen.compiler.views.names import EntityNames, names_of
from codebegen.compiler.views.nested import nested_of
from codebegen.compiler.views.references import ReferenceView, many_of, references_of
from codebegen.compiler.views.rules import rules_of
from codebegen.compiler.views.schemas import schemas_of
from codebegen.compiler.views.tables import table_of
from codebegen.compiler.views.tallies import tallies_of


def entity_view(blueprint: Blueprint, entity: Entity, waiting: frozenset[str]) -> EntityView:
    """The view of one entity of a complete blueprint; keys in `waiting` point to tables that are made later."""
    enums = enums_of(blueprint, entity)
    names = names_of(entity)
    table = table_of(blueprint, entity, enums, waiting)
    schemas = schemas_of(blueprint, entity, enums)
    visible = condition_of(blueprint, entity, "read", "visible", "see")
    listed = _listed(blueprint, entity, visible)
    parents = parents_of(blueprint, entity)
    references = references_of(blueprint, entity)
    many = many_of(blueprint, entity)
    toggles = toggles_of(blueprint, entity)
    gates = gates_of(blueprint, entity)
    return EntityView(
        names=names,
        kind=entity.kind,
        doc=_doc(entity, names),
        table=table,
        document=document_of(blueprint, entity, table),
        enums=tuple(enums.values()),
        constraints=constraints_of(entity, table),
        links=(*(m.link for m in many), *(t.link for t in toggles)),
        many=many,
        references=references,
        schemas=schemas,
        display=next((m for m in schemas.read if entity.display_field == (m.alias or m.attribute)), None),
        listing=listing_of(entity, schemas),
        present=_present(blueprint, entity),
        rights=_rights(entity),
        visible=visible,
        listed=listed,
        policies=(visible, *([listed] if listed else []), *policies_of(blueprint, entity, gates)),
        gates=gates,
        create=create_of(blueprint, entity),
        parents=parents,
        nested=nested_of(blueprint, entity, references, parents),
        rules=rules_of(blueprint, entity),
        transitions=transitions_of(blueprint, entity, enums),
        history=history_of(entity),
        toggles=toggles,
        computed=computed_of(blueprint, entity),
        tallies=tallies_of(blueprint, entity),
        soft_delete=entity.soft_delete,
        hidden=_hidden(entity),
        is_watched=bool(entity.notices) or watchers_of(blueprint) > 0,
        taken_along=_taken_along(blueprint, entity),
        is_tenant=is_tenant(blueprint, entity),
        is_membership=is_membership(blueprint, entity),
        anchor=_anchor(blueprint, entity, references),
        shown_in=any(relation.kind == "many_to_many" for _, relation in _pointing(blueprint).get(entity.name, ())),
    )


def _anchor(blueprint: Blueprint, entity: Entity, references: tuple[ReferenceView, ...]) -> ReferenceView | None:
    anchor = anchor_of(blueprint, entity)
    return next((reference for reference in references if anchor and reference.relation == anchor.name), None)


def _doc(entity: Entity, names: EntityNames) -> str:
    if entity.kind == "user":
        return "An account."
    said = shortened(entity.description, 100).rstrip(".")
    return f"{said}." if said else f"{names.article.capitalize()}."


def _hidden(entity: Entity) -> tuple[str, ...]:
    """Attributes whose values nobody gets to see."""
    account = ("password_hash",) if entity.kind == "user" else ()
    secret = (f for f in entity.fields if f.write_only and not is_account_field(entity, f))
    return (*account, *(naming.attribute(field.name) for field in secret))


def _listed(blueprint: Blueprint, entity: Entity, visible: ConditionView) -> ConditionView | None:
    """Rows that lists show, where that differs from what may be read."""
    listed = condition_of(blueprint, entity, "list", "listed", "list")
    same = (listed.public, listed.authenticated, listed.roles, listed.conditions)
    return None if same == (visible.public, visible.authenticated, visible.roles, visible.conditions) else listed


def _rights(entity: Entity) -> tuple[str, ...]:
    """One item per operation, in words, for the head of the policy."""
    return tuple(wrapped(f"- {p.operation.replace(':', ' ')}: {describe(p)}", indent="  ") for p in entity.permissions)


def _present(blueprint: Blueprint, entity: Entity, inside: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Conditions under which a row is there at all: it is not deleted, nor is what it is a part of, all the way up."""
    dialect = dialect_of(blueprint)
    conditions = [dialect.is_there(entity)] if entity.soft_delete else []
    path = (*inside, entity.name)
    for relation in entity.relations:
        if relation.on_delete != "cascade" or relation.kind == "many_to_many" or relation.target in path:
            continue
        target = blueprint.entities_by_name[relation.target]
        present = _present(blueprint, target, path)
        if present:
            conditions.append(dialect.hidden_with(entity, relation.key, target, present))
    return tuple(conditions)


def _taken_along(blueprint: Blueprint, entity: Entity) -> str:
    parts = [
        " ".join(naming.words(other.plural))
        for other, relation in _pointing(blueprint).get(entity.name, ())
        if relation.kind != "many_to_many" and relation.on_delete == "cascade"
    ]
    return shortened(f", and its {' and '.join(dict.fromkeys(parts))} with it", 80) if parts else ""


@of_blueprint
def _pointing(blueprint: Blueprint) -> dict[str, list[tuple[Entity, Relation]]]:
    """Relations by the entity that they point to, with the entity that holds them."""
    found: dict[str, list[tuple[Entity, Relation]]] = {}
    for entity in blueprint.entities:
        for relation in entity.relations:
            found.setdefault(relation.target, []).append((entity, relation))
    return found
