"""Whether two fields may be compared: both are numbers, or both are moments of one kind."""

from dataclasses import replace

from codebegen.blueprint.fields import NUMBER_TYPES, TEXT_TYPES
from codebegen.understanding.embedded.build_fields import kind_of
from codebegen.understanding.embedded.draft import Draft, DraftEntity, DraftField

_MOMENTS = frozenset(("date", "datetime", "time"))
"""None of these is compared with another."""


def are_comparable(draft: Draft, entity: DraftEntity, *paths: str) -> bool:
    """Whether both are of one kind; a text of which no type is told is a number where it is compared with one."""
    ends = [end for path in paths if (end := _end(draft, entity, path)) is not None]
    kinds = [kind_of(*end) for end in ends]
    number = next((kind for kind in kinds if kind in NUMBER_TYPES), None)
    for (field, _), kind in zip(ends, kinds, strict=True):
        if number is not None and kind == "string" and field.item.spec.type is None:
            field.item = replace(field.item, spec=replace(field.item.spec, type=number))
        elif number is not None and kind in TEXT_TYPES:
            return False
    return len(set(kinds) & _MOMENTS) <= 1


def _end(draft: Draft, entity: DraftEntity, path: str) -> tuple[DraftField, DraftEntity] | None:
    """The field that a path leads to, and whose it is."""
    way, _, name = path.rpartition(".")
    key = entity.relation(way) if way else None
    owner = entity if not way else draft.entities.get(key.target) if key is not None else None
    return (owner.fields[name], owner) if owner is not None and name in owner.fields else None
