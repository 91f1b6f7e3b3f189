"""Requests that come at the same time."""

import asyncio

from tests.kit.callers import Body, Caller


async def together(caller: Caller, path: str, bodies: list[Body]) -> list[int]:
    """Post all bodies at once, and return the statuses in ascending order."""
    answers = await asyncio.gather(*(caller.post(path, body) for body in bodies))
    return sorted(answer.status_code for answer in answers)
