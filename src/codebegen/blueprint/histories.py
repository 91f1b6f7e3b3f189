"""Where the history of an entity stands among everything else."""

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity

SEGMENT = "history"
"""Where it is read, below a row."""


def history_name(entity: Entity) -> str:
    """What a row of the history is called, as entities are."""
    return f"{entity.name}History"


def place_taken_by(blueprint: Blueprint, entity: Entity) -> str | None:
    """An entity that has the name or the path that the history of another would have."""
    for other in blueprint.entities:
        below = any(
            relation.target == entity.name and naming.kebab(relation.inverse or other.plural) == SEGMENT
            for relation in other.relations
        )
        if below or other.name == history_name(entity):
            return other.name
    return None
