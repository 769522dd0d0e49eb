"""Services are restarted, and their health is waited for, within a bound, whatever they do."""

import logging
import sys
import time
from pathlib import Path

import httpx
import pytest
from pydantic import SecretStr

from catalog.findings import Outcome
from operations.after.check import checks_of
from operations.after.command import carry_out
from operations.after.restarting import restart
from operations.after.services import services_of
from operations.after.waiting import wait_until_healthy
from tests.web_server import Page, WebServer, said

HEADERS = (("Authorization", SecretStr("Bearer sesame")),)
RUN = {"GREENROOM_RUN": "run-1", "PATH": "/usr/bin:/bin"}
HTML = "<!doctype html><title>Sign in</title>"


def test_a_webhook_is_posted_to_with_its_header(web: WebServer) -> None:
    """It is told which run it is, or what the settings say."""
    web.pages["/hook"] = Page(202, "")
    plain, own = services_of(
        {"a": web.url("/hook"), "b": {"post": web.url("/hook?key=sesame"), "body": '{"ref": "main"}'}}
    )
    web.pages["/hook?key=sesame"] = Page(204, "")
    for service in (plain, own):
        found = restart(service, HEADERS, RUN, 5)
        assert (found.outcome, found.what) == (Outcome.PASSED, f"{service.name} was restarted")
    first, second = web.requests
    assert first[0] == "POST"
    assert first[2]["Authorization"] == "Bearer sesame"
    assert said(first) == {"run": "run-1"}
    assert said(second) == {"ref": "main"}


def test_a_webhooks_key_is_in_no_log(web: WebServer, caplog: pytest.LogCaptureFixture) -> None:
    """Whoever has all that is logged told, as Prefect can, is told of other requests alone."""
    caplog.set_level(logging.DEBUG)
    web.pages |= {"/hook?key=sesame": Page(204, ""), "/other": Page()}
    (service,) = services_of({"worker": web.url("/hook?key=sesame")})
    assert restart(service, HEADERS, RUN, 5).outcome is Outcome.PASSED
    httpx.get(web.url("/other"))
    assert "sesame" not in caplog.text
    assert "/other" in caplog.text


@pytest.mark.parametrize(
    ("page", "why"),
    [
        (Page(500, "sesame"), "answers 500"),
        (Page(302, "", location="/login"), "answers 302"),
        (Page(hangs=True), "does not answer to the end within 1 s"),
        (Page(drips=True), "does not answer to the end within 1 s"),
    ],
)
def test_a_webhook_that_does_not_take_it_is_told(web: WebServer, page: Page, why: str) -> None:
    """No redirect is followed, and no secret is told."""
    web.pages["/sesame"] = page
    (service,) = services_of({"worker": web.url("/sesame")})
    found = restart(service, HEADERS, RUN, 1)
    assert found.outcome is Outcome.NOTED
    assert found.what == f"worker was not restarted: its webhook {why}"
    assert "sesame" not in found.what + found.todo


def test_a_command_restarts_a_service(tmp_path: Path) -> None:
    """What it is told is in its environment; how it ends badly is told."""
    mark = tmp_path / "mark"
    good, bad, gone = services_of(
        {
            "good": [sys.executable, "-c", f"import os; open('{mark}', 'w').write(os.environ['GREENROOM_RUN'])"],
            "bad": "false",
            "gone": "no-such-program --key sesame",
        }
    )
    assert restart(good, (), RUN, 20).outcome is Outcome.PASSED
    assert mark.read_text() == "run-1"
    assert restart(bad, (), RUN, 20).what == "bad was not restarted: its command ended with exit code 1"
    found = restart(gone, (), RUN, 20)
    assert found.what == "gone was not restarted: its command could not be started: No such file or directory"


def test_a_command_that_goes_on_is_ended_with_all_that_it_started(tmp_path: Path) -> None:
    """Also what holds its output open."""
    mark = tmp_path / "mark"
    began = time.monotonic()
    assert carry_out(["sh", "-c", f"(sleep 1; touch {mark}) & sleep 60"], RUN, 0.5) == "did not end within 0.5 s"
    assert time.monotonic() - began < 30
    time.sleep(1)
    assert not mark.exists()


def test_services_are_waited_for_until_they_answer(web: WebServer) -> None:
    """One that is still coming up is asked again; all are asked at the same time."""
    web.pages["/health"] = Page(503, times=1, then=Page())
    checks = checks_of({"backend": {"url": web.url("/health"), "json": {"status": "ok"}}, "other": web.url("/other")})
    web.pages["/other"] = Page()
    found = wait_until_healthy(checks, 30, 5000)
    assert [one.well for one in found] == [True, True]
    assert len(web.to("/health")) == 2
    assert len(web.to("/other")) == 1


def test_what_services_do_instead_is_told_within_the_bound(web: WebServer) -> None:
    """One hangs, one dribbles bytes for ever, one leads to a login page, one is that page, one is slow, one is gone."""
    web.pages |= {
        "/hangs": Page(hangs=True),
        "/drips": Page(drips=True),
        "/moved": Page(302, "", location="/sign-in?next=sesame"),
        "/login": Page(200, HTML, "text/html"),
        "/slow": Page(late=0.3),
    }
    urls = {path.strip("/"): web.url(path) for path in web.pages} | {"gone": "http://127.0.0.1:1/health"}
    began = time.monotonic()
    found = {one.name: one for one in wait_until_healthy(checks_of(urls), 1.5, 200)}
    assert time.monotonic() - began < 30
    assert {name for name, one in found.items() if one.well} == {"slow"}
    assert found["slow"].slow
    assert "does not answer to the end" in found["hangs"].told
    assert "does not answer to the end" in found["drips"].told
    assert found["moved"].told.startswith(f"redirects (302) to {web.url('/sign-in')}, which is not followed")
    assert found["login"].told.startswith("answers 200 with a page for people (HTML)")
    assert "refused" in found["gone"].told
    assert not web.to("/sign-in?next=sesame")
