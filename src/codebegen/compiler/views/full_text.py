"""Whose texts are searched as words, and in which columns."""

from collections.abc import Iterator
from dataclasses import dataclass

from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.views.entity import EntityView
from codebegen.compiler.views.names import EntityNames

RELEVANCE = "relevance"
"""What lists are sorted by where they are searched."""
_ROOM = 20
"""Characters that a sentence needs."""


@dataclass(frozen=True, slots=True)
class SearchedView:
    """An entity with the columns that are searched, what it is called first.

    It is `ranked` unless it has a field of that name; `free` is a column that takes any sentence, if there is one.
    """

    names: EntityNames
    columns: tuple[str, ...]
    ranked: bool
    free: str


def searched_of(blueprint: Blueprint, entities: list[EntityView]) -> tuple[SearchedView, ...]:
    """Every entity that has texts, but accounts: these are found by any part of their address."""
    return tuple(
        SearchedView(view.names, columns, RELEVANCE not in view.schemas.sort, next(_free(entity, columns), ""))
        for entity, view in zip(blueprint.entities, entities, strict=True)
        if view.kind != "user" and (columns := _columns(view))
    )


def _columns(view: EntityView) -> tuple[str, ...]:
    named = {column.attribute: column.name for column in view.table.columns}
    first = view.display.attribute if view.display else ""
    return tuple(named[attribute] for attribute in sorted(view.listing.search, key=lambda one: one != first))


def _free(entity: Entity, columns: tuple[str, ...]) -> Iterator[str]:
    fields = (entity.fields_by_name[name] for name in columns)
    texts = (field for field in fields if field.type in ("string", "text") and field.pattern is None)
    return (field.name for field in texts if (field.length or _ROOM) >= _ROOM)
