"""Metrics of the connections to the database."""

from prometheus_client import Gauge
from pymongo.monitoring import (
    ConnectionCheckedInEvent,
    ConnectionCheckedOutEvent,
    ConnectionCheckOutFailedEvent,
    ConnectionCheckOutStartedEvent,
    ConnectionClosedEvent,
    ConnectionCreatedEvent,
    ConnectionPoolListener,
    ConnectionReadyEvent,
    PoolClearedEvent,
    PoolClosedEvent,
    PoolCreatedEvent,
    PoolReadyEvent,
)

from app.core.config import get_settings

SIZE = Gauge("db_pool_size", "Connections that there may be.", ["pool"])
IN_USE = Gauge("db_pool_connections_in_use", "Connections that are in use.", ["pool"])


class PoolMetrics(ConnectionPoolListener):
    """Counts the connections that are out of the pool of a server."""

    def pool_created(self, event: PoolCreatedEvent) -> None:
        """Note how many connections there may be."""
        SIZE.labels(_pool(event.address)).set(get_settings().database_pool_size)
        IN_USE.labels(_pool(event.address))

    def connection_checked_out(self, event: ConnectionCheckedOutEvent) -> None:
        """Count one more."""
        IN_USE.labels(_pool(event.address)).inc()

    def connection_checked_in(self, event: ConnectionCheckedInEvent) -> None:
        """Count one less."""
        IN_USE.labels(_pool(event.address)).dec()

    def pool_ready(self, event: PoolReadyEvent) -> None:
        """Is of no interest, as all that follows."""

    def pool_cleared(self, event: PoolClearedEvent) -> None:
        """See above."""

    def pool_closed(self, event: PoolClosedEvent) -> None:
        """See above."""

    def connection_created(self, event: ConnectionCreatedEvent) -> None:
        """See above."""

    def connection_ready(self, event: ConnectionReadyEvent) -> None:
        """See above."""

    def connection_closed(self, event: ConnectionClosedEvent) -> None:
        """See above."""

    def connection_check_out_started(self, event: ConnectionCheckOutStartedEvent) -> None:
        """See above."""

    def connection_check_out_failed(self, event: ConnectionCheckOutFailedEvent) -> None:
        """See above."""


def _pool(address: tuple[str, int | None]) -> str:
    """Return what the pool of a server is called."""
    return f"{address[0]}:{address[1]}"
