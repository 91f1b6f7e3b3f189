"""What a request asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from pymongo.asynchronous.pool import AsyncConnection


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the commands that are sent in the block."""
    seen: list[str] = []
    send = AsyncConnection.command

    async def note(self: AsyncConnection, dbname: str, spec: dict[str, object], *more: object, **options: object) -> object:
        seen.append(str(next(iter(spec))))
        return await send(self, dbname, spec, *more, **options)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(AsyncConnection, "command", note)
        yield seen
