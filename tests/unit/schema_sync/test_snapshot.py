"""What is told of a snapshot beside its archive."""

import json
from datetime import UTC, datetime
from pathlib import Path

from database.grants import ObjectGrant
from schema_sync.snapshot import Snapshot


def test_a_snapshot_is_described_in_json_that_names_its_archive_alone() -> None:
    """Not the folder it happened to lie in; the two files move together."""
    snapshot = Snapshot(
        archive=Path("/var/lib/greenroom/snapshots/1.dump"),
        source="shape@db.test:5432/shop",
        server_version=170002,
        archive_major=18,
        taken_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
        policy_roles=("tenant",),
        grants=(ObjectGrant("TABLE", "app.users", None, "SELECT", False, "reader"),),
    )
    told = json.loads(snapshot.to_json())
    assert told["archive"] == "1.dump"
    assert told["taken_at"] == "2026-11-23T02:00:00+00:00"
    assert told["policy_roles"] == ["tenant"]
    assert told["grants"][0]["role"] == "reader"
    assert snapshot.server_major == 17
