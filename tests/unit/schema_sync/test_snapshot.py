"""What is told of a snapshot beside its archive."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from database.rights.grants import Closed, ClosedDefault, DefaultGrant, ObjectGrant
from database.shape.surroundings import Surroundings
from schema_sync.snapshot import Snapshot, snapshot_of

SNAPSHOT = Snapshot(
    archive=Path("/var/lib/greenroom/snapshots/1.dump"),
    source="shape@db.test:5432/shop",
    server_version=170002,
    archive_major=18,
    taken_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
    policy_roles=("tenant",),
    grants=(
        Closed("ROUTINE", "app.f()"),
        ObjectGrant("TABLE", "app.users", None, "SELECT", False, "reader"),
        ClosedDefault("owner", "FUNCTIONS"),
        DefaultGrant("owner", None, "TABLES", "SELECT", True, "reader"),
    ),
    surroundings=Surroundings("UTF8", "libc C", extensions=(("citext", "1.6"),)),
    invalid=("app.users_name",),
    stayed=(("line 3: Grant", "why"),),
    fingerprint="3f9c",
)


def test_a_snapshot_is_read_back_as_it_was_kept(tmp_path: Path) -> None:
    """Wherever it lies now, whichever kinds of grant are told; unknown keys are passed over."""
    archive = tmp_path / "1.dump"
    values = json.loads(SNAPSHOT.to_json()) | {"of_a_later_version": 1}
    assert snapshot_of(values, archive) == replace(SNAPSHOT, archive=archive)


def test_a_snapshot_is_described_in_json_that_names_its_archive_alone() -> None:
    """Not the folder it happened to lie in; the two files move together."""
    told = json.loads(SNAPSHOT.to_json())
    assert told["archive"] == "1.dump"
    assert told["taken_at"] == "2026-11-23T02:00:00+00:00"
    assert told["policy_roles"] == ["tenant"]
    assert told["grants"][1]["role"] == "reader"
    assert SNAPSHOT.server_major == 17
