"""Keeping snapshots: sealed, found again by their run, let go of by the rule."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from catalog.errors import Refusal
from schema_sync.kept import Rule
from schema_sync.snapshot import Snapshot
from schema_sync.snapshots import describe, kept_in, prune, read_kept

NOW = datetime(2026, 11, 28, 2, tzinfo=UTC)


def keep(folder: Path, run: str, *, days: int = 0, directory: bool = False) -> Snapshot:
    """A snapshot of so many days ago, in the folder."""
    archive = folder / f"{run}.dump"
    if directory:
        archive.mkdir()
        (archive / "toc.dat").write_bytes(b"PGDMP")
    else:
        archive.write_bytes(b"PGDMP")
    snapshot = Snapshot(archive, "shape@db.test:5432/shop", 180006, 18, NOW - timedelta(days=days), ("tenant",))
    describe(snapshot)
    return snapshot


@pytest.mark.parametrize("directory", [False, True])
def test_what_was_kept_comes_back(tmp_path: Path, directory: bool) -> None:
    """By the name of its run; nobody else may read the description."""
    snapshot = keep(tmp_path, "run-1", directory=directory)
    assert read_kept(tmp_path, "run-1") == snapshot
    assert (tmp_path / "run-1.json").stat().st_mode & 0o777 == 0o600


def test_a_changed_archive_or_description_is_refused(tmp_path: Path) -> None:
    """And so is one without a seal, which an earlier version kept, or one that cannot be read."""
    keep(tmp_path, "run-1")
    description = tmp_path / "run-1.json"
    text = description.read_text()
    values = json.loads(text)
    for changed in (
        text.replace("tenant", "someone"),
        json.dumps({key: value for key, value in values.items() if key != "sha256"}),
        "{",
        "[]",
        json.dumps(values | {"taken_at": "yesterday"}),
        json.dumps(values | {"grants": [{"odd": 1}]}),
    ):
        description.write_text(changed)
        with pytest.raises(Refusal, match="the snapshot of the run run-1 is not what was kept"):
            read_kept(tmp_path, "run-1")
    description.write_text(text)
    (tmp_path / "run-1.dump").write_bytes(b"PGDMP!")
    with pytest.raises(Refusal, match="its fingerprint is another one"):
        read_kept(tmp_path, "run-1")


def test_a_run_that_kept_none_is_told_with_those_that_did(tmp_path: Path) -> None:
    """The newest first."""
    with pytest.raises(Refusal, match="no snapshot of the run run-9 is kept: kept are none at all"):
        read_kept(tmp_path, "run-9")
    keep(tmp_path, "run-1", days=2)
    keep(tmp_path, "run-2", days=1)
    with pytest.raises(Refusal, match="kept are run-2, run-1"):
        read_kept(tmp_path, "run-9")


def test_old_ones_are_let_go_of_with_their_descriptions(tmp_path: Path) -> None:
    """But not that of the run under way, however old the shape is that it builds from again."""
    keep(tmp_path, "old", days=400, directory=True)
    keep(tmp_path, "again", days=400)
    keep(tmp_path, "new")
    assert [item.run for item in prune(tmp_path, Rule(newest=1), NOW, "again")] == ["old"]
    assert [item.run for item in kept_in(tmp_path)] == ["again", "new"]
    assert {path.name for path in tmp_path.iterdir()} == {"again.dump", "again.json", "new.dump", "new.json"}
