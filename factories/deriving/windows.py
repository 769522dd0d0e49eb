"""Moments and numbers with fractions of which none comes twice, within the bounds that a CHECK sets."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

from catalog.model import DataType
from factories.conditions.hints import Hints, number
from factories.recipe import Recipe
from factories.values.exotic import Lane
from factories.values.moments import DAY, HOUR, SECOND
from factories.values.numbers import RowNumber
from factories.values.scatter import Among
from factories.values.times import Counted

_DATED = ("date", "timestamp", "timestamptz")
_STEPS = (DAY, HOUR, HOUR // 60, SECOND)  # between two moments, in microseconds
_ROOMY = 100_000  # moments from which on they may lie as far apart
_LONG = timedelta(3650)  # how far a window reaches that has one bound
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def windows(kind: DataType, limits: Hints, literals: tuple[str, ...]) -> Iterator[Recipe]:
    """Recipes for a unique date, time of day or moment: within its bounds, or between moments that are mentioned."""
    base = kind.concrete.base
    if base in ("time", "timetz"):
        low, high = _of_day(limits.low, 0), _of_day(limits.high, DAY)
        yield from _between(base, low, high - (high < DAY and limits.high_open))
    elif base in _DATED:
        first, last = moment(limits.low), moment(limits.high)
        told = sorted({found for text in literals if (found := moment(text))})
        if first and last:
            yield from _dated(base, first, last)
        if len(told) > 1:
            yield from _dated(base, told[0], told[-1])


def half_open(kind: DataType, limits: Hints) -> Iterator[Recipe]:
    """The same for some years after, or before, the one bound that there is."""
    first, last = moment(limits.low), moment(limits.high)
    if kind.concrete.base in _DATED and (first is None) != (last is None):
        yield from _dated(kind.concrete.base, first or _moved(last, -_LONG), last or _moved(first, _LONG))


def _moved(known: datetime | None, by: timedelta) -> datetime:
    """The moment so much later or earlier, as far as there are dates."""
    try:
        return (known or _EPOCH) + by
    except OverflowError:
        return (datetime.max if by > timedelta() else datetime.min).replace(tzinfo=UTC)


def days_within(limits: Hints, most: int) -> tuple[str, ...]:
    """The days between the bounds, if they are no more than so many."""
    first, last = moment(limits.low), moment(limits.high)
    if not first or not last:
        return ()
    start, end = first.toordinal() + limits.low_open, last.toordinal() - limits.high_open
    days = range(start, end + 1) if 0 <= end - start < most else range(0)
    return tuple(datetime.fromordinal(day).date().isoformat() for day in days)


def _dated(base: str, first: datetime, last: datetime) -> Iterator[Recipe]:
    ends = [(end - _EPOCH) // timedelta(microseconds=1) for end in (first, last)]
    yield from _between(base, *ends)


def _between(base: str, low: int, high: int) -> Iterator[Recipe]:
    """As far apart as leaves many; then without the bounds themselves, which may be excluded."""
    steps = [step for step in _STEPS if base != "date" or step == DAY]
    step = next((step for step in steps if (high - low) // step >= _ROOMY), steps[-1])
    start = -(-low // step) * step
    count = (high - start) // step + 1
    if count > 0:
        yield Counted(start, step, count, base)
    if count > 2:
        yield Counted(start + step, step, count - 2, base)


def moment(text: str | None) -> datetime | None:
    """The moment, or the beginning of the day, that a constant tells, in UTC if it names no zone; None if none."""
    for told in (text or "", (text or "")[:10]):
        try:
            found = datetime.fromisoformat(told)
        except ValueError:
            continue
        return found if found.tzinfo else found.replace(tzinfo=UTC)
    return None


def _of_day(text: str | None, usual: int) -> int:
    told = re.match(r"(\d\d):(\d\d)(?::(\d\d))?", text or "")
    hours, minutes, seconds = (int(part or 0) for part in told.groups()) if told else (0, 0, 0)
    return (hours * 3600 + minutes * 60 + seconds) * SECOND if told else usual


def fractions(limits: Hints) -> tuple[Recipe, int | None]:
    """A recipe for a unique number with a fraction, and how many values it has."""
    low, high = number(limits.low), number(limits.high)
    if high is not None and low is None and high <= 1:
        return Lane(-1, int(high.__ceil__()) - 1), None
    if high is not None and (low or 0) < high:
        among = Among(float(low or 0), float(high))
        return among, among.capacity
    return RowNumber(1 if low is None else int(low.__floor__()) + 1), None
