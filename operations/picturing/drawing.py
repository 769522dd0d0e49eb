"""Counts as charts take them: days without a gap, values with their rest, numbers of children in classes."""

import math
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from catalog.model import ForeignKey, TableName
from operations.picture import FanOutRecord, SeriesRecord, StatesRecord
from operations.picturing.choosing import MOST_VALUES, Dated

_MOST_STRETCHES = 800
_DAY, _WEEK, _MONTH = 1, 7, 30
_MOST_WORDS = 3
_NOTHING, _OTHERS = "(nothing)", "(others)"
_LONGEST = 60
_BOUNDS = (0, 1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)


def series(chosen: Dated, found: Sequence[tuple[date, tuple[float, ...]]]) -> Iterator[SeriesRecord]:
    """A series of each measure, then of the rows; none if all is on one day. Weeks end on the last day there is."""
    if len(found) < 2:
        return
    last = found[-1][0]
    days = _stretch([(last - day).days for day, _ in found])
    stretches = (last - found[0][0]).days // days + 1
    begin = last - timedelta(days=stretches * days - 1)
    for at, measure in (*enumerate(chosen.measures, 1), (0, "rows")):
        values = [0.0] * stretches
        for day, amounts in found:
            values[(day - begin).days // days] += amounts[at]
        if all(map(math.isfinite, values)) and any(values):
            yield SeriesRecord(str(chosen.table), chosen.by, measure, begin, days, tuple(round(v, 4) for v in values))


def _stretch(ago: Sequence[int]) -> int:
    """Days, weeks or months: the shortest by which most of the time has rows and there are not too many points."""
    for days in (_DAY, _WEEK):
        whole = max(ago) // days + 1
        if whole <= _MOST_STRETCHES and 2 * len({one // days for one in ago}) >= whole:
            return days
    return _MONTH


def states(table: TableName, column: str, counts: Sequence[tuple[str | None, int]]) -> StatesRecord | None:
    """The most frequent values, and the others as one; None if there are not two, or they are sentences."""
    if len(counts) < 2 or any(len((value or "").split()) > _MOST_WORDS for value, _ in counts):
        return None
    named = [(_NOTHING if value is None else value[:_LONGEST], count) for value, count in counts]
    shown, rest = named[:MOST_VALUES], named[MOST_VALUES:]
    others = [(_OTHERS, sum(count for _, count in rest))] if rest else []
    return StatesRecord(str(table), column, (*shown, *others))


def fan_out(
    child: TableName, key: ForeignKey, found: Sequence[tuple[int, int]], parents: int | None
) -> FanOutRecord | None:
    """Parents by their number of children; those without one only if it is known how many `parents` there are."""
    having = sum(count for _, count in found)
    if not having:
        return None
    sizes = [*found] if parents is None else [(0, max(parents - having, 0)), *found]
    return FanOutRecord(
        child=str(child),
        columns=key.columns,
        parent=str(key.target),
        parents=tuple(_classes(sizes)),
        children=sum(size * count for size, count in found),
        middle=_middle(found, having),
        most=max(size for size, _ in found),
    )


def _classes(sizes: Sequence[tuple[int, int]]) -> Iterator[tuple[str, int]]:
    """Classes that grow by one, two, five, up to the largest there is; those without any stand apart from them."""
    largest, begun = max(size for size, _ in sizes), False
    for below, top in zip((-1, *_BOUNDS), (*_BOUNDS, largest), strict=True):
        if below >= largest:
            return
        count = sum(many for size, many in sizes if below < size <= top)
        begun = begun or (count > 0 and top > 0)
        if begun or count:
            yield (f"{top:,}" if top - below == 1 else f"{below + 1:,} to {top:,}"), count


def _middle(found: Sequence[tuple[int, int]], having: int) -> int:
    seen = 0
    for size, count in sorted(found):
        seen += count
        if 2 * seen >= having:
            return size
    raise AssertionError("there is a middle where there is anything")
