"""What is told of a snapshot beside its archive."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from database.grants import ClosedRoutine, DefaultGrant, ObjectGrant
from schema_sync.snapshot import Snapshot


def test_a_snapshot_comes_back_from_its_description() -> None:
    """Grants of each kind among what is known of it; the folder is the one it lies in now."""
    snapshot = Snapshot(
        archive=Path("/kept/1.dump"),
        source="app.sql",
        server_version=170002,
        archive_major=18,
        taken_at=datetime(2026, 11, 23, 2, tzinfo=UTC),
        policy_roles=("tenant",),
        extensions=("citext",),
        revisions=("0008",),
        has_public=False,
        grants=(
            ClosedRoutine("app.f()"),
            ObjectGrant("TABLE", "app.users", None, "SELECT", False, "reader"),
            DefaultGrant("boss", None, "TABLES", "SELECT", False, "reader"),
        ),
        stayed=(("line 3: Grant", "why"),),
        fingerprint="3f9c",
    )
    again = Snapshot.from_values(json.loads(snapshot.to_json()), Path("/moved"))
    assert again == replace(snapshot, archive=Path("/moved/1.dump"))


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
