"""The geometry of the charts, and the numbers that are read where a chart is not seen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from operations.picture import FanOutRecord, SeriesRecord, StatesRecord
from operations.report.words import day

WIDE, HIGH = 600, 96
_FOOT = 2
_MONTH = 30
_AROUND, _MANY = 3, 42  # days before and after one that are its week; from how many days on that is worth a line


@dataclass(frozen=True, slots=True)
class Share:
    """One line of a bar chart: its name, its count, and how wide its bar is, in per cent of the widest."""

    name: str
    count: int
    width: float
    percent: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A series as the outline of an area, in a box of WIDE by HIGH; its top, its sum, and its sums to be read.

    The outline leaves the box at its sides and foot, so that a stroke is seen along the values alone. `mean` is the
    line of each day's week around it, which has no weekends; empty where there are few days.
    """

    path: str
    mean: str
    middle: date
    top: float
    total: float
    sums: tuple[tuple[str, float], ...]


def curve(series: SeriesRecord) -> Curve:
    """The curve of a series."""
    top = max(series.values) or 1.0
    step = WIDE / max(len(series.values) - 1, 1)
    points = _points(series.values, top, step)
    daily = series.days == 1 and len(series.values) >= _MANY
    mean = "M" + "L".join(_points(_weekly(series.values), top, step)) if daily else ""
    ends = (f"M-9 {HIGH + 9}L-9 {points[0].split()[1]}", f"{WIDE + 9} {points[-1].split()[1]}L{WIDE + 9} {HIGH + 9}")
    path, middle = "L".join((ends[0], *points, ends[1])), _day(series, len(series.values) // 2)
    return Curve(path, mean, middle, top, sum(series.values), tuple(_sums(series)))


def _points(values: Sequence[float], top: float, step: float) -> list[str]:
    return [f"{at * step:.4g} {_height(value, top):.3g}" for at, value in enumerate(values)]


def _weekly(values: Sequence[float]) -> list[float]:
    """The mean of the seven days around each day, of fewer at the ends."""
    around = (values[max(at - _AROUND, 0) : at + _AROUND + 1] for at in range(len(values)))
    return [sum(week) / len(week) for week in around]


def _height(value: float, top: float) -> float:
    return HIGH - _FOOT - max(value, 0) / top * (HIGH - 2 * _FOOT)


def _sums(series: SeriesRecord) -> Iterator[tuple[str, float]]:
    """By month; stretches of 30 days fit into no month, and are read one by one."""
    dated = ((_day(series, at), value) for at, value in enumerate(series.values))
    if series.days >= _MONTH:
        yield from ((day(at), value) for at, value in dated)
        return
    for month, found in groupby(dated, key=lambda pair: f"{pair[0]:%B %Y}"):
        yield month, sum(value for _, value in found)


def _day(series: SeriesRecord, at: int) -> date:
    return series.first + timedelta(days=at * series.days)


def shares(counts: Sequence[tuple[str, int]]) -> tuple[Share, ...]:
    """The counts as bars."""
    widest, whole = max(count for _, count in counts) or 1, sum(count for _, count in counts) or 1
    return tuple(Share(name, count, round(100 * count / widest, 1), 100 * count / whole) for name, count in counts)


def by_table(states: Sequence[StatesRecord]) -> tuple[tuple[str, tuple[StatesRecord, ...]], ...]:
    """The states, those of a table together."""
    return tuple((table, tuple(found)) for table, found in groupby(states, key=lambda one: one.table))


def told(fan_out: FanOutRecord) -> str:
    """A fan-out in one clause."""
    return f"half of those that have any have at most {fan_out.middle:,}, and one has {fan_out.most:,}"
