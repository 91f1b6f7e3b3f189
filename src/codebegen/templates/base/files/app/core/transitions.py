"""State machines: which move leads where."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from app.core.errors import Conflict

State = TypeVar("State", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Transition(Generic[State]):
    """A move between states."""

    sources: frozenset[State]
    target: State

    def from_state(self, current: State) -> State:
        """Return the new state, or refuse a move that is not allowed from the current one."""
        if current not in self.sources:
            raise Conflict(f"This is not possible in the state {current.value}.")
        return self.target
