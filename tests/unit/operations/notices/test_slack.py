"""Slack as it is: its own address, over TLS, reached through a tunnel that ends on this machine."""

import json
import socketserver
import ssl
from pathlib import Path
from typing import Any

import pytest
import trustme
from pydantic import SecretStr

from operations.notices.event import Event
from operations.notices.message import Message
from operations.notices.sending import send
from tests.unit.operations.notices.test_sending import serving

MESSAGE = Message("Greenroom: refresh of app refused", ("Refused by disk: no room.",), frozenset({Event.REFUSED}))
PLACE = "T0000MADE/B0000MADE/madeUpForThisTestAndOnly"


class Proxy(socketserver.ThreadingTCPServer):
    """A proxy whose tunnels all end here, at a server with Slack's name."""

    daemon_threads = True

    def __init__(self, authority: trustme.CA) -> None:
        super().__init__(("127.0.0.1", 0), Tunnel)
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("hooks.slack.com").configure_cert(self.tls)
        self.answer = b"ok"
        self.taken: list[tuple[str, str, dict[str, Any]]] = []


class Tunnel(socketserver.StreamRequestHandler):
    """One tunnel, and the one request that comes through it."""

    def handle(self) -> None:
        server: Proxy = self.server  # type: ignore[assignment]  # it is made for no other
        asked, _ = _head(self.rfile)
        self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
        with server.tls.wrap_socket(self.request, server_side=True) as inner, inner.makefile("rb") as read:
            request, length = _head(read)
            server.taken.append((asked.split()[1], request.split()[1], json.loads(read.read(length))))
            size = f"Content-Length: {len(server.answer)}\r\nConnection: close\r\n\r\n"
            inner.sendall(b"HTTP/1.1 200 OK\r\n" + size.encode() + server.answer)


def _head(read: Any) -> tuple[str, int]:
    """The first line of a request, and the length of its body."""
    first, length = read.readline().decode(), 0
    while (line := read.readline().decode().strip().lower()) != "":
        if line.startswith("content-length:"):
            length = int(line.partition(":")[2])
    return first, length


def test_slack_gets_the_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As its incoming webhooks take it: title, text, channel; what it does not take is told without the URL's key."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    with serving(proxy := Proxy(authority)):
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.server_address[1]}")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "authority.pem"))
        for name in ("https_proxy", "NO_PROXY", "no_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.delenv(name, raising=False)
        assert send(MESSAGE, [SecretStr(f"slack://{PLACE}/#staging")]) == ()
        proxy.answer = b"invalid_token"
        assert send(MESSAGE, [SecretStr(f"slack://{PLACE}/#staging")]) == (
            "receiver 1 (slack) did not take the message",
        )
    host, path, body = proxy.taken[0]
    assert (host, path, body["channel"]) == ("hooks.slack.com:443", f"/services/{PLACE}", "#staging")
    assert MESSAGE.title in str(body)
    assert "Refused by disk: no room." in str(body)
