"""Staging's standing told: once, again when it changes or a day has gone, and until somebody has heard it."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from operations.notices.incident import Incident
from operations.settings.settings import Settings, load
from operations.standing.attention import OUT_OF_REACH, STORE_AWAY
from operations.standing.telling import Told, message_of, tell_standing
from tests.unit.operations.notices.test_sending import Hooks, serving
from tests.unit.operations.outcomes import NOW

BACKUP = Incident("backup missing", "The newest backup of staging is 30 hours old.")
DRIFT = Incident("drift", "Staging differs.")
HOUR = timedelta(hours=1)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Settings, Hooks]]:
    """Settings whose receiver and PagerDuty are one server here."""
    monkeypatch.chdir(tmp_path)
    with serving(hooks := Hooks()):
        yield (
            load(
                home=tmp_path / "home",
                staging_database_url="postgresql://owner:s3cret-word@staging.example.com/app",
                notify=[hooks.url().get_secret_value()],
                pagerduty_key="0123456789abcdef0123456789abcdef",
                pagerduty_api=f"http://127.0.0.1:{hooks.server_port}",
            ),
            hooks,
        )


def heard(hooks: Hooks) -> list[str]:
    """What the receiver heard, and what PagerDuty was told, in words."""
    said = [
        f"{body['event_action']} {body['dedup_key'].split('/')[1]}" if path == "/v2/enqueue" else body["message"]
        for path, body in hooks.taken
    ]
    hooks.taken.clear()
    return sorted(line.partition("\nOn ")[0] for line in said)


def test_what_is_new_is_told_and_what_is_known_is_not(told: tuple[Settings, Hooks]) -> None:
    """A timer runs every hour, and nobody reads the same thing every hour; after a day it is told again."""
    settings, hooks = told
    assert tell_standing(settings, (BACKUP,), NOW) == ()
    assert heard(hooks) == [BACKUP.line, "trigger backup missing"]
    tell_standing(settings, (BACKUP,), NOW + HOUR)
    assert heard(hooks) == []
    tell_standing(settings, (BACKUP, DRIFT), NOW + 2 * HOUR)
    assert heard(hooks) == [DRIFT.line, "trigger drift"]
    tell_standing(settings, (BACKUP,), NOW + 28 * HOUR)
    assert heard(hooks) == [f"{BACKUP.line}\nWell again: {DRIFT.line}", "resolve drift", "trigger backup missing"]


def test_what_is_well_again_is_told_once(told: tuple[Settings, Hooks]) -> None:
    """And its incident is closed."""
    settings, hooks = told
    tell_standing(settings, (BACKUP,), NOW)
    heard(hooks)
    tell_standing(settings, (), NOW + HOUR)
    assert heard(hooks) == [f"Well again: {BACKUP.line}", "resolve backup missing"]
    tell_standing(settings, (), NOW + 2 * HOUR)
    assert heard(hooks) == []


def test_good_news_says_what_is_not_well_yet(told: tuple[Settings, Hooks]) -> None:
    """One thing is well again and another is not: whoever reads the title alone must not go back to sleep."""
    settings, hooks = told
    tell_standing(settings, (BACKUP, DRIFT), NOW)
    heard(hooks)
    tell_standing(settings, (DRIFT,), NOW + HOUR)
    assert heard(hooks) == [f"Well again: {BACKUP.line}\nNot well yet: {DRIFT.line}", "resolve backup missing"]
    message = message_of((Incident(BACKUP.about),), (DRIFT,), Told({BACKUP.about: BACKUP.line}), "app", "here")
    assert message.title == "Greenroom: app still wants attention"


def test_what_cannot_be_looked_at_is_not_well_again(told: tuple[Settings, Hooks]) -> None:
    """Staging, the store or Prefect out of reach say nothing of what was wrong there; afterwards it may be."""
    settings, hooks = told
    worker, away = Incident("worker", "No worker."), Incident("prefect", "Prefect is away.")
    damaged = Incident("backup damaged", "B is damaged.")
    tell_standing(settings, (worker, damaged, DRIFT), NOW)
    heard(hooks)
    tell_standing(settings, (away, STORE_AWAY, DRIFT), NOW + HOUR)
    assert heard(hooks) == [f"{away.line}\n{STORE_AWAY.line}", "trigger backup missing", "trigger prefect"]
    tell_standing(settings, (OUT_OF_REACH,), NOW + 2 * HOUR)
    assert heard(hooks) == [OUT_OF_REACH.line, "trigger staging"]
    tell_standing(settings, (), NOW + 3 * HOUR)
    assert len([line for line in heard(hooks) if line.startswith("resolve")]) == 6


def test_what_nobody_heard_is_told_again(told: tuple[Settings, Hooks]) -> None:
    """The next time, not a day later; and until then no heart beats, so that the silence is noticed outside."""
    settings, hooks = told
    silent = settings.model_copy(update={"heartbeat_url": SecretStr("http://127.0.0.1:1/of-ours")})
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


def test_a_home_folder_that_cannot_be_written_to_keeps_nobody_from_being_told(told: tuple[Settings, Hooks]) -> None:
    """A full disk is no reason to be silent: it is told, and told again, and the heart does not beat."""
    settings, hooks = told
    settings.home.write_text("a file in its place")
    untold = tell_standing(settings, (BACKUP,), NOW)
    assert untold == ("what was told could not be written down (File exists), and will be told again",)
    assert heard(hooks) == [BACKUP.line, "trigger backup missing"]


def test_damaged_memory_tells_all_again(told: tuple[Settings, Hooks]) -> None:
    """Twice is better than never."""
    settings, hooks = told
    tell_standing(settings, (BACKUP,), NOW)
    heard(hooks)
    (settings.home / "told.json").write_text("{")
    tell_standing(settings, (BACKUP,), NOW)
    assert heard(hooks) == [BACKUP.line, "trigger backup missing"]


def test_the_heartbeat_beats_and_its_address_is_in_no_log(
    told: tuple[Settings, Hooks], caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever has the address can beat in our place; the HTTP library would log it whole."""
    settings, hooks = told
    with serving(heart := Hooks()), caplog.at_level(logging.DEBUG):
        at = SecretStr(f"http://127.0.0.1:{heart.server_port}/of-ours")
        beating = settings.model_copy(update={"heartbeat_url": at})
        assert tell_standing(beating, (), NOW) == ()
        heart.answer = 500
        assert tell_standing(beating, (), NOW) == ("the heartbeat was not taken (500)",)
    assert heart.asked == ["/of-ours", "/of-ours"]
    assert "of-ours" not in caplog.text
    assert hooks.taken == []
