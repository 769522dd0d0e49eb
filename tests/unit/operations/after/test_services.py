"""What the settings say of services: how each is restarted, and how it has to answer."""

from datetime import date

import pytest

from operations.after.check import Answer, checks_of, judge
from operations.after.services import headers_of, services_of, shown_address

PAGE = b"<!DOCTYPE html><title>Sign in</title>"


def test_a_service_is_restarted_by_a_command_or_a_webhook() -> None:
    """In the order of the table; nothing of a webhook or of a command's words is shown."""
    table = {
        "backend": "systemctl --user restart backend",
        "worker": ["restart-worker", "--key", "sesame"],
        "frontend": "https://hooks.example.com/sesame",
        "cron": {"post": "https://hooks.example.com/2", "body": '{"ref": "sesame"}'},
    }
    services = services_of(table)
    assert [str(one) for one in services] == [
        "backend by systemctl",
        "worker by restart-worker",
        "frontend by a webhook",
        "cron by a webhook",
    ]
    assert services[0].command == ("systemctl", "--user", "restart", "backend")
    assert "sesame" not in repr(services)
    assert "sesame" not in repr(headers_of({"frontend": "X-Key: sesame"}))


@pytest.mark.parametrize(
    ("table", "sentence"),
    [
        ({"a b": "true"}, "must give names of at most 40 letters"),
        ({"worker": ""}, "must give worker a command or the address of a webhook"),
        ({"worker": "TOKEN=sesame restart"}, "must begin with a program"),
        ({"worker": "https://"}, "must give worker an address"),
        ({"worker": {"post": "ftp://sesame"}}, "must give worker an address"),
        ({"worker": {"put": "https://sesame"}}, 'says "put" of worker'),
        ({"worker": {"post": "https://x.example", "body": 5}}, "must give the body of worker as a text"),
    ],
)
def test_a_service_that_cannot_be_meant_is_refused(table: object, sentence: str) -> None:
    """Without what may be a secret."""
    with pytest.raises(ValueError, match=sentence) as error:
        services_of(table)
    assert "sesame" not in str(error.value)


@pytest.mark.parametrize("line", ["Authorization", ": value", "Key:", "Key: a\r\nOther: b", "Key: sésame"])
def test_a_header_that_is_none_is_refused(line: str) -> None:
    """One that would be two, too, and one that could not be sent."""
    with pytest.raises(ValueError, match="must give each header"):
        headers_of({"worker": [line]})


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        ("sesame", "must give backend an address"),
        ({"url": "http://x.example", "status": "200"}, "must give status of backend as a whole number"),
        ({"url": "http://x.example", "milliseconds": 0}, "must give milliseconds of backend"),
        ({"url": "http://x.example", "json": "ok"}, "must give the json of backend as a table"),
        ({"url": "http://x.example", "header": "x"}, 'says "header" of backend'),
    ],
)
def test_a_check_that_cannot_be_meant_is_refused(entry: object, sentence: str) -> None:
    """Without what may be a secret."""
    with pytest.raises(ValueError, match=sentence) as error:
        checks_of({"backend": entry})
    assert "sesame" not in str(error.value)


WANTED: dict[str, object] = {"url": "https://staging.example.com/health"}


@pytest.mark.parametrize(
    ("more", "answer", "told"),
    [
        ({}, Answer(200, 0.1), ""),
        ({}, Answer(503, 0.1), "answers 503 Service Unavailable, and is to answer 200"),
        ({"status": 204}, Answer(204, 0.1), ""),
        (
            {},
            Answer(302, 0.1, location="/login?next=sesame"),
            "redirects (302) to https://staging.example.com/login, which is not followed: a login page, perhaps",
        ),
        ({}, Answer(200, 0.1, "text/html", body=PAGE), "answers 200 with a page for people (HTML), no health"),
        ({}, Answer(200, 0.1, body=PAGE), "answers 200 with a page for people (HTML), no health"),
        ({"contains": "Sign"}, Answer(200, 0.1, "text/html", body=PAGE), ""),
        ({"contains": "up"}, Answer(200, 0.1, "text/html", body=PAGE), "the text that is wanted is not in it: it is a"),
        ({"json": {"status": "ok"}}, Answer(200, 0.1, body=b'{"status": "ok"}'), ""),
        (
            {"json": {"status": "ok"}, "contains": "ready"},
            Answer(200, 0.1, body=b'{"status": "ok"}'),
            "the text that is wanted is not in it",
        ),
        (
            {"json": {"since": date(2026, 11, 22)}},
            Answer(200, 0.1, body=b'{"since": "never"}'),
            'with since "never", and is to be "2026-11-22"',
        ),
        ({"json": {"status": "ok"}}, Answer(200, 0.1, body=b'{"status": "no"}'), 'status "no", and is to be "ok"'),
        (
            {"json": {"status": "ok"}},
            Answer(200, 0.1, body=PAGE),
            "where JSON is wanted comes a page for people (HTML)",
        ),
        ({"json": {"status": "ok"}}, Answer(200, 0.1, body=b"[]"), 'status missing, and is to be "ok"'),
        ({"json": {"db": {"ok": True}}}, Answer(200, 0.1, body=b'{"db": {"ok": true}}'), ""),
        ({"json": {"db.ok": True}}, Answer(200, 0.1, body=b'{"db": {"ok": 1}}'), "db.ok 1, and is to be true"),
    ],
)
def test_an_answer_is_judged_by_status_and_body(more: dict[str, object], answer: Answer, told: str) -> None:
    """A login page that answers 200 is no health, and neither is a redirect to one."""
    (check,) = checks_of({"backend": WANTED | more})
    health = judge(check, answer, 200)
    assert health.well is not bool(told)
    assert told in health.told
    assert "sesame" not in health.told


def test_a_slow_answer_is_well_and_slow() -> None:
    """Against the bound for all, or its own."""
    check, patient = checks_of({"backend": WANTED, "worker": WANTED | {"milliseconds": 900}})
    assert judge(check, Answer(200, 0.3), 200).told == "answers in 300 ms, and is to in 200 ms"
    assert judge(check, Answer(200, 0.3), 200).slow
    assert not judge(patient, Answer(200, 0.3), 200).slow


def test_of_an_address_no_secret_is_shown() -> None:
    """Neither user, password nor query."""
    assert shown_address("https://me:sesame@x.example:8443/health?key=sesame") == "https://x.example:8443/health"
    assert shown_address("https://me:sesame@[::1]:8443/health") == "https://[::1]:8443/health"


@pytest.mark.parametrize("location", ["http://[x", "https://x.example/\x01", f"https://{'x' * 70_000}", "//\udcff"])
def test_a_redirect_to_what_is_no_address_is_a_redirect(location: str) -> None:
    """Whatever a service writes there, it is not well, and that is said."""
    (check,) = checks_of({"backend": WANTED})
    health = judge(check, Answer(302, 0.1, location=location), 200)
    assert (health.well, "redirects (302) to what is no address" in health.told) == (False, True)
