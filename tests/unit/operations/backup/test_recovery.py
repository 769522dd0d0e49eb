"""How long recoveries took is told beside earlier ones and the time allowed; bytes and rates are told in words."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from operations.backup.rate import Rate, in_bytes
from operations.backup.recovery import Recovery, judge_age, outgrows, past, told
from operations.record import Ending, RunRecord
from tests.unit.backups.test_retention import backup

AT = datetime(2026, 12, 1, 5, tzinfo=UTC)
NOW = Recovery(AT, 60.0, 600 << 20)


def record(recovery: Recovery, ending: Ending = Ending.DONE) -> RunRecord:
    return RunRecord("r", "restore-test", "app", AT, recovery.at, ending, "it restores", facts=(recovery.fact,))


def test_earlier_recoveries_are_found_in_the_records() -> None:
    """The newest first; what failed, and facts of another kind, are passed over."""
    older = Recovery(AT - timedelta(days=31), 50.5, 500 << 20)
    other = replace(record(NOW), facts=(("Recovery time", "quick"), ("Backup", "60.0 s for 1 bytes of archive")))
    assert past([record(older), other, record(NOW), record(NOW, Ending.FAILED)]) == (NOW, older)


def test_the_time_is_told_with_its_trend_and_what_it_would_do_for() -> None:
    """By the slowest of the last few: 5 MiB a second here."""
    earlier = (Recovery(AT - timedelta(days=31), 100.0, 500 << 20),)
    assert told(NOW, earlier, timedelta(hours=4)) == (
        "recovery took 60.0 s of the 4 hours allowed, for 600 MiB of archive (before: 100.0 s on 2026-10-31); "
        "at this rate 4 hours are enough for 70.3 GiB; "
        "grown on as since 2026-10-31 it has 1.7 GiB in a year, which take 6 minutes"
    )
    assert "before" not in told(NOW, (), timedelta(hours=4))


def test_what_staging_grows_to_is_told_once_that_can_be_known() -> None:
    """By a straight line from the first known recovery; not from one of last week, nor when it shrank."""
    objective, month = timedelta(hours=4), AT - timedelta(days=31)
    lately, larger = replace(NOW, at=AT - timedelta(days=7)), replace(NOW, at=month, clear_bytes=601 << 20)
    assert not any("in a year" in told(NOW, earlier, objective) for earlier in ((), (lately,), (larger,)))
    first = (lately, Recovery(month, 10.0, 100 << 20), Recovery(month, 5.0, 50 << 20))
    assert "since 2026-10-31 it has 6.3 GiB in a year, which take 11 minutes" in told(NOW, first, objective)
    assert [outgrows(NOW, first, timedelta(minutes=enough)) for enough in (10, 11)] == [True, False]
    assert not outgrows(NOW, (), timedelta(minutes=10))


def test_bytes_are_told_in_their_unit() -> None:
    """Small ones whole, large ones with a decimal."""
    sizes = (0, 1023, 1024, 10 << 20, 99 << 20, 600 << 20, 1 << 30, 3 << 38)
    assert [in_bytes(size) for size in sizes] == [
        "0 B",
        "1023 B",
        "1 KiB",
        "10.0 MiB",
        "99.0 MiB",
        "600 MiB",
        "1.0 GiB",
        "768 GiB",
    ]


def test_progress_is_told_in_bytes_and_rate_and_not_too_often() -> None:
    """Twice a second at most, with the total where it is known."""
    said: list[str] = []
    times = iter([0.0, 0.1, 2.0, 2.3, 4.0])
    rate = Rate(said.append, total=100 << 20, doing="reading back", clock=lambda: next(times))
    for done in (1 << 20, 20 << 20, 25 << 20, 60 << 20):
        rate(done)
    assert said == [
        "reading back, 20.0 MiB of 100 MiB, 10.0 MiB/s",
        "reading back, 60.0 MiB of 100 MiB, 15.0 MiB/s",
    ]


def test_a_newest_backup_that_is_too_old_is_told() -> None:
    """Whoever deletes newer ones, or brings an old one back, cannot have it restored without a word."""
    newest, every = backup(timedelta(hours=30)), timedelta(hours=25)
    assert judge_age(newest, newest.taken_at + every, every) == ()
    (note,) = judge_age(newest, newest.taken_at + timedelta(hours=30), every)
    assert note.what == (
        f"the newest backup, {newest.id}, is 30 hours old, and one is expected every 25:"
        " newer ones were deleted, or never taken"
    )
