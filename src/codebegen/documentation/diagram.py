"""The blueprint as a Mermaid entity-relationship diagram, which code hosts draw."""

from codebegen.blueprint import Blueprint, Entity, Field, Relation


def er_diagram(blueprint: Blueprint) -> str:
    """The body of a ```mermaid block: entities with their fields, then relations."""
    lines = ["erDiagram"]
    for entity in blueprint.entities:
        lines += _entity(entity)
    for entity in blueprint.entities:
        lines += [_relation(entity, relation) for relation in entity.relations]
    return "\n".join(lines)


def _entity(entity: Entity) -> list[str]:
    keys = [f"        {entity.id_type} id PK"]
    keys += [f"        {entity.id_type} {r.key} FK" for r in entity.relations if r.kind != "many_to_many"]
    return [f"    {entity.name} {{", *keys, *map(_field, entity.fields), "    }"]


def _field(field: Field) -> str:
    return f"        {field.type} {field.name}{' UK' if field.unique else ''}"


def _relation(entity: Entity, relation: Relation) -> str:
    if relation.kind == "many_to_many":
        ends = "}o--o{"
    else:
        many = "|o" if relation.kind == "one_to_one" else "}o"
        ends = f"{many}--{'||' if relation.required else 'o|'}"
    return f"    {entity.name} {ends} {relation.target} : {relation.name}"
