"""Metrics of the connections to the database, read when they are asked for."""

from collections.abc import Iterable

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from sqlalchemy.pool import QueuePool

from app.core.database import autocommit_engine, engine

ENGINES = {"transactions": engine, "statements": autocommit_engine}


class PoolCollector(Collector):
    """Tells how many connections there may be, and how many are out of the pool."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Return the metrics of every pool as they are now."""
        size = GaugeMetricFamily("db_pool_size", "Connections that there may be.", labels=["pool"])
        used = GaugeMetricFamily("db_pool_connections_in_use", "Connections that are in use.", labels=["pool"])
        for name, one in ENGINES.items():
            if isinstance(one.pool, QueuePool):
                size.add_metric([name], one.pool.size())
                used.add_metric([name], one.pool.checkedout())
        return [size, used]
