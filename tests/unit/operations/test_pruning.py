"""What a run says of the backups that it let go, and of those that it did not."""

import os
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from backups.hold import Hold
from backups.holding import put_on_hold
from backups.listing import list_backups
from backups.proof import Backup
from backups.retention import Decision, Policy, decide
from backups.stores import Store, open_store
from operations.backup import keeping_backups
from operations.run import Run
from operations.settings.settings import load
from tests.unit.backups import test_retention
from tests.unit.backups.test_keeping import shelve

AT_ONCE = datetime.now(UTC).replace(microsecond=0)


def taken(folder: Path, store: Store, days: int) -> Backup:
    """A backup of so many days ago, by its own date and the folder's."""
    made = shelve(store, test_retention.NOW - AT_ONCE + timedelta(days=days), token=days)
    then = (AT_ONCE - timedelta(days=days)).timestamp()
    for path in (folder / made.id).iterdir():
        os.utime(path, (then, then))
    return made


def test_what_was_put_on_hold_meanwhile_is_told_as_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there, and neither the report nor the count says that it was let go."""
    store = open_store(str(tmp_path))
    new, old, older = (taken(tmp_path, store, days) for days in (0, 9, 10))

    def meanwhile(backups: Sequence[Backup], policy: Policy, now: datetime) -> Decision:
        decision = decide(backups, policy, now)
        put_on_hold(store, Hold(old.id, AT_ONCE, None, "an audit", "anna"))
        return decision

    monkeypatch.setattr(keeping_backups, "decide", meanwhile)
    url = "postgresql://owner@staging.example.com/app"
    settings = load(home=tmp_path / "home", store=str(tmp_path), staging_database_url=url)
    run = Run("backups prune", settings, settings.staging())
    keeping_backups.prune_old(run)
    assert [item.id for item in list_backups(store).backups] == [new.id, old.id]
    assert [fact for _, fact in run.story.facts][1:] == [
        f"keep {old.id}: put on hold meanwhile",
        f"let go {older.id}: 10 days old, kept for 7 days",
    ]
    assert run.story.steps[0].note == "2 kept, 1 let go"
