"""The keys of an entity as clients see them, read from the contract."""

from dataclasses import dataclass
from typing import Literal

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.blueprint.relations import Relation

Source = Literal["token", "person", "account", "plain"]


@dataclass(frozen=True, slots=True)
class Key:
    """One key: `token` comes from the token, `person` from the caller's profile, `account` binds a profile."""

    relation: Relation
    target: Entity
    source: Source
    leads_to_owner: bool
    changeable: bool

    @property
    def name(self) -> str:
        """Its name in JSON."""
        return self.relation.key

    @property
    def written(self) -> bool:
        """Whether a body may hold it at all."""
        return self.source != "token" and not self.relation.read_only


@dataclass(frozen=True, slots=True)
class Many:
    """One many-to-many set."""

    relation: Relation
    target: Entity

    @property
    def name(self) -> str:
        """What is read."""
        return self.relation.name

    @property
    def key(self) -> str:
        """What is written."""
        return f"{naming.singular(self.relation.name)}_ids"


def keys_of(blueprint: Blueprint, entity: Entity) -> tuple[Key, ...]:
    """Every key, in the blueprint's order."""
    return tuple(_key(blueprint, entity, r) for r in entity.relations if r.kind != "many_to_many")


def many_of(blueprint: Blueprint, entity: Entity) -> tuple[Many, ...]:
    """Every many-to-many set that the entity writes."""
    return tuple(
        Many(r, blueprint.entities_by_name[r.target])
        for r in entity.relations
        if r.kind == "many_to_many" and not r.read_only
    )


def _key(blueprint: Blueprint, entity: Entity, relation: Relation) -> Key:
    target = blueprint.entities_by_name[relation.target]
    first = (entity.owner or "").split(".")[0] == relation.name and blueprint.has_accounts
    source: Source = "plain"
    if first and entity.kind == "profile":
        source = "account"
    elif first and target.kind == "user":
        source = "token"
    elif first and target.kind == "profile":
        source = "person"
    fixed = first and source != "account"
    changeable = source != "token" and not fixed and not relation.immutable and not relation.read_only
    return Key(relation, target, source, first, changeable)
