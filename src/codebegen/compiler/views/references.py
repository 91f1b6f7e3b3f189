"""Keys and many-to-many sets of one entity, with what a service does about them."""

from dataclasses import dataclass
from typing import Literal

from codebegen import naming
from codebegen.blueprint.expressions import Compare, FieldRef, Value
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.dialect import dialect_of
from codebegen.compiler.views.access import condition_of, create_of
from codebegen.compiler.views.links import LinkTableView, set_link
from codebegen.compiler.views.names import EntityNames, names_of
from codebegen.compiler.views.schemas import chosen_by_administrators, is_fixed, many_key, written_keys
from codebegen.compiler.views.tenancy import same_tenant

_ACTIVE = Compare(operator="==", left=FieldRef(path="is_active"), right=Value(value=True))
Role = Literal["plain", "account", "person", "profile"]


@dataclass(frozen=True, slots=True)
class ReferenceView:
    """One key, and where it comes from.

    `role`: `account` is filled with the caller, `person` with the caller's profile, `profile` is the key of a profile
    to its account; `plain` is sent by the client.
    """

    relation: str
    attribute: str
    name: str
    required: bool
    target: EntityNames
    target_kind: str
    role: Role
    written: bool
    changeable: bool
    visible_arguments: str
    same_tenant: str | None

    @property
    def annotation(self) -> str:
        """The key once it is known."""
        return self.target.ids.python if self.required else f"{self.target.ids.python} | None"

    @property
    def service_annotation(self) -> str:
        """What the service takes; where it finds the caller's own, nothing need be given."""
        if self.role == "plain":
            return self.annotation
        wanted = f"{self.target.ids.python} | MISSING"
        return wanted if self.required else f"{wanted} | None"

    @property
    def needs_actor(self) -> bool:
        """Whether a check of the key asks who is calling; anybody may refer to an account."""
        return self.target_kind != "user"

    @property
    def conditions(self) -> str:
        """All that a row must meet that this refers to, as further arguments."""
        return self.visible_arguments + (f", {self.same_tenant}" if self.same_tenant else "")


@dataclass(frozen=True, slots=True)
class ManyView:
    """One many-to-many set: `tags`, written as `tag_ids`, kept in a link table."""

    name: str
    attribute: str
    key: str
    target: EntityNames
    link: LinkTableView
    needs_actor: bool
    visible_arguments: str
    same_tenant: str | None

    @property
    def conditions(self) -> str:
        """All that rows must meet that this refers to, as further arguments."""
        return self.visible_arguments + (f", {self.same_tenant}" if self.same_tenant else "")


def references_of(blueprint: Blueprint, entity: Entity) -> tuple[ReferenceView, ...]:
    """All keys of an entity."""
    written = {relation.name for relation in written_keys(blueprint, entity)}
    views = []
    for relation in entity.relations:
        if relation.kind == "many_to_many":
            continue
        target = blueprint.entities_by_name[relation.target]
        role: Role = "plain"
        if chosen_by_administrators(blueprint, entity, relation):
            if entity.kind == "profile" and relation.name == "user":
                role = "profile"
            else:
                role = "account" if target.kind == "user" else "person"
        views.append(
            ReferenceView(
                relation=relation.name,
                attribute=naming.attribute(relation.key),
                name=relation.key,
                required=relation.required,
                target=names_of(target),
                target_kind=target.kind,
                role=role,
                written=relation.name in written,
                changeable=relation.name in written
                and not relation.immutable
                and not is_fixed(blueprint, entity, relation),
                visible_arguments=_visible_arguments(blueprint, entity, target),
                same_tenant=same_tenant(blueprint, entity, relation),
            )
        )
    return tuple(views)


def many_of(blueprint: Blueprint, entity: Entity) -> tuple[ManyView, ...]:
    """All many-to-many sets that an entity writes."""
    views = []
    for relation in entity.relations:
        if relation.kind == "many_to_many":
            target = blueprint.entities_by_name[relation.target]
            views.append(
                ManyView(
                    name=relation.name,
                    attribute=naming.attribute(relation.name),
                    key=many_key(relation),
                    target=names_of(target),
                    link=set_link(blueprint, entity, relation.name, target),
                    needs_actor=target.kind != "user",
                    visible_arguments=_visible_arguments(blueprint, entity, target),
                    same_tenant=same_tenant(blueprint, entity, relation),
                )
            )
    return tuple(views)


def _visible_arguments(blueprint: Blueprint, entity: Entity, target: Entity) -> str:
    """The conditions under which a caller may refer to a row of the target, as further arguments."""
    dialect = dialect_of(blueprint)
    if target.kind == "user":
        return f", {dialect.holds(blueprint, target, _ACTIVE)}"
    seen = condition_of(blueprint, target, "read", "visible", "")
    policy = "policy" if target.name == entity.name else f"{names_of(target).var}_policy"
    if seen.needs_account and create_of(blueprint, entity).public:
        return f", *({policy}.visible(actor) if actor else ({dialect.never},))"
    return f", *{policy}.visible(actor)"
