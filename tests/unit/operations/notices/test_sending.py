"""Messages as receivers get them: over HTTP and by e-mail, from servers on this machine."""

import json
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest
from pydantic import SecretStr

from catalog.errors import Refusal
from database.endpoints import Staging
from operations.carrying_out import carry_out
from operations.notices.event import Event
from operations.notices.message import Message
from operations.notices.sending import send
from operations.record import Ending
from operations.run import Run
from operations.settings.settings import load

MESSAGE = Message("Greenroom: refresh of app done", ('"app" was rebuilt.',), frozenset({Event.DONE}))


class Hook(BaseHTTPRequestHandler):
    """Takes a POST or a GET, and answers as its server says."""

    def do_POST(self) -> None:
        server: Hooks = self.server  # type: ignore[assignment]  # it is made for no other
        body = self.rfile.read(int(self.headers["Content-Length"]))
        server.released.wait(30)
        server.taken.append((self.path, json.loads(body)))
        self.send_response(server.answer)
        self.end_headers()

    def do_GET(self) -> None:
        server: Hooks = self.server  # type: ignore[assignment]  # it is made for no other
        server.asked.append(self.path)
        self.send_response(server.answer)
        self.end_headers()

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""


class Hooks(ThreadingHTTPServer):
    def __init__(self, answer: int = 200, *, hangs: bool = False) -> None:
        super().__init__(("127.0.0.1", 0), Hook)
        self.daemon_threads = True
        self.block_on_close = False
        self.answer, self.taken, self.released = answer, list[tuple[str, dict[str, Any]]](), Signal()
        self.asked: list[str] = []
        if not hangs:
            self.released.set()

    def url(self, path: str = "hook") -> SecretStr:
        return SecretStr(f"json://127.0.0.1:{self.server_port}/{path}?rto=60")


class Post(socketserver.StreamRequestHandler):
    """Takes one e-mail: as much of SMTP as that needs."""

    def handle(self) -> None:
        server: Mail = self.server  # type: ignore[assignment]  # it is made for no other
        self.wfile.write(b"220 mail.test\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                server.taken.append(b"".join(iter(self.rfile.readline, b".\r\n")))
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")


class Mail(socketserver.ThreadingTCPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Post)
        self.daemon_threads = True
        self.taken: list[bytes] = []


@contextmanager
def serving(server: socketserver.BaseServer) -> Iterator[None]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_webhook_gets_the_message() -> None:
    """Title, text, and how bad it is."""
    with serving(hooks := Hooks()):
        assert send(MESSAGE, [hooks.url()]) == ()
    ((path, body),) = hooks.taken
    assert path == "/hook"
    assert (body["title"], body["message"], body["type"]) == (MESSAGE.title, MESSAGE.body, "success")


def test_a_mailbox_gets_the_message() -> None:
    """The title as its subject, over plain SMTP as over TLS."""
    with serving(mail := Mail()):
        place = f"mailto://127.0.0.1:{mail.server_address[1]}?from=greenroom@example.com&to=team@example.com"
        assert send(MESSAGE, [SecretStr(place)]) == ()
    (text,) = mail.taken
    assert b"Subject: Greenroom: refresh of app done" in text.replace(b"=?utf-8?q?", b"").replace(b"_", b" ")
    assert b"app" in text
    assert b"To: team@example.com" in text


def test_a_receiver_that_fails_does_not_keep_the_others_from_being_told() -> None:
    """Who was not told is named by its kind alone: its URL holds a key."""
    with serving(broken := Hooks(500)), serving(well := Hooks()):
        untold = send(MESSAGE, [broken.url("secret-key"), SecretStr("json://127.0.0.1:1/secret-key"), well.url()])
    assert untold == (
        "receiver 1 (json) did not take the message",
        "receiver 2 (json) did not take the message",
    )
    assert len(well.taken) == 1


def test_a_receiver_that_hangs_is_left_to_itself() -> None:
    """The run goes on after the bound."""
    with serving(hooks := Hooks(hangs=True)):
        assert send(MESSAGE, [hooks.url()], seconds=0.3) == ("receiver 1 (json) did not answer within 0.3 s",)
        hooks.released.set()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Run, Hooks]]:
    """A run whose settings name a receiver, and that receiver."""
    monkeypatch.chdir(tmp_path)
    url = "postgresql://owner:s3cret-word@staging.example.com/app"
    with serving(hooks := Hooks()):
        settings = load(
            home=tmp_path / "home",
            staging_database_url=url,
            notify=[hooks.url("secret-key").get_secret_value()],
            pagerduty_key="0123456789abcdef0123456789abcdef",
            pagerduty_api=f"http://127.0.0.1:{hooks.server_port}",
            metrics_file=tmp_path / "greenroom.prom",
        )
        yield Run("refresh", settings, Staging.parse(url), operator="ada"), hooks


def test_a_run_tells_its_receivers_and_writes_its_numbers(run: tuple[Run, Hooks]) -> None:
    """Also one that was refused; no secret is in the message, the report or the numbers."""
    carried, hooks = run

    def job() -> str:
        with carried.step("guard"):
            raise Refusal('"app" cannot be looked at', why="s3cret-word", todo="Is the server up?\nAnd more.")

    record = carry_out(carried, job)
    (body,) = (body for path, body in hooks.taken if path == "/secret-key")
    called, of_settings = (body for path, body in hooks.taken if path == "/v2/enqueue")
    assert (called["event_action"], called["dedup_key"]) == (
        "trigger",
        "greenroom/refresh/staging.example.com:5432/app",
    )
    assert "s3cret" not in str(called)
    assert of_settings["event_action"] == "resolve"
    assert body["title"] == "Greenroom: refresh of app refused"
    assert body["message"].startswith(
        'Refused in the step "guard": "app" cannot be looked at; nothing was changed.\nIs the server up?\nRun 2'
    )
    assert "s3cret" not in str(body)
    numbers = (carried.settings.metrics_file or Path()).read_text()
    assert 'greenroom_job_last_outcome{database="app",greenroom_job="refresh",outcome="refused"} 1.0' in numbers
    assert "secret-key" not in numbers + Path(dict(record.facts)["Report"]).read_text()
    assert record.findings == ()


def test_a_metrics_folder_that_is_read_only_undoes_nothing(run: tuple[Run, Hooks]) -> None:
    """The run is done and people are told; that its numbers are missing is a note in its report."""
    carried, hooks = run
    carried.settings = carried.settings.model_copy(update={"metrics_file": Path("/sys/greenroom.prom")})
    record = carry_out(carried, lambda: "done")
    assert (record.ending, [finding.check for finding in record.findings]) == (Ending.DONE, ["metrics"])
    assert "could not be written to /sys/greenroom.prom" in Path(dict(record.facts)["Report"]).read_text()
    assert {path for path, _ in hooks.taken} == {"/secret-key", "/v2/enqueue"}


def test_what_could_not_be_told_is_in_the_report_and_undoes_nothing(run: tuple[Run, Hooks], tmp_path: Path) -> None:
    """The run is done, whether or not anybody heard of it or took its numbers."""
    carried, hooks = run
    hooks.answer = 403
    (tmp_path / "greenroom.prom").mkdir()
    record = carry_out(carried, lambda: "done")
    assert record.ending is Ending.DONE
    assert [finding.check for finding in record.findings] == ["metrics", "notify"]
    page = Path(dict(record.facts)["Report"]).read_text()
    assert "not everybody was told: receiver 1 (json) did not take the message; PagerDuty did not take" in page
    assert "secret-key" not in page
    assert carried.trail.lines()[-1].moment == "done"
