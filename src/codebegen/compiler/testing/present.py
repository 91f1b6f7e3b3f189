"""What is there of what may be there."""

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def present(found: Iterable[T | None]) -> tuple[T, ...]:
    """Everything that is not None."""
    return tuple(one for one in found if one is not None)
