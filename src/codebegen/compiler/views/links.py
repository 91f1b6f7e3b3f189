"""Link tables: many-to-many sets without data, and toggles. No two tables, and no module of models, share a name."""

from collections.abc import Iterator
from dataclasses import dataclass

from codebegen import naming
from codebegen.blueprint.model import Blueprint, Entity
from codebegen.compiler.memo import of_blueprint
from codebegen.compiler.views.ids import ids_of
from codebegen.compiler.views.tables import OWN_TABLES, table_name

_LENGTH = 60
_Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class LinkTableView:
    """A many-to-many without data, or a toggle: two keys that are one primary key."""

    name: str
    variable: str
    left: str
    left_table: str
    left_column: str
    right: str
    right_table: str
    right_column: str


def set_link(blueprint: Blueprint, entity: Entity, relation: str, target: Entity) -> LinkTableView:
    """The table behind a many-to-many set."""
    left, right = f"{naming.snake(entity.name)}_id", f"{naming.snake(target.name)}_id"
    if left == right:
        right = f"other_{right}"
    name = _names(blueprint)[entity.name, "set", relation]
    return _between(name, (left, entity), (right, target))


def toggle_link(blueprint: Blueprint, entity: Entity, toggle: str) -> LinkTableView:
    """The table that keeps who has switched a toggle on."""
    own = "target_id" if entity.kind == "user" else f"{naming.snake(entity.name)}_id"
    name = _names(blueprint)[entity.name, "toggle", toggle]
    return _between(name, (own, entity), ("user_id", blueprint.entities_by_name["User"]))


def _between(name: str, left: tuple[str, Entity], right: tuple[str, Entity]) -> LinkTableView:
    """A table of two keys, each with what it points to."""
    (left_key, left_of), (right_key, right_of) = left, right
    return LinkTableView(
        name=name,
        variable=name,
        left=left_key,
        left_table=table_name(left_of),
        left_column=ids_of(left_of).column,
        right=right_key,
        right_table=table_name(right_of),
        right_column=ids_of(right_of).column,
    )


@of_blueprint
def _names(blueprint: Blueprint) -> dict[_Key, str]:
    """Table names of all sets and toggles; what comes second gives way."""
    taken = {table_name(entity) for entity in blueprint.entities} | set(OWN_TABLES)
    taken |= {naming.module_name(entity.name) for entity in blueprint.entities}
    names: dict[_Key, str] = {}
    for key, wish in _wishes(blueprint):
        name, number = wish[:_LENGTH], 1
        while name in taken:
            number += 1
            name = f"{wish[: _LENGTH - 8]}_links" + (f"_{number}" if number > 2 else "")
        taken.add(name)
        names[key] = name
    return names


def _wishes(blueprint: Blueprint) -> Iterator[tuple[_Key, str]]:
    for entity in blueprint.entities:
        start = naming.snake(entity.name)
        for relation in entity.relations:
            if relation.kind == "many_to_many":
                yield (entity.name, "set", relation.name), f"{start}_{relation.name}"
        for action in entity.actions:
            if action.kind == "toggle":
                yield (entity.name, "toggle", action.name), f"{start}_{naming.plural(action.name)}"
