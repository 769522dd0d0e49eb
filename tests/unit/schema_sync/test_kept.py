"""Which kept snapshots stay: the newest, and the young."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schema_sync.kept import Kept, Rule, decide

NOW = datetime(2026, 11, 28, tzinfo=UTC)


def aged(*days: int) -> list[Kept]:
    """Snapshots of so many days ago."""
    return [Kept(f"run-{day:05}", NOW - timedelta(days=day)) for day in days]


def test_the_newest_and_the_young_stay() -> None:
    """Each with its reason."""
    found = decide(aged(400, 1, 61, 59, 90), Rule(newest=2, young=timedelta(days=60)), NOW)
    assert [(item.run, why) for item, why in found.stay] == [
        ("run-00001", "one of the newest 2"),
        ("run-00059", "one of the newest 2"),
    ]
    assert [(item.run, why) for item, why in found.let_go] == [
        ("run-00061", "61 days old, and 2 newer ones are kept"),
        ("run-00090", "90 days old, and 3 newer ones are kept"),
        ("run-00400", "400 days old, and 4 newer ones are kept"),
    ]


@given(st.lists(st.integers(0, 500), max_size=30, unique=True), st.integers(1, 10), st.integers(0, 400))
def test_every_snapshot_is_decided_once_and_enough_stay(days: list[int], newest: int, young: int) -> None:
    """Nothing young is let go of, and never so much that fewer than the newest stay."""
    found = decide(aged(*days), Rule(newest, timedelta(days=young)), NOW)
    assert len(found.stay) + len(found.let_go) == len(days)
    assert len(found.stay) >= min(newest, len(days))
    assert all(NOW - item.taken_at >= timedelta(days=young) for item, _ in found.let_go)
