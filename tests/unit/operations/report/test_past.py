"""What the page says of earlier runs, and the shapes of its curves."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from operations.picture import Picture, SeriesRecord
from operations.record import Ending, RunRecord, TableRecord
from operations.report import curves, render
from operations.report.past import of_this_job, trends
from operations.report.words import about, percent

NOW = datetime(2026, 11, 22, 22, tzinfo=UTC)
RUN = RunRecord("r", "refresh", "staging", NOW, NOW + timedelta(seconds=30), Ending.DONE, "done")
RECOVERY = ("Recovery time", "12.5 s for 1000 bytes of archive")


def run(weeks: int, seconds: float, base: RunRecord = RUN) -> tuple[str, RunRecord]:
    at = NOW - timedelta(weeks=weeks)
    return f"r{weeks}.html", replace(base, run=f"r{weeks}", started=at, ended=at + timedelta(seconds=seconds))


def test_runs_of_the_same_job_are_beside_it() -> None:
    """The newest first; other jobs and other databases are not among them."""
    apart = [run(2, 20, replace(RUN, job="backup")), run(3, 20, replace(RUN, database="other"))]
    assert [one.run for _, one in of_this_job(RUN, [run(1, 20), run(0, 30), *apart])] == ["r0", "r1"]


def test_trends_are_of_what_went_well() -> None:
    """A failed run is no point of a trend; a single value is no trend; the newest is in large type."""
    known = [
        run(3, 40, replace(RUN, tables=(TableRecord("t", 10),), backup_bytes=2048)),
        run(2, 900, replace(RUN, ending=Ending.FAILED)),
        run(1, 20, replace(RUN, tables=(TableRecord("t", 20),), backup_bytes=4096)),
        run(0, 30, replace(RUN, facts=(RECOVERY,))),
    ]
    found = {trend.title: trend for trend in trends(known[-1][1], known)}
    assert list(found) == ["How long a refresh took", "Rows seeded", "Size of a backup"]
    took = found["How long a refresh took"]
    assert (took.newest, took.least, took.most) == ("30.0 s", "20.0 s", "40.0 s")
    assert [point.told for point in took.points] == ["40.0 s", "20.0 s", "30.0 s"]
    assert took.points[0].y < took.points[2].y < took.points[1].y
    assert found["Size of a backup"].newest == "4 KiB"


def test_restore_tests_make_a_trend_of_their_own() -> None:
    """How long recoveries took is shown in the reports of all jobs of the database."""
    known = [run(weeks, 9, replace(RUN, job="restore-test", facts=(RECOVERY,))) for weeks in (2, 1)]
    assert [trend.title for trend in trends(RUN, known)] == ["How long a recovery took"]


def test_a_curve_stays_in_its_box_and_its_months_add_up() -> None:
    """The highest value touches the top, months hold every day once."""
    series = SeriesRecord("t", "day", "rows", date(2026, 1, 30), 1, (0, 4, 8, 2))
    drawn = curves.curve(series)
    assert drawn.top == 8
    assert drawn.sums == (("January 2026", 4), ("February 2026", 10))
    assert drawn.total == sum(value for _, value in drawn.sums)
    heights = [float(point.split()[1]) for point in drawn.path.split("L")[2:-2]]
    assert min(heights) >= 0
    assert max(heights) <= curves.HIGH


def test_a_line_over_many_days_has_no_weekends() -> None:
    """It is the mean of each day's week; where there are few days, or points are weeks, there is none."""
    weeks = SeriesRecord("t", "day", "rows", date(2026, 1, 5), 1, (7, 7, 7, 7, 7, 0, 0) * 6)
    heights = {point.split()[1] for point in curves.curve(weeks).mean[1:].split("L")[3:-3]}
    assert len(heights) == 1
    assert curves.curve(weeks).middle == date(2026, 1, 26)
    assert curves.curve(replace(weeks, values=weeks.values[:41])).mean == ""
    assert curves.curve(replace(weeks, days=7)).mean == ""
    page = render(replace(RUN, picture=Picture(series=(weeks,))))
    assert 'class="mean"' in page
    assert "26 Jan 2026" in page


def test_stretches_of_thirty_days_are_not_called_months() -> None:
    """They fit into none: each is read by itself, and the chart says what a point is."""
    picture = Picture(series=(SeriesRecord("t", "day", "rows", date(2026, 1, 2), 30, (4, 0, 9)),))
    drawn = curves.curve(picture.series[0])
    assert drawn.sums == (("2 Jan 2026", 4), ("1 Feb 2026", 0), ("3 Mar 2026", 9))
    page = render(replace(RUN, picture=picture))
    assert "rows</bdi> in each 30 days" in page
    assert ("30 days from</th>" in page, "Month</th>" in page) == (True, False)


def test_shares_are_of_the_whole_and_bars_of_the_widest() -> None:
    """Half of all is 50 %, and the widest bar is full."""
    first, second = curves.shares([("a", 30), ("b", 30)])
    assert (first.width, first.percent) == (100, 50)
    assert second.count == 30
    assert [share.width for share in curves.shares([("a", 0)])] == [0]


def test_numbers_are_short_where_there_is_little_room() -> None:
    """Three digits and a letter; a share that is not nothing is not told as nothing."""
    assert [about(value) for value in (0, 7, 999, 1000, 4709, 999_499, 999_999, 1_234_567, 2e9)] == [
        "0", "7", "999", "1k", "4.71k", "999k", "1M", "1.23M", "2G",
    ]  # fmt: skip
    assert [percent(value) for value in (0, 0.01, 0.4, 46.2, 100)] == ["0 %", "< 0.1 %", "0.4 %", "46 %", "100 %"]
