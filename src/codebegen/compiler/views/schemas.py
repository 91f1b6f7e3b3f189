"""Bodies and queries of one entity: which names, of which types, in create, update, read and list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from codebegen import naming
from codebegen.blueprint.fields import MOMENT_TYPES, NUMBER_TYPES, Field
from codebegen.blueprint.lookup import is_account_field
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation
from codebegen.compiler.literals import python
from codebegen.compiler.views.computed import is_computable
from codebegen.compiler.views.enums import EnumView
from codebegen.compiler.views.ids import ids_of
from codebegen.compiler.views.tables import default_of
from codebegen.compiler.views.types import types_of

_LIST_PARAMETERS = frozenset({"limit", "offset", "sort", "q"})


@dataclass(frozen=True, slots=True)
class ValueView:
    """A constrained type with a name: `TitleValue = Annotated[types.Text, Field(max_length=200)]`."""

    name: str
    spelling: str


@dataclass(frozen=True, slots=True)
class MemberView:
    """One member of a body or query: `attribute: annotation = default`, and its name in JSON where that differs."""

    attribute: str
    annotation: str
    default: str | None
    alias: str | None = None
    factory: str | None = None

    @property
    def declaration(self) -> str:
        """The line of a class body."""
        start = f"{self.attribute}: {self.annotation}"
        default = "" if self.default is None else f"default={self.default}, "
        if self.factory is not None:
            default = f"default_factory={self.factory}, "
        elif self.alias is None:
            return start if self.default is None else f"{start} = {self.default}"
        alias = "" if self.alias is None else f"alias={python(self.alias)}"
        return f"{start} = Field({(default + alias).removesuffix(', ')})"


@dataclass(frozen=True, slots=True)
class SchemasView:
    """All members of all bodies of an entity, in reading order."""

    values: tuple[ValueView, ...]
    fields: tuple[MemberView, ...]
    keys: tuple["KeyMemberView", ...]
    many: tuple["KeyMemberView", ...]
    update: tuple[MemberView, ...]
    read: tuple[MemberView, ...]
    query: tuple[MemberView, ...]
    sort: tuple[str, ...]

    def in_one_module(self, prefix: str) -> "SchemasView":
        """The same where the bodies of all entities stand in one module: what is named gets a prefix."""
        named = {value.name: f"{prefix}{value.name}" for value in self.values}

        def spelled(member: MemberView) -> MemberView:
            words = re.split(r"\b", member.annotation.replace("short.", ""))
            return replace(member, annotation="".join(named.get(word, word) for word in words))

        return replace(
            self,
            values=tuple(ValueView(named[value.name], value.spelling) for value in self.values),
            fields=tuple(map(spelled, self.fields)),
            update=tuple(map(spelled, self.update)),
            read=tuple(map(spelled, self.read)),
            query=tuple(map(spelled, self.query)),
        )


@dataclass(frozen=True, slots=True)
class KeyMemberView:
    """A reference in the bodies that create: left out where the path says it."""

    relation: str
    member: MemberView


def schemas_of(blueprint: Blueprint, entity: Entity, enums: dict[str, EnumView]) -> SchemasView:
    """The bodies of one entity."""
    shown = [field for field in entity.fields if not is_account_field(entity, field)]
    spellings = {field.name: _spelling(field, enums) for field in shown}
    values = tuple(ValueView(name, text) for name, text in spellings.values() if name != text)
    written = [field for field in shown if not field.read_only]
    return SchemasView(
        values=values,
        fields=tuple(_create(field, spellings[field.name][0], enums.get(field.name)) for field in written),
        keys=tuple(KeyMemberView(r.name, _create_key(blueprint, entity, r)) for r in written_keys(blueprint, entity)),
        many=tuple(KeyMemberView(r.name, _create_many(blueprint, r)) for r in _sets(entity)),
        update=_updates(blueprint, entity, written, spellings),
        read=_reads(blueprint, entity, shown, spellings, enums),
        query=_query(blueprint, entity, shown, enums),
        sort=(
            "id",
            "created_at",
            "updated_at",
            *(f.name for f in shown if f.is_sortable),
            *_computed(blueprint, entity),
        ),
    )


def written_keys(blueprint: Blueprint, entity: Entity) -> list[Relation]:
    """Keys that a client may send at all; the account that owns a row comes from the token."""
    keys = [r for r in entity.relations if r.kind != "many_to_many" and not r.read_only]
    if not blueprint.has_accounts:
        return keys
    return [r for r in keys if not (r.target == "User" and entity.owner == r.name and entity.kind != "profile")]


def owner_key(blueprint: Blueprint, entity: Entity) -> Relation | None:
    """The key that says whose a new row is: to the account, or to a person that the caller is."""
    relation = entity.relations_by_name.get((entity.owner or "").split(".")[0])
    if relation is None or not blueprint.has_accounts:
        return None
    target = blueprint.entities_by_name[relation.target]
    return relation if target.kind in ("user", "profile") else None


def chosen_by_administrators(blueprint: Blueprint, entity: Entity, relation: Relation) -> bool:
    """Whether a key is filled from the caller, and only administrators choose another."""
    return owner_key(blueprint, entity) is relation


def query_name(name: str) -> str:
    """The parameter that filters by a field."""
    return f"{name}_is" if name in _LIST_PARAMETERS else name


def _alias(name: str) -> str | None:
    return name if naming.attribute(name) != name else None


def _spelling(field: Field, enums: dict[str, EnumView]) -> tuple[str, str]:
    """What a body calls the type of a field, and how that is made."""
    enum = enums.get(field.name)
    spelling = types_of(field, enum.name if enum else "").body
    return (f"{naming.pascal(field.name)}Value" if spelling.startswith("Annotated[") else spelling), spelling


def _create(field: Field, spelling: str, enum: EnumView | None) -> MemberView:
    annotation, default = spelling, default_of(field, enum)
    if field.nullable:
        annotation, default = f"{spelling} | None", "None"
    elif default is not None and enum is not None:
        default = f"models.{default}"
    elif default is not None and default.startswith("types."):
        return MemberView(naming.attribute(field.name), annotation, None, _alias(field.name), factory=default)
    return MemberView(naming.attribute(field.name), annotation, default, _alias(field.name))


def _create_key(blueprint: Blueprint, entity: Entity, relation: Relation) -> MemberView:
    name, key = naming.attribute(relation.key), ids_of(blueprint.entities_by_name[relation.target]).body
    if chosen_by_administrators(blueprint, entity, relation):
        optional = "" if relation.required else " | None"
        return MemberView(name, f"{key} | MISSING{optional}", "MISSING")
    if relation.required:
        return MemberView(name, key, None)
    return MemberView(name, f"{key} | None", "None")


def many_key(relation: Relation) -> str:
    """`tags` → `tag_ids`."""
    return f"{naming.singular(relation.name)}_ids"


def _sets(entity: Entity) -> list[Relation]:
    return [relation for relation in entity.relations if relation.kind == "many_to_many"]


def _create_many(blueprint: Blueprint, relation: Relation) -> MemberView:
    return MemberView(many_key(relation), ids_of(blueprint.entities_by_name[relation.target]).many, "()")


def _updates(
    blueprint: Blueprint, entity: Entity, written: list[Field], spellings: dict[str, tuple[str, str]]
) -> tuple[MemberView, ...]:
    members = [
        MemberView(
            naming.attribute(field.name),
            f"{spellings[field.name][0]} | MISSING{' | None' if field.nullable else ''}",
            "MISSING",
            _alias(field.name),
        )
        for field in written
        if not field.immutable
    ]
    for relation in written_keys(blueprint, entity):
        if relation.immutable or is_fixed(blueprint, entity, relation):
            continue
        optional = "" if relation.required else " | None"
        key = ids_of(blueprint.entities_by_name[relation.target]).body
        members.append(MemberView(naming.attribute(relation.key), f"{key} | MISSING{optional}", "MISSING"))
    sets = (_create_many(blueprint, relation) for relation in _sets(entity))
    return (*members, *(MemberView(one.attribute, f"{one.annotation} | MISSING", "MISSING") for one in sets))


def is_fixed(blueprint: Blueprint, entity: Entity, relation: Relation) -> bool:
    """Whether a key never changes: whose a row is, and what it is a part of, is decided once."""
    if entity.kind == "profile" and relation.name == "user":
        return False
    return blueprint.has_accounts and (entity.owner or "").split(".")[0] == relation.name


def _reads(
    blueprint: Blueprint,
    entity: Entity,
    shown: list[Field],
    spellings: dict[str, tuple[str, str]],
    enums: dict[str, EnumView],
) -> tuple[MemberView, ...]:
    members = []
    for field in shown:
        if field.write_only:
            continue
        annotation = _read_annotation(field, spellings[field.name][0], enums)
        optional = " | None" if field.nullable else ""
        members.append(MemberView(naming.attribute(field.name), annotation + optional, None, _alias(field.name)))
    for relation in entity.relations:
        if relation.kind == "many_to_many":
            continue
        optional = "" if relation.required else " | None"
        key = ids_of(blueprint.entities_by_name[relation.target]).python
        members.append(MemberView(naming.attribute(relation.key), key + optional, None))
    for relation in entity.relations:
        if relation.kind == "many_to_many":
            shorts = f"list[short.{naming.class_name(relation.target)}Short]"
            members.append(MemberView(naming.attribute(relation.name), shorts, None, _alias(relation.name)))
    return tuple(members)


def _read_annotation(field: Field, spelling: str, enums: dict[str, EnumView]) -> str:
    """Answers are not checked again: they show plain types, but for those that are written in a form of their own."""
    enum = enums.get(field.name)
    if enum is not None:
        return f"models.{enum.name}"
    if field.type in ("decimal", "money"):
        return spelling
    if field.type == "time":
        return "types.TimeOfDay"
    return types_of(field, "").python


def _computed(blueprint: Blueprint, entity: Entity) -> list[str]:
    counts = [f"{action.name}_count" for action in entity.actions if action.kind == "toggle" and action.counted]
    return [*counts, *(computed.name for computed in entity.computed if is_computable(blueprint, entity, computed))]


def _query(
    blueprint: Blueprint, entity: Entity, shown: list[Field], enums: dict[str, EnumView]
) -> tuple[MemberView, ...]:
    stored = {field.name for field in shown}
    members = [m for field in shown if field.is_filterable for m in _filters(field, enums.get(field.name), stored)]
    for relation in entity.relations:
        if relation.kind != "many_to_many":
            key = ids_of(blueprint.entities_by_name[relation.target]).query
            members.append(MemberView(naming.attribute(relation.key), f"{key} | None", "None"))
    members += [
        MemberView(f"{name}_{end}", "types.DateTime | None", "None")
        for name in ("created_at", "updated_at")
        for end in ("min", "max")
        if f"{name}_{end}" not in stored
    ]
    return tuple(members)


def _filters(field: Field, enum: EnumView | None, stored: set[str]) -> Iterator[MemberView]:
    """The parameters of one field; where another field has such a name, the parameter is that field's."""
    spelling = types_of(field, enum.name if enum else "").query
    name = query_name(field.name)
    if name == field.name or name not in stored:
        yield MemberView(naming.attribute(name), f"{spelling} | None", "None", _alias(name))
    for end in ("min", "max") if is_ranged(field) else ():
        if f"{field.name}_{end}" not in stored:
            yield MemberView(f"{field.name}_{end}", f"{spelling} | None", "None")


def is_ranged(field: Field) -> bool:
    """Whether lists can be filtered by `_min` and `_max` of a field."""
    return field.type in NUMBER_TYPES | MOMENT_TYPES
