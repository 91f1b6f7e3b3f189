"""The catalogue's values: domains, entities, fields, relations, all frozen."""

from dataclasses import dataclass
from typing import Literal

from codebegen.blueprint import Field, FieldType, Relation, inferred
from codebegen.blueprint.fields import Scalar
from codebegen.blueprint.model import Domain, EntityKind
from codebegen.blueprint.relations import RelationKind

Access = Literal["", "public", "private"]
"""`public`: anybody may browse it wherever it is found; `private`: it is its owner's; else nothing is known."""


@dataclass(frozen=True, slots=True)
class CatalogueField:
    """A field that is usual. `expected` marks what few would leave out; the bounds and `unique` say what is usual."""

    name: str
    type: FieldType
    expected: bool = False
    unique: bool = False
    low: int | None = None
    high: int | None = None
    values: tuple[str, ...] = ()
    default: Scalar | None = None
    unit: str | None = None
    item_type: FieldType | None = None

    def as_field(self, reason: str) -> Field:
        """The field of a blueprint: optional, not unique, unbounded. What was only inferred never rejects a request."""
        return Field(
            name=self.name,
            type=self.type,
            required=False,
            values=self.values,
            default=self.default,
            unit=self.unit,
            item_type=self.item_type,
            provenance=inferred(reason),
        )


@dataclass(frozen=True, slots=True)
class CatalogueRelation:
    """A relation that is usual; `target` is an entity of the same domain, of the common ones, or `User`."""

    name: str
    kind: RelationKind
    target: str

    def as_relation(self, target: str, reason: str) -> Relation:
        """The relation of a blueprint, to the entity that plays the part of `target` there."""
        return Relation(name=self.name, kind=self.kind, target=target, required=False, provenance=inferred(reason))


@dataclass(frozen=True, slots=True)
class CatalogueEntity:
    """An entity that is usual in `domain`. `core` entities make up the domain when nothing is said about it."""

    name: str
    domain: str
    aliases: tuple[str, ...] = ()
    kind: EntityKind = "normal"
    core: bool = False
    access: Access = ""
    owner: str | None = None
    fields: tuple[CatalogueField, ...] = ()
    relations: tuple[CatalogueRelation, ...] = ()


@dataclass(frozen=True, slots=True)
class CatalogueDomain:
    """A kind of backend. `accounts`: people log in to it as a matter of course."""

    key: str
    title: str
    mission: Domain
    accounts: bool
    cues: tuple[str, ...]
    entities: tuple[str, ...]
