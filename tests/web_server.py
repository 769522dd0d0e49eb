"""A server on loopback that answers as it is told to: well, wrongly, late, a byte at a time for ever, or never."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread


@dataclass(frozen=True)
class Page:
    """What a path answers: after `late` seconds; `times` tells how often, before `then` takes its place."""

    status: int = 200
    body: str = '{"status": "ok"}'
    kind: str = "application/json"
    location: str = ""
    late: float = 0
    drips: bool = False
    hangs: bool = False
    times: int = 0
    then: "Page | None" = None


@dataclass
class WebServer:
    """The pages by their paths, and the requests that came: (method, path, headers, body)."""

    at: str = ""
    pages: dict[str, Page] = field(default_factory=dict)
    requests: list[tuple[str, str, dict[str, str], str]] = field(default_factory=list)
    closing: Event = field(default_factory=Event)

    def url(self, path: str) -> str:
        return f"{self.at}{path}"

    def page(self, path: str) -> Page:
        found = self.pages.get(path, Page(404, "{}"))
        asked = sum(request[1] == path for request in self.requests)
        return found.then if found.then and asked > found.times else found

    def to(self, path: str) -> list[tuple[str, str, dict[str, str], str]]:
        return [request for request in self.requests if request[1] == path]


@contextmanager
def web_server() -> Iterator[WebServer]:
    server = WebServer()
    listening = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    listening.daemon_threads = True
    server.at = f"http://127.0.0.1:{listening.server_address[1]}"
    Thread(target=listening.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    try:
        yield server
    finally:
        server.closing.set()
        listening.shutdown()
        listening.server_close()


def _handler(server: WebServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            server.requests.append((self.command, self.path, dict(self.headers), body))
            page = server.page(self.path)
            if page.hangs:
                server.closing.wait()
                return
            server.closing.wait(page.late)
            with suppress(OSError):  # whoever asked has given up
                self._send(page)

        def _send(self, page: Page) -> None:
            self.send_response(page.status)
            self.send_header("Content-Type", page.kind)
            if page.location:
                self.send_header("Location", page.location)
            if page.drips:
                self.end_headers()
                while not server.closing.wait(0.05):
                    self.wfile.write(b" ")
                    self.wfile.flush()
            self.send_header("Content-Length", str(len(page.body.encode())))
            self.end_headers()
            self.wfile.write(page.body.encode())

        do_GET = do_POST = _answer  # noqa: N815  # the names that the library looks for

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
            return

    return Handler


def said(request: tuple[str, str, dict[str, str], str]) -> object:
    """The JSON of a request."""
    return json.loads(request[3])
