"""What can happen to a row, as a condition on the change that a session writes."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

import sqlalchemy as sa
from sqlalchemy import orm

_NOT_TOLD = frozenset({"updated_at", "row_version", "deleted_at"})
"""What changes with every change, or is no change but an end."""


@dataclass(frozen=True, slots=True)
class Change:
    """A row that a session has just written."""

    row: Any
    is_new: bool = False
    is_removed: bool = False

    def new_values(self, attribute: str) -> Collection[Any]:
        """Return the value that an attribute was given, if it has another one now."""
        history: orm.attributes.History = sa.inspect(self.row).attrs[attribute].history
        return () if self.is_removed else history.added or ()

    @property
    def is_gone(self) -> bool:
        """Tell whether the row is deleted, if only hidden."""
        return self.is_removed or any(self.new_values("deleted_at") if hasattr(self.row, "deleted_at") else ())

    @property
    def is_changed(self) -> bool:
        """Tell whether something of the row is different, and it is still there."""
        attributes = sa.inspect(self.row).attrs
        changed = any(item.history.has_changes() for item in attributes if item.key not in _NOT_TOLD)
        return changed and not self.is_new and not self.is_gone


def changes_of(session: orm.Session) -> Iterator[Change]:
    """Yield what a session has just written."""
    yield from (Change(row, is_new=True) for row in session.new)
    yield from (Change(row) for row in session.dirty)
    yield from (Change(row, is_removed=True) for row in session.deleted)


class Happening(Protocol):
    """Something that can happen."""

    def __call__(self, change: Change, /) -> bool:
        """Tell whether this change is it."""


@dataclass(frozen=True, slots=True)
class Created:
    """A row was made."""

    def __call__(self, change: Change) -> bool:
        """Tell whether this change is it."""
        return change.is_new


@dataclass(frozen=True, slots=True)
class Updated:
    """A row was changed."""

    def __call__(self, change: Change) -> bool:
        """Tell whether this change is it."""
        return change.is_changed


@dataclass(frozen=True, slots=True)
class Deleted:
    """A row was deleted, or hidden."""

    def __call__(self, change: Change) -> bool:
        """Tell whether this change is it."""
        return change.is_gone


@dataclass(frozen=True, slots=True)
class Restored:
    """A row that was hidden is there again."""

    def __call__(self, change: Change) -> bool:
        """Tell whether this change is it."""
        return not change.is_new and None in change.new_values("deleted_at")


@dataclass(frozen=True, slots=True)
class Becomes:
    """An attribute has got a value."""

    attribute: str
    value: object

    def __call__(self, change: Change) -> bool:
        """Tell whether this change is it."""
        return self.value in change.new_values(self.attribute)


@dataclass(frozen=True, slots=True)
class Due:
    """No change at all: its time comes."""

    def __call__(self, _change: Change) -> bool:
        """Tell that it is not this change, whatever it is."""
        return False


@dataclass(frozen=True, slots=True)
class Assigned:
    """A key points to somebody, or to somebody else."""

    attribute: str

    def __call__(self, change: Change) -> bool:
        """Tell whether this change is it."""
        return any(value is not None for value in change.new_values(self.attribute))
