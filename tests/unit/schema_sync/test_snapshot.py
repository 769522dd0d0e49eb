"""What is told of a snapshot beside its archive."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from catalog.errors import Refusal
from database.grants import ClosedRoutine, DefaultGrant, ObjectGrant
from schema_sync.snapshot import Snapshot, read_snapshot

SNAPSHOT = Snapshot(
    archive=Path("/var/lib/greenroom/snapshots/1.dump"),
    source="shape@db.test:5432/shop",
    server_version=170002,
    archive_major=18,
    taken_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
    policy_roles=("tenant",),
    grants=(
        ClosedRoutine("app.f()"),
        ObjectGrant("TABLE", "app.users", None, "SELECT", False, "reader"),
        DefaultGrant("owner", None, "TABLES", "SELECT", True, "reader"),
    ),
    versions=(("citext", "1.6"),),
    invalid=("app.users_name",),
    stayed=(("line 3: Grant", "why"),),
    fingerprint="3f9c",
)


def test_a_snapshot_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    """From the two files, wherever they lie now, whichever kinds of grant are told; unknown keys are passed over."""
    archive = tmp_path / "1.dump"
    archive.touch()
    archive.with_suffix(".json").write_text(SNAPSHOT.to_json().replace("{", '{"of_a_later_version": 1,', 1))
    assert read_snapshot(archive) == replace(SNAPSHOT, archive=archive)


@pytest.mark.parametrize("text", [None, "", "[]", "{}", '{"taken_at": "soon"}'])
def test_a_snapshot_that_cannot_be_read_is_refused_by_its_name(tmp_path: Path, text: str | None) -> None:
    """Whether its description is missing or is none."""
    archive = tmp_path / "1.dump"
    archive.touch()
    if text is not None:
        archive.with_suffix(".json").write_text(text)
    with pytest.raises(Refusal, match='there is no snapshot "1"'):
        read_snapshot(archive)


def test_a_snapshot_is_described_in_json_that_names_its_archive_alone() -> None:
    """Not the folder it happened to lie in; the two files move together."""
    told = json.loads(SNAPSHOT.to_json())
    assert told["archive"] == "1.dump"
    assert told["taken_at"] == "2026-11-23T02:00:00+00:00"
    assert told["policy_roles"] == ["tenant"]
    assert told["grants"][1]["role"] == "reader"
    assert SNAPSHOT.server_major == 17
