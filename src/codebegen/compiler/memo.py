"""Facts about a whole blueprint that every entity asks for: found once, kept for the blueprint asked of last."""

from collections.abc import Callable
from typing import Generic, TypeVar

from codebegen.blueprint.model import Blueprint

T = TypeVar("T")


class of_blueprint(Generic[T]):  # noqa: N801 - a decorator
    """Wraps a function of one blueprint; blueprints are frozen, so identity is enough (and equality is slow)."""

    def __init__(self, find: Callable[[Blueprint], T]) -> None:
        self._find = find
        self._last: tuple[Blueprint, T] | None = None

    def __call__(self, blueprint: Blueprint) -> T:
        """The fact, found anew where the blueprint is another one."""
        last = self._last
        if last is None or last[0] is not blueprint:
            last = self._last = (blueprint, self._find(blueprint))
        return last[1]
