"""Serving the numbers to Prometheus, for a scrape: the file is read anew for each."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from catalog.errors import Failure
from operations.metrics.exposition import read_numbers, registry_of


class _File(Collector):
    """Gives the numbers that the file holds when it is asked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def describe(self) -> Iterable[Metric]:
        """Nothing: what there is may change from one scrape to the next."""
        return ()

    def collect(self) -> Iterable[Metric]:
        """What is in the file now."""
        return registry_of(read_numbers(self._path)).collect()


@contextmanager
def served(path: Path, host: str, port: int) -> Iterator[Thread]:
    """The file's numbers, served over HTTP while inside, and the thread that does so.

    Raises Failure if the address cannot be had.
    """
    registry = CollectorRegistry()
    registry.register(_File(path))
    try:
        server, thread = start_http_server(port, host, registry)
    except OSError as error:
        raise Failure(f"nothing can be served at {host}:{port}", why=error.strerror or str(error)) from None
    try:
        yield thread
    finally:
        server.shutdown()
        server.server_close()
