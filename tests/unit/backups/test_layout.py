"""Objects are ours by their names, and nothing else is."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from backups.layout import archive_name, backup_id, manifest_name, owner, proof_name

MOMENT = datetime(2026, 11, 22, 3, 0, tzinfo=timezone(timedelta(hours=1)))


def test_a_backups_name_is_its_time_in_utc() -> None:
    """Names sort by time wherever they were made."""
    assert backup_id(MOMENT, "3f9c2a") == "20261122T020000Z-3f9c2a"


def test_every_object_of_a_backup_belongs_to_it() -> None:
    """Archive, manifest and proofs are recognized."""
    name = backup_id(MOMENT, "3f9c2a")
    for item in (archive_name(name), manifest_name(name), proof_name(name, "restore-test", datetime.now(UTC))):
        assert owner(item) == name


@pytest.mark.parametrize(
    "name",
    [
        "notes.txt",
        "20261122T020000Z-3f9c2a",
        "20261122T020000Z-3f9c2a/notes.txt",
        "20261122T020000Z-3f9c2a/manifest.json.old",
        "old/20261122T020000Z-3f9c2a/manifest.json",
        "20261122T020000Z-3F9C2A/manifest.json",
        "20261122T020000Z-3f9c2a/manifest.json\n",
    ],
)
def test_a_strangers_object_belongs_to_nobody(name: str) -> None:
    """What we did not write is not ours to delete."""
    assert owner(name) is None
