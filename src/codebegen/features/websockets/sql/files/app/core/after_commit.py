"""What is told when a transaction is over, and not at all where it is rolled back."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa


@dataclass
class Held:
    """What is to be told of the transaction of one connection, how much of it before each savepoint, what is sure."""

    messages: list[str] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    sure: list[str] = field(default_factory=list)


class Telling:
    """Tells what was held, once it is in the database for all to see: when its connection is given back."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        """Tell it so."""
        self._tell = tell

    def hold(self, connection: sa.Connection, message: str) -> None:
        """Keep a message until the transaction of a connection is over."""
        self._held(connection).messages.append(message)

    def start(self, engine: sa.Engine) -> None:
        """Listen to the connections of an engine."""
        for name, handle in self._handlers():
            sa.event.listen(engine, name, handle)

    def stop(self, engine: sa.Engine) -> None:
        """Listen no more."""
        for name, handle in self._handlers():
            sa.event.remove(engine, name, handle)

    def _handlers(self) -> Iterator[tuple[str, Callable[..., None]]]:
        """Yield what is listened to."""
        yield "savepoint", self._mark
        yield "rollback_savepoint", self._go_back
        yield "release_savepoint", self._go_on
        yield "commit", self._be_sure
        yield "rollback", self._forget
        yield "checkin", self._end

    def _held(self, connection: sa.Connection) -> Held:
        """Return what is held for a connection."""
        held: Held = connection.info.setdefault(self, Held())
        return held

    def _mark(self, connection: sa.Connection, _name: str) -> None:
        """Note what was held before a savepoint."""
        held = self._held(connection)
        held.marks.append(len(held.messages))

    def _go_back(self, connection: sa.Connection, _name: str, _context: None) -> None:
        """Forget what was held after the last savepoint."""
        held = self._held(connection)
        del held.messages[held.marks.pop() :]

    def _go_on(self, connection: sa.Connection, _name: str, _context: None) -> None:
        """Keep what was held after the last savepoint."""
        self._held(connection).marks.pop()

    def _be_sure(self, connection: sa.Connection) -> None:
        """Note that the transaction is about to be committed."""
        held = self._held(connection)
        held.sure += held.messages
        held.messages = []

    def _forget(self, connection: sa.Connection) -> None:
        """Forget what did not happen."""
        self._held(connection).messages = []

    def _end(self, _connection: object, record: Any) -> None:
        """Tell what happened."""
        held: Held = record.info.pop(self, Held())
        for message in held.sure:
            self._tell(message)
