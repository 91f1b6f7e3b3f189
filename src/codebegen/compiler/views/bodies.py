"""What the body of a compound action says: what the new row needs that no step says, and which row is meant."""

from dataclasses import dataclass, replace

from codebegen import naming
from codebegen.blueprint.behaviour import CompoundAction
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.steps import CreateStep
from codebegen.compiler.views.enums import enums_of
from codebegen.compiler.views.ids import ids_of
from codebegen.compiler.views.names import names_of
from codebegen.compiler.views.references import ReferenceView, references_of
from codebegen.compiler.views.schemas import MemberView, SchemasView, schemas_of


@dataclass(frozen=True, slots=True)
class Body:
    """Members of a body; `spelled` are the attributes of the new row that they fill, `references` the keys of them."""

    members: tuple[MemberView, ...] = ()
    spelled: tuple[str, ...] = ()
    references: tuple[ReferenceView, ...] = ()


def body_of(blueprint: Blueprint, entity: Entity, action: CompoundAction) -> Body:
    """The body of an action; empty where everything is known."""
    step = next((step for step in action.steps if isinstance(step, CreateStep)), None)
    start = _start(blueprint, entity, action)
    if step is None:
        return Body(start)
    target = blueprint.entities_by_name[step.entity]
    schemas = schemas_of(blueprint, target, enums_of(blueprint, target))
    given = {value.name for value in step.values}
    fields = {naming.attribute(field.name) for field in target.fields if field.name not in given}
    known = {member.attribute: member for member in (*schemas.fields, *(key.member for key in schemas.keys))}
    keys = [
        key
        for key in references_of(blueprint, target)
        if key.role == "plain" and key.written and key.relation not in given and _is_asked(action, key, entity)
    ]
    names = [member.attribute for member in schemas.fields if member.attribute in fields]
    names += [key.attribute for key in keys]
    members = tuple(_elsewhere(known[name], schemas, names_of(target).module) for name in names)
    return Body((*start, *members), tuple(names), tuple(keys))


def _is_asked(action: CompoundAction, key: ReferenceView, entity: Entity) -> bool:
    """Whether a body says what a key points to: not where a step makes it, nor where it is another tenant's affair."""
    made = {step.entity for step in action.steps if isinstance(step, CreateStep)}
    wanted = key.target.cls not in {naming.class_name(name) for name in (*made, entity.name)}
    return wanted and (key.required or key.same_tenant is None)


def _start(blueprint: Blueprint, entity: Entity, action: CompoundAction) -> tuple[MemberView, ...]:
    """The key of the row that it starts from, where the path does not say it; one's own need not be named."""
    if "{id}" in action.path or entity.kind == "user":
        return ()
    kind = ids_of(entity).body
    if entity.owner is None or not blueprint.has_accounts:
        return (MemberView(f"{naming.snake(entity.name)}_id", kind, None),)
    return (MemberView(f"{naming.snake(entity.name)}_id", f"{kind} | None", "None"),)


def _elsewhere(member: MemberView, schemas: SchemasView, module: str) -> MemberView:
    """A member as another module spells it: types with a name stand in the schemas of their entity."""
    name = member.annotation.partition(" ")[0]
    known = {value.name for value in schemas.values}
    return replace(member, annotation=f"{module}.{member.annotation}") if name in known else member
