"""Secrets in settings are repeated nowhere: not when refused, not when shown, not in any text."""

import traceback

import pytest

from operations.settings.settings import Settings, load
from operations.settings.sources import variables
from tests.unit.operations.settings.asking import in_file, refused


@pytest.mark.parametrize("prefix", ["sk_live_", "sk_prod_", " sk_live_"])
def test_a_key_to_real_users_is_refused(monkeypatch: pytest.MonkeyPatch, prefix: str) -> None:
    """Clerk's production never gets a request of ours."""
    monkeypatch.setenv("CLERK_SECRET_KEY", f"{prefix}swordfish")
    refusal = refused()
    assert refusal.what.startswith("CLERK_SECRET_KEY in the environment is a key to Clerk's production")
    assert "swordfish" not in str(refusal)


SECRETS = {
    "production_database_url": ("postgresql://reader:hunter2@db:port/app", "hunter2"),
    "staging_database_url": ("postgres:hunter2@db/app", "hunter2"),
    "redis_url": ("redis://:hunter2@[broken", "hunter2"),
    "clerk_secret_key": ("sk_live_hunter2", "hunter2"),
    "store": ("s3://AKIA:hunter2@bucket/x", "hunter2"),
    "recipients": ("key=AGE-SECRET-KEY-1HUNTER2", "HUNTER2"),
    "identity_file": ("AGE-SECRET-KEY-1HUNTER2", "HUNTER2"),
    "seed": ("hunter2", "hunter2"),
    "anchor": ("hunter2", "hunter2"),
    "after_refresh": ("notify 'hunter2", "hunter2"),
    "profile": ("hunter2", "hunter2"),
    "rows": ("hunter2", "hunter2"),
    "notify": ("json://localhost nonsense://hunter2", "hunter2"),
    "pagerduty_key": ("hunter2", "hunter2"),
    "pagerduty_api": ("https://eu:hunter2@events.pagerduty.com", "hunter2"),
    "heartbeat_url": ("http://beat.example.com/hunter2", "hunter2"),
    "notify_on": ("mailtos://user:hunter2@mail.example.com", "hunter2"),
    "names": ("kd_ref=sk_test_0hunter2hunter2hunter2", "hunter2"),
    "allow": ("postgresql://owner:hunter2@db/app", "hunter2"),
    "time_zone": ("owner:hunter2@db", "hunter2"),
    "metrics_file": ("/AGE-SECRET-KEY-1HUNTER2.prom", "HUNTER2"),
}


@pytest.mark.parametrize("name", SECRETS)
@pytest.mark.parametrize("place", ["command line", "environment", "file"])
def test_a_refused_value_is_not_repeated(name: str, place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the refusal, nor in its traceback, nor in what it was raised from."""
    value, secret = SECRETS[name]
    given = {}
    if place == "command line":
        given = {name: value}
    elif place == "environment":
        monkeypatch.setenv({setting: variable for variable, setting in variables(Settings).items()}[name], value)
    else:
        in_file(f'{name} = "{value}"')
    refusal = refused(**given)
    assert secret not in "".join(traceback.format_exception(refusal))
    assert refusal.__cause__ is None
    assert refusal.__context__ is None


def test_what_is_shown_holds_no_secret(full: Settings) -> None:
    """Places are shown without passwords, a key as set, and of a command its program."""
    shown = dict(full.shown())
    assert list(shown) == list(Settings.model_fields)
    assert shown["production_database_url"] == "reader@db.example.com:5433/app"
    assert shown["staging_database_url"] == "owner@localhost:5432/app_staging"
    assert shown["redis_url"] == "redis.example.com:6379/2"
    assert shown["clerk_secret_key"] == "set"
    assert shown["after_refresh"] == "notify ..."
    assert shown["rehearse"] == "migrate ..."
    assert shown["rows"] == "users=1000, public.tasks=0, tasks=1.5 per users"
    assert shown["notify"] == "2 set"
    assert shown["notify_on"] == "failed, drift"
    assert shown["strict"] == "true"
    assert shown["anchor"] == "2026-11-22 03:00:00+00:00"
    assert "hunter2" not in str(shown)
    assert "sesame" not in str(shown)


def test_what_is_not_set_is_shown_as_what_then_happens() -> None:
    """A person reads what is in force, not that something is missing."""
    shown = dict(load().shown())
    assert shown["anchor"] == "the moment of the run"
    assert shown["after_refresh"] == "no command"
    assert shown["identity_file"] == "not set"


def test_no_text_of_the_settings_holds_a_secret(full: Settings) -> None:
    """Whether printed, logged, or put into a message."""
    for text in (repr(full), str(full), f"{full}", repr(full.model_dump(exclude={"after_refresh", "rehearse"}))):
        assert "hunter2" not in text
        assert "sesame" not in text
