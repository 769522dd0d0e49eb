"""What earlier runs were like: how long they took, how large backups became, how long recoveries took."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from operations.backup.rate import in_bytes
from operations.backup.recovery import past as recoveries
from operations.record import Ending, RunRecord
from operations.report.curves import HIGH, WIDE
from operations.report.words import duration, number

MOST = 30
_FEWEST = 2
_PAD = 6

Linked = tuple[str, RunRecord]
"""A run, and the link to its page."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of a trend: where it is in a box of WIDE by HIGH, when it was, and its value in words."""

    x: float
    y: float
    at: datetime
    told: str


@dataclass(frozen=True, slots=True)
class Trend:
    """One number over the runs, oldest first: what it is, its newest value, its least and greatest."""

    title: str
    points: tuple[Point, ...]
    newest: str
    least: str
    most: str

    @property
    def path(self) -> str:
        """The line through its points."""
        return "M" + "L".join(f"{point.x:g} {point.y:g}" for point in self.points)


def of_this_job(record: RunRecord, past: Iterable[Linked]) -> tuple[Linked, ...]:
    """The last runs of the same job on the same database, the newest first, this one among them if it is given."""
    same = [one for one in past if (one[1].job, one[1].database) == (record.job, record.database)]
    return tuple(sorted(same, key=lambda one: one[1].started, reverse=True)[:MOST])


def trends(record: RunRecord, past: Iterable[Linked]) -> tuple[Trend, ...]:
    """The trends that have two points at least: this job's time and rows, and staging's backups and recoveries."""
    runs = sorted((run for _, run in past if run.database == record.database), key=lambda run: run.started)
    done = [run for run in runs if run.job == record.job and run.ending is Ending.DONE]
    found = (
        _trend(f"How long a {record.job} took", [(run.ended, run.seconds) for run in done], duration),
        _trend("Rows seeded", [(run.ended, run.rows) for run in done if run.rows], number),
        _trend("Size of a backup", list(_backups(runs)), lambda value: in_bytes(int(value))),
        _trend("How long a recovery took", [(one.at, one.seconds) for one in recoveries(runs)[::-1]], duration),
    )
    return tuple(trend for trend in found if trend)


def _backups(runs: Sequence[RunRecord]) -> Iterator[tuple[datetime, float]]:
    yield from ((run.ended, float(run.backup_bytes)) for run in runs if run.backup_bytes is not None)


def _trend(title: str, values: Sequence[tuple[datetime, float]], told: Callable[[float], str]) -> Trend | None:
    shown = values[-MOST:]
    if len(shown) < _FEWEST:
        return None
    most, step = max(value for _, value in shown) or 1.0, (WIDE - 2 * _PAD) / (len(shown) - 1)
    points = (
        Point(round(_PAD + at * step, 1), round(HIGH - _PAD - value / most * (HIGH - 2 * _PAD), 1), when, told(value))
        for at, (when, value) in enumerate(shown)
    )
    least = min(value for _, value in shown)
    return Trend(title, tuple(points), told(shown[-1][1]), told(least), told(most))
