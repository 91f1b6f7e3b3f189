"""What a request asks of the database."""

from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa

from app.core.database import autocommit_engine, engine


@contextmanager
def statements() -> Iterator[list[str]]:
    """Collect the statements that are executed in the block."""
    seen: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    engines = (engine.sync_engine, autocommit_engine.sync_engine)
    for one in engines:
        sa.event.listen(one, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        for one in engines:
            sa.event.remove(one, "before_cursor_execute", note)
