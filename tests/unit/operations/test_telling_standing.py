"""Staging's standing told: once, again when it changes or a day has gone, and until somebody has heard it."""

import logging
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from operations.notices.audience import Audience, audience_of
from operations.notices.incident import SETTINGS, Incident
from operations.settings.settings import load
from operations.standing.attention import OUT_OF_REACH, STORE_AWAY
from operations.standing.telling import Told, message_of, tell_standing
from tests.unit.operations.notices.test_sending import Hooks, serving
from tests.unit.operations.outcomes import NOW

BACKUP = Incident("backup missing", "The newest backup of staging is 30 hours old.")
DRIFT = Incident("drift", "Staging differs.")
HOUR = timedelta(hours=1)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Audience, Hooks]]:
    """An audience whose receiver and PagerDuty are one server here."""
    monkeypatch.chdir(tmp_path)
    with serving(hooks := Hooks()):
        settings = load(
            home=tmp_path / "home",
            staging_database_url="postgresql://owner:s3cret-word@staging.example.com/app",
            notify=[hooks.url().get_secret_value()],
            pagerduty_key="0123456789abcdef0123456789abcdef",
            pagerduty_api=f"http://127.0.0.1:{hooks.server_port}",
        )
        yield audience_of(settings), hooks


def heard(hooks: Hooks) -> list[str]:
    """What the receiver heard, and what PagerDuty was told, in words."""
    said = [
        f"{body['event_action']} {body['dedup_key'].split('/')[1]}" if path == "/v2/enqueue" else body["message"]
        for path, body in hooks.taken
    ]
    hooks.taken.clear()
    return sorted(line.partition("\nOn ")[0] for line in said)


def test_what_is_new_is_told_and_what_is_known_is_not(told: tuple[Audience, Hooks]) -> None:
    """A timer runs every hour, and nobody reads the same thing every hour; after a day it is told again."""
    heard_by, hooks = told
    assert tell_standing(heard_by, (BACKUP,), NOW) == ()
    assert heard(hooks) == [BACKUP.line, "trigger backup missing"]
    tell_standing(heard_by, (BACKUP,), NOW + HOUR)
    assert heard(hooks) == []
    tell_standing(heard_by, (BACKUP, DRIFT), NOW + 2 * HOUR)
    assert heard(hooks) == [DRIFT.line, "trigger drift"]
    tell_standing(heard_by, (BACKUP,), NOW + 28 * HOUR)
    assert heard(hooks) == [f"{BACKUP.line}\nWell again: {DRIFT.line}", "resolve drift", "trigger backup missing"]


def test_what_is_well_again_is_told_once(told: tuple[Audience, Hooks]) -> None:
    """And its incident is closed."""
    heard_by, hooks = told
    tell_standing(heard_by, (BACKUP,), NOW)
    heard(hooks)
    tell_standing(heard_by, (), NOW + HOUR)
    assert heard(hooks) == [f"Well again: {BACKUP.line}", "resolve backup missing"]
    tell_standing(heard_by, (), NOW + 2 * HOUR)
    assert heard(hooks) == []


def test_good_news_says_what_is_not_well_yet(told: tuple[Audience, Hooks]) -> None:
    """One thing is well again and another is not: whoever reads the title alone must not go back to sleep."""
    heard_by, hooks = told
    tell_standing(heard_by, (BACKUP, DRIFT), NOW)
    heard(hooks)
    tell_standing(heard_by, (DRIFT,), NOW + HOUR)
    assert heard(hooks) == [f"Well again: {BACKUP.line}\nNot well yet: {DRIFT.line}", "resolve backup missing"]
    message = message_of((Incident(BACKUP.about),), (DRIFT,), Told({BACKUP.about: BACKUP.line}), "app", "here")
    assert message.title == "Greenroom: app still wants attention"


def test_what_cannot_be_looked_at_is_not_well_again(told: tuple[Audience, Hooks]) -> None:
    """Staging, the store or Prefect out of reach say nothing of what was wrong there; afterwards it may be."""
    heard_by, hooks = told
    worker, away = Incident("worker", "No worker."), Incident("prefect", "Prefect is away.")
    damaged = Incident("backup damaged", "B is damaged.")
    tell_standing(heard_by, (worker, damaged, DRIFT), NOW)
    heard(hooks)
    tell_standing(heard_by, (away, STORE_AWAY, DRIFT), NOW + HOUR)
    assert heard(hooks) == [f"{away.line}\n{STORE_AWAY.line}", "trigger backup missing", "trigger prefect"]
    tell_standing(heard_by, (OUT_OF_REACH,), NOW + 2 * HOUR)
    assert heard(hooks) == [OUT_OF_REACH.line, "trigger staging"]
    tell_standing(heard_by, (), NOW + 3 * HOUR)
    assert len([line for line in heard(hooks) if line.startswith("resolve")]) == 6


