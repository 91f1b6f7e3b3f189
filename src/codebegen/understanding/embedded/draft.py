"""The draft: what the resolver fills and the builder freezes. The one mutable thing of the engine.

And private to it.
"""

from dataclasses import dataclass, field

from codebegen.blueprint import Provenance
from codebegen.blueprint.model import EntityKind
from codebegen.blueprint.relations import RelationKind
from codebegen.understanding.embedded.facts import Right
from codebegen.understanding.embedded.item import Item


@dataclass
class DraftField:
    """A field, with the items that spoke of it, the first leading."""

    name: str
    item: Item
    provenance: Provenance
    defined: bool = False


@dataclass
class DraftRelation:
    """A relation of the entity that holds the key."""

    name: str
    target: str
    kind: RelationKind
    provenance: Provenance
    optional: bool = False
    contained: bool = False
    creator: bool = False


@dataclass
class DraftEntity:
    """One entity; `key` is its singular snake_case name."""

    key: str
    provenance: Provenance
    kind: EntityKind = "normal"
    fields: dict[str, DraftField] = field(default_factory=dict)
    relations: list[DraftRelation] = field(default_factory=list)
    unique: list[tuple[tuple[str, ...], Provenance]] = field(default_factory=list)
    toggles: dict[str, Provenance] = field(default_factory=dict)
    owner: str | None = None
    soft_delete: bool = False

    def relation(self, name: str) -> DraftRelation | None:
        """The relation of this name."""
        return next((r for r in self.relations if r.name == name), None)

    def to(self, target: str) -> list[DraftRelation]:
        """The relations that lead to an entity."""
        return [r for r in self.relations if r.target == target]


@dataclass
class Draft:
    """Everything on its way to a blueprint."""

    entities: dict[str, DraftEntity] = field(default_factory=dict)
    roles: dict[str, Provenance] = field(default_factory=dict)
    rights: list[Right] = field(default_factory=list)
