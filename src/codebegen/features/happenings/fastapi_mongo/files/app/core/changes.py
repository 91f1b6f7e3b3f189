"""What is being written, for those who have to know of it."""

from collections.abc import AsyncIterator, Callable, Collection
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

_NOT_TOLD = frozenset({"updated_at", "row_version", "deleted_at"})
"""What changes with every change, or is no change but an end."""


@dataclass(frozen=True, slots=True)
class Change:
    """A document that is stored, changed or deleted."""

    row: Any
    is_new: bool = False
    is_removed: bool = False

    def new_values(self, attribute: str) -> Collection[Any]:
        """Return the value that an attribute was given, if it has another one now."""
        if self.is_removed:
            return ()
        if self.is_new:
            return (getattr(self.row, attribute),)
        return (self.row.changes[attribute],) if self._differs(attribute) else ()

    @property
    def is_gone(self) -> bool:
        """Tell whether the document is deleted, if only hidden."""
        return self.is_removed or any(self.new_values("deleted_at") if hasattr(self.row, "deleted_at") else ())

    @property
    def is_changed(self) -> bool:
        """Tell whether something of the document is different, and it is still there."""
        changed = any(self._differs(attribute) for attribute in self.row.changes if attribute not in _NOT_TOLD)
        return changed and not self.is_new and not self.is_gone

    def _differs(self, attribute: str) -> bool:
        """Tell whether an attribute has another value than before."""
        changes = self.row.changes
        return attribute in changes and bool(changes[attribute] != self.row.before[attribute])


Watcher = Callable[[Change], AbstractAsyncContextManager[None]]
"""Is entered before a change is made, and left when that is done, or has failed."""
WATCHERS: list[Watcher] = []


@asynccontextmanager
async def making(change: Change) -> AsyncIterator[None]:
    """Let everybody who watches know of a change that is made meanwhile."""
    async with AsyncExitStack() as stack:
        for watcher in WATCHERS:
            await stack.enter_async_context(watcher(change))
        yield
