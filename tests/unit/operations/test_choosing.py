"""Which backups a run takes from its store."""

from datetime import timedelta
from pathlib import Path

import pytest

from backups.stores import open_store
from catalog.errors import Refusal
from operations.backup.restoring import choose, choose_due, wanted
from operations.run import Run
from operations.settings.settings import load
from tests.unit.backups.test_keeping import shelve


def test_any_database_can_be_tested_by_name_and_is_restored_only_if_it_is_named(tmp_path: Path) -> None:
    """A restore test harms nothing; a restore would put one database's rows in the place of another's."""
    old, new = (shelve(open_store(str(tmp_path)), timedelta(days=days), token=days) for days in (2, 1))
    url = "postgresql://owner@staging.example.com/other"
    settings = load(home=tmp_path / "home", store=str(tmp_path), staging_database_url=url)
    run = Run("restore", settings, settings.staging())
    assert [item.id for item in choose_due(run, old.id)] == [old.id]
    with pytest.raises(Refusal, match='there is no backup yet of "other"'):
        choose_due(run)
    with pytest.raises(Refusal, match='is of "app", and not of "other"'):
        choose(run, wanted(settings, old.id))
    assert choose(run, wanted(settings, old.id, database="app")).id == old.id
    assert choose(run, wanted(settings, database="app")).id == new.id