def test_what_nobody_heard_is_told_again(told: tuple[Audience, Hooks]) -> None:
    """The next time, not a day later; and until then no heart beats, so that the silence is noticed outside."""
    heard_by, hooks = told
    silent = replace(heard_by, heartbeat=SecretStr("http://127.0.0.1:1/of-ours"))
    hooks.answer = 404
    untold = tell_standing(silent, (BACKUP,), NOW)
    assert len(untold) == 2
    assert "heartbeat" not in str(untold)
    heard(hooks)
    hooks.answer = 200
    (unsent,) = tell_standing(silent, (BACKUP,), NOW + HOUR)
    assert unsent.startswith("the heartbeat could not be sent: its address cannot be reached: ")
    assert "of-ours" not in unsent
    assert heard(hooks) == [BACKUP.line, "trigger backup missing"]


def test_a_home_folder_that_cannot_be_written_to_keeps_nobody_from_being_told(told: tuple[Audience, Hooks]) -> None:
    """A full disk is no reason to be silent: it is told, and told again, and the heart does not beat."""
    heard_by, hooks = told
    heard_by.home.write_text("a file in its place")
    untold = tell_standing(heard_by, (BACKUP,), NOW)
    assert untold == ("what was told could not be written down (File exists), and will be told again",)
    assert heard(hooks) == [BACKUP.line, "trigger backup missing"]


def test_damaged_memory_tells_all_again(told: tuple[Audience, Hooks]) -> None:
    """Twice is better than never."""
    heard_by, hooks = told
    tell_standing(heard_by, (BACKUP,), NOW)
    heard(hooks)
    (heard_by.home / "told.json").write_text("{")
    tell_standing(heard_by, (BACKUP,), NOW)
    assert heard(hooks) == [BACKUP.line, "trigger backup missing"]


def test_the_heartbeat_beats_and_its_address_is_in_no_log(
    told: tuple[Audience, Hooks], caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever has the address can beat in our place; the HTTP library would log it whole."""
    heard_by, hooks = told
    with serving(heart := Hooks()), caplog.at_level(logging.DEBUG):
        at = SecretStr(f"http://127.0.0.1:{heart.server_port}/of-ours")
        beating = replace(heard_by, heartbeat=at)
        assert tell_standing(beating, (), NOW) == ()
        heart.answer = 500
        assert tell_standing(beating, (), NOW) == ("the heartbeat was not taken (500)",)
    assert heart.asked == ["/of-ours", "/of-ours"]
    assert "of-ours" not in caplog.text
    assert hooks.taken == []


def test_settings_that_are_whole_again_close_their_incident(told: tuple[Audience, Hooks]) -> None:
    """While they are wrong nothing else is looked at, so nothing is well; once they hold, staging may be away."""
    heard_by, hooks = told
    wrong = Incident(SETTINGS, "The settings cannot be used.")
    tell_standing(heard_by, (DRIFT,), NOW)
    heard(hooks)
    tell_standing(replace(heard_by, place="known to nobody"), (wrong,), NOW + HOUR)
    assert heard(hooks) == [wrong.line, "trigger settings"]
    tell_standing(heard_by, (OUT_OF_REACH,), NOW + 2 * HOUR)
    closed = [body["dedup_key"] for _, body in hooks.taken if body.get("event_action") == "resolve"]
    assert closed == [f"greenroom/settings/{socket.gethostname()}"]


def test_news_that_nobody_is_named_to_hear_are_not_told(told: tuple[Audience, Hooks]) -> None:
    """The heart does not beat either: outside it would pass for somebody having heard."""
    heard_by, _ = told
    with serving(heart := Hooks()):
        at = SecretStr(f"http://127.0.0.1:{heart.server_port}/of-ours")
        nobody = replace(heard_by, receivers=(), pagerduty_key=None, heartbeat=at)
        assert tell_standing(nobody, (BACKUP,), NOW) == ("nobody is named to tell it to: set notify or pagerduty_key",)
        assert heart.asked == []
        assert tell_standing(nobody, (), NOW) == ()
    assert heart.asked == ["/of-ours"]
