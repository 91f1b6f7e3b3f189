"""Operations as callers try them, and the statuses that they get."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.kit import database
from tests.kit.callers import Body
from tests.kit.people import People

SUCCESS = 300


@dataclass(frozen=True)
class Right:
    """An operation: a method, and what follows a row's path; the statuses are by caller.

    The row is made with what is given, and goes through some moves first.
    """

    request: str
    statuses: dict[str, int]
    body: object = None
    given: Body = field(default_factory=dict)
    moves: tuple[str, ...] = ()


async def tried(people: People, right: Right, make: Callable[[], Awaitable[str]]) -> dict[str, int]:
    """Let every caller try, those who are refused first; whoever changes a row has one of their own."""
    found = {}
    method, _, suffix = right.request.partition(" ")
    path = await _prepared(people, right, make)
    for name, status in sorted(right.statuses.items(), key=lambda item: -item[1]):
        response = await people[name].send(method, path + suffix, right.body)
        found[name] = response.status_code
        if response.status_code < SUCCESS and (method in ("DELETE", "POST") or status >= SUCCESS):
            await database.clear()
            people.forget()
            path = await _prepared(people, right, make)
    return {name: found[name] for name in right.statuses}


async def _prepared(people: People, right: Right, make: Callable[[], Awaitable[str]]) -> str:
    """Return the path of a row that the operation is possible for."""
    path = await make()
    for move in right.moves:
        await people.admin.act(f"{path}/{move}")
    return path
