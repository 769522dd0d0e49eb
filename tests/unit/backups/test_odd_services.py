"""A service that answers as few do: over HTTP, from a server of ours that keeps objects in memory."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from backups.stores import Store, get, open_store, put
from backups.stores.retrying import Patience

CONFLICT = b"<Error><Code>ConditionalRequestConflict</Code><Message>Try again.</Message></Error>"


@dataclass
class OddService:
    """Objects by path; so many of the next writes meet a conflict, and every read gives all of an object."""

    objects: dict[str, bytes] = field(default_factory=dict)
    conflicts: int = 0
    port: int = 0

    def store(self) -> Store:
        place = f"s3://backups/team?endpoint=http://127.0.0.1:{self.port}&region=eu-central-1"
        return open_store(place, patience=Patience(attempts=4, first=0))


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Iterator[OddService]:
    """One that listens on this machine."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "no-secret")
    odd = OddService()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_PUT(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if odd.conflicts:
                odd.conflicts -= 1
                return self.answer(409, CONFLICT)
            odd.objects[self.path] = body
            return self.answer(200, b"")

        def do_GET(self) -> None:
            known = self.path in odd.objects
            self.answer(200 if known else 404, odd.objects.get(self.path, b""))

        def do_HEAD(self) -> None:
            self.do_GET()

        def answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        odd.port = server.server_port
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        yield odd
        server.shutdown()


def test_a_conflict_is_not_a_name_in_use(service: OddService) -> None:
    """Amazon asks to try again; nobody has taken the name."""
    service.conflicts = 3
    put(service.store(), "a", b"content")
    assert (service.conflicts, get(service.store(), "a")) == (0, b"content")


def test_a_service_that_ignores_a_range_is_read_from_there_all_the_same(service: OddService) -> None:
    """What was read already is passed over; a read that goes on gets no byte twice."""
    store = service.store()
    put(store, "a", bytes(3 << 20) + b"content")
    for start, rest in ((3 << 20, b"content"), ((3 << 20) + 4, b"ent"), (4 << 20, b"")):
        with store.reading("a", start=start) as source:
            assert source.read(100) == rest
