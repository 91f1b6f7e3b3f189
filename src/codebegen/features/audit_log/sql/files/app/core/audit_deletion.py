"""What a deletion takes along: the database deletes parts, clears keys and shortens sets by itself.

It is read before the deletion, and locked, so that nothing else can come to it meanwhile.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

import sqlalchemy as sa

from app import models

Model = type[models.Entity]
Row = Mapping[str, Any]
Key = tuple[str, Any]
"""The attribute of a key, and its value."""


class Deletion:
    """Rows that are about to be deleted."""

    def __init__(self, connection: Callable[[], sa.Connection], known: Collection[Model]) -> None:
        """Begin with nothing; of what it takes along, the tables that are known count."""
        self._connection = connection
        self._known = known
        self._rows: dict[Model, dict[Any, Row]] = {}
        self._where: dict[Model, list[sa.ColumnElement[bool]]] = {}

    def add(self, model: Model, condition: sa.ColumnElement[bool]) -> None:
        """Add rows, and their parts."""
        attributes = [one for one in sa.inspect(model).column_attrs if isinstance(one.columns[0], sa.Column)]
        columns = [one.columns[0].label(one.key) for one in attributes]
        rows = sa.select(*columns).where(condition).order_by(model.id).with_for_update()
        found = {row["id"]: row for row in self._connection().execute(rows).mappings()}
        new = {row_id: row for row_id, row in found.items() if row_id not in self._rows.get(model, {})}
        self._rows.setdefault(model, {}).update(new)
        if new:
            self._where.setdefault(model, []).append(condition)
            for other, column in self._keys_to(model, "CASCADE"):
                self.add(other, column.in_(sa.select(model.id).where(condition).correlate(None)))

    def rows(self) -> Iterator[tuple[Model, Row]]:
        """Yield what is deleted, parts after what they are parts of."""
        for model, rows in self._rows.items():
            for row in rows.values():
                yield model, row

    def cleared(self) -> Iterator[tuple[Model, Any, Key]]:
        """Yield the rows that stay and lose a key."""
        for model in self._where:
            for other, column in self._keys_to(model, "SET NULL"):
                lost = column.in_(self._ids(model))
                pointing = sa.select(other.id, column).where(lost).order_by(other.id).with_for_update()
                attribute = sa.inspect(other).get_property_by_column(column).key
                for row_id, value in self._connection().execute(pointing):
                    if row_id not in self._rows.get(other, {}):
                        yield other, row_id, (attribute, value)

    def sets(self) -> Iterator[tuple[Model, Any, str, list[Any], list[Any]]]:
        """Yield the rows that stay and lose members of a set: what is in it before and after."""
        for model in self._where:
            for other in self._known:
                for relationship in sa.inspect(other).relationships:
                    if relationship.secondary is not None and relationship.mapper.class_ is model:
                        yield from self._shortened(other, relationship, model)

    def _shortened(
        self, model: Model, relationship: Any, target: Model
    ) -> Iterator[tuple[Model, Any, str, list[Any], list[Any]]]:
        """Yield how one set of the rows of a table changes."""
        [(_, left)], [(_, right)] = relationship.synchronize_pairs, relationship.secondary_synchronize_pairs
        losing = sa.select(left).where(right.in_(self._ids(target))).correlate(None)
        links = sa.select(left, right).where(left.in_(losing)).order_by(left, right)
        members: dict[Any, list[Any]] = {}
        for row_id, member in self._connection().execute(links):
            members.setdefault(row_id, []).append(member)
        for row_id, old in members.items():
            if row_id not in self._rows.get(model, {}):
                yield model, row_id, relationship.key, old, [one for one in old if one not in self._rows[target]]

    def _ids(self, model: Model) -> sa.Select[Any]:
        """Select the ids of what is deleted from one table."""
        return sa.select(model.id).where(sa.or_(*self._where[model])).correlate(None)

    def _keys_to(self, model: Model, rule: str) -> Iterator[tuple[Model, Any]]:
        """Yield the keys that point to a table and follow a rule when what they point to is deleted."""
        for other in self._known:
            for column in sa.inspect(other).local_table.columns:
                for key in column.foreign_keys:
                    if key.column.table is model.__table__ and key.ondelete == rule:
                        yield other, column
