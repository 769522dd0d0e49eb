"""The numbers pushed to a gateway, and scraped from here."""

import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from catalog.errors import Failure
from operations.metrics import publish, push, served

DRIFT = ("greenroom_drift_items", ("app",))


class Gateway(BaseHTTPRequestHandler):
    """Takes a PUT as a push gateway does, and answers as its server says."""

    def do_PUT(self) -> None:
        server: Gateways = self.server  # type: ignore[assignment]  # it is made for no other
        server.taken.append((self.path, self.rfile.read(int(self.headers["Content-Length"])).decode()))
        self.send_response(server.answer)
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Gateways(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Gateway)
        self.answer, self.taken = 200, list[tuple[str, str]]()


@pytest.fixture
def gateway() -> Iterator[Gateways]:
    server = Gateways()
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_gateway_gets_all_numbers_in_a_group_of_this_machine(gateway: Gateways) -> None:
    """So that a push replaces this machine's numbers and nobody else's."""
    push({DRIFT: 3.0}, f"http://127.0.0.1:{gateway.server_port}")
    ((path, body),) = gateway.taken
    assert path == f"/metrics/job/greenroom/instance/{socket.gethostname()}"
    (family,) = text_string_to_metric_families(body)
    assert [(s.name, s.labels, s.value) for s in family.samples] == [(DRIFT[0], {"database": "app"}, 3.0)]


def test_a_gateway_that_says_no_or_is_away_is_a_failure(gateway: Gateways) -> None:
    """In a sentence that names it."""
    gateway.answer = 400
    at = f"http://127.0.0.1:{gateway.server_port}"
    with pytest.raises(Failure, match=f"the push gateway {at} did not take the metrics"):
        push({DRIFT: 3.0}, at)
    with pytest.raises(Failure, match="did not take the metrics"):
        push({DRIFT: 3.0}, "http://127.0.0.1:1")


def test_a_gateway_that_speaks_something_else_is_a_failure() -> None:
    """What listens there may be no HTTP server at all, and a good run must not break off for that."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        thread = Thread(target=_babble, args=(other,))
        thread.start()
        at = f"http://127.0.0.1:{other.getsockname()[1]}"
        with pytest.raises(Failure, match=f"the push gateway {at} did not take the metrics") as error:
            push({DRIFT: 3.0}, at)
        thread.join()
    assert error.value.why == "SSH-2.0-OpenSSH"


def _babble(listening: socket.socket) -> None:
    client, _ = listening.accept()
    with client:
        client.recv(1 << 16)
        client.sendall(b"SSH-2.0-OpenSSH\r\n")


def test_a_scrape_gets_what_the_last_run_left(tmp_path: Path) -> None:
    """Nothing before there is a file; then what is in it at that moment, not what was when serving began."""
    path, port = tmp_path / "greenroom.prom", _free_port()
    with served(path, "127.0.0.1", port):
        at = f"http://127.0.0.1:{port}/metrics"
        assert httpx.get(at).text == ""
        publish(path, lambda _: {DRIFT: 3.0})
        assert 'greenroom_drift_items{database="app"} 3.0' in httpx.get(at).text
        publish(path, lambda _: {DRIFT: 0.0})
        assert 'greenroom_drift_items{database="app"} 0.0' in httpx.get(at).text


def test_an_address_that_is_taken_is_a_failure(tmp_path: Path) -> None:
    """In a sentence."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with (
            pytest.raises(Failure, match=f"nothing can be served at 127.0.0.1:{port}"),
            served(tmp_path, "127.0.0.1", port),
        ):
            pass


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
