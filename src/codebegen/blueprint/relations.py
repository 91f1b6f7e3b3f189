"""Relations: what one row points to."""

from typing import Literal

from codebegen.blueprint.node import Element, EntityName, Name

RelationKind = Literal["many_to_one", "one_to_one", "many_to_many"]
OnDelete = Literal["cascade", "restrict", "set_null"]


class Relation(Element):
    """Stands on the entity that holds the key; a many-to-many stands on the side that writes `<singular>_ids`.

    `name` is singular for a key (`author` → `author_id`) and plural for a many-to-many (`tags` → `tag_ids`).
    `inverse` is the plural name under which the target sees these rows. `on_delete` says what happens to this row
    when its target goes; a required relation of a contained child cascades, an optional one is set to null.
    """

    name: Name
    kind: RelationKind
    target: EntityName
    inverse: Name | None = None
    required: bool = True
    on_delete: OnDelete | None = None
    through: EntityName | None = None
    ordered: bool = False
    immutable: bool = False
    read_only: bool = False
    description: str = ""

    @property
    def unique(self) -> bool:
        """Whether a target is pointed to at most once."""
        return self.kind == "one_to_one"

    @property
    def key(self) -> str:
        """The natural name of the key in JSON and SQL: `author_id`."""
        return f"{self.name}_id"
