"""What texts of the environment and values of the file become."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from pydantic import ValidationError

from backups.cipher import Recipient
from catalog.errors import Refusal
from database.endpoints import Production, Staging
from database.rights.access import Holder, Level
from factories.ratios import Ratio
from operations.settings.settings import Settings, load
from tests.unit.operations.settings.asking import KEY, OTHER_KEY, PRODUCTION, STAGING, in_file


def test_variables_are_read_as_values(full: Settings) -> None:
    """Text becomes endpoints, lists, pairs, a moment and paths."""
    assert full.production() == Production.parse(PRODUCTION)
    assert full.production().password == "hunter2"
    assert full.staging() == Staging.parse(STAGING)
    assert full.backup_recipients() == (Recipient(KEY), Recipient(OTHER_KEY))
    assert full.identity_file == Path("~/identity.txt").expanduser()
    assert full.anchor == datetime(2026, 11, 22, 3, tzinfo=UTC)
    assert full.rows == (("users", 1000), ("public.tasks", 0), ("tasks", Ratio.parse("3/2 per users")))
    assert full.roles == (("app", "app_staging"),)
    assert full.allow == ("same-server", "no-tls")
    assert full.after_refresh == ("notify", "--token", "sesame")


def test_the_file_says_the_same_in_toml(full: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Lists, TOML's own times and tables, also with a dot in a table's name."""
    for name in ("RECIPIENTS", "ANCHOR", "ROWS", "ROLES", "ALLOW", "STRICT"):
        monkeypatch.delenv(f"GREENROOM_{name}")
    in_file(
        f'recipients = ["{KEY}", "{OTHER_KEY}"]\nanchor = 2026-11-22T03:00:00Z\nstrict = true\n'
        'allow = ["same-server", "no-tls"]\n[rows]\nusers = 1000\npublic.tasks = 0\ntasks = "1.5 per users"\n'
        '[roles]\napp = "app_staging"\n'
    )
    assert load() == full


def test_settings_cannot_be_changed() -> None:
    """They are one value for the whole run."""
    settings = load()
    with pytest.raises(ValidationError, match="frozen"):
        settings.seed = 1


def test_days_and_hours_are_handed_down_as_spans() -> None:
    """Retention and the recovery objective."""
    settings = load(retention_days=14, recovery_hours=0.5, backup_hours=170)
    assert (settings.retention().keep, settings.retention().every) == (timedelta(days=14), timedelta(hours=170))
    assert settings.recovery_objective() == timedelta(minutes=30)


def test_a_level_of_access_has_roles_in_the_file_and_in_a_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list of them, or a pair for each; they are told as they are written in the variable."""
    in_file('[access]\ndeveloper = ["anna", "ben"]\nread-only = "report"\n')
    held = load().access
    assert held == (Holder(Level.DEVELOPER, "anna"), Holder(Level.DEVELOPER, "ben"), Holder(Level.READ_ONLY, "report"))
    assert dict(load().shown())["access"] == "developer=anna, developer=ben, read-only=report"
    monkeypatch.setenv("GREENROOM_ACCESS", "developer=anna, developer=ben,read-only=report")
    assert load().access == held


def test_a_command_in_a_variable_may_be_a_list(monkeypatch: pytest.MonkeyPatch) -> None:
    """As JSON, its words as they are: taken for one word, all of it would be told as the program's name."""
    monkeypatch.setenv("GREENROOM_AFTER_REFRESH", '["sh", "-c", "notify --token sesame"]')
    settings = load()
    assert settings.after_refresh == ("sh", "-c", "notify --token sesame")
    assert dict(settings.shown())["after_refresh"] == "sh ..."
    for wrong in ('["sh", "sesame"', '["sesame", 7]'):
        monkeypatch.setenv("GREENROOM_AFTER_REFRESH", wrong)
        with pytest.raises(Refusal, match="GREENROOM_AFTER_REFRESH") as refusal:
            load()
        assert "sesame" not in str(refusal.value)
