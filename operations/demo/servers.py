"""The demo's servers: two PostgreSQLs and an S3 store, started, found again, stopped."""

import time
from pathlib import Path

from catalog.errors import Failure, Refusal
from database.endpoints import Scratch
from database.servers import embedded
from database.servers.embedded import BULK_LOADING, EmbeddedServer
from database.servers.wheels import installation
from database.wholes.lifecycle import maintenance
from operations.demo import object_store
from operations.demo.object_store import ObjectStoreServer
from operations.demo.places import Places
from operations.demo.ports import HOST, keep_port, last_port
from operations.demo.variables import BUCKET

_MAJOR = 18
_SECONDS = 20
_SETTINGS = {**BULK_LOADING, "synchronous_commit": "off"}  # the last moment may be lost, never the rest


def start_postgresql(data: Path, port: Path) -> EmbeddedServer:
    """A PostgreSQL 18 on loopback, on that data; one that already runs there is returned as it is.

    One that was killed a moment ago can still look as if it ran: it is waited for, and then started again.
    """
    deadline = time.monotonic() + _SECONDS
    while True:
        server = embedded.start(installation(_MAJOR), data, port=last_port(port), settings=_SETTINGS)
        try:
            maintenance(server.endpoint).close()
        except Failure:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
        else:
            keep_port(port, server.endpoint.port)
            return server


def start_store(places: Places) -> ObjectStoreServer:
    """The S3 server with the demo's bucket."""
    server = object_store.start(places.store, port=last_port(places.port("s3")))
    keep_port(places.port("s3"), int(server.url.rpartition(":")[2]))
    object_store.create_bucket(server, BUCKET)
    return server


def stop_servers(places: Places) -> int:
    """Stop those of the three that run, and say how many there were."""
    return sum((_stop_postgresql(places.production), _stop_postgresql(places.staging), _stop_store(places.store)))


def _stop_postgresql(data: Path) -> bool:
    folder = data.resolve()  # as root it may be a link to a folder that the server's account can reach
    try:
        pid = int((folder / "postmaster.pid").read_text().split()[0])
        programs = installation(_MAJOR)
    except (FileNotFoundError, Refusal):  # not running, or nothing to have started it with
        return False
    embedded.stop(EmbeddedServer(Scratch(HOST, 0, "postgres", "postgres"), pid, folder, programs))
    return not (folder / "postmaster.pid").exists()


def _stop_store(folder: Path) -> bool:
    server = object_store.found(folder)
    if server:
        object_store.stop(server)
    return server is not None
