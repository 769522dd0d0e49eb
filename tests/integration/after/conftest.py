"""Two Redis servers and a web server on loopback."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.redis_server import RedisServer, redis_server
from tests.web_server import WebServer, web_server


@pytest.fixture(scope="session")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A server for this run."""
    with redis_server(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def redis(started: RedisServer) -> RedisServer:
    """An empty Redis."""
    with started.client() as client:
        client.flushall()
    return started


@pytest.fixture
def another_redis(tmp_path: Path) -> Iterator[RedisServer]:
    """Another server than the first."""
    with redis_server(tmp_path) as server:
        yield server


@pytest.fixture
def web() -> Iterator[WebServer]:
    """A web server whose pages are still to be said."""
    with web_server() as server:
        yield server
