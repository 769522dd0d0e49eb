"""Ranges as long as a condition mentions, and ranges with an open end, to try in place of those that it turns down."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from catalog.model import DataType
from factories.keys.combinations import DigitSlot
from factories.recipe import Recipe
from factories.values.exotic import Lane
from factories.values.moments import DAY, HOUR, SECOND, Ahead, Slot
from factories.values.numbers import Integer
from factories.values.structures import Span

_MINUTE = HOUR // 60
_UNITS = {"year": 365 * DAY, "mon": 30 * DAY, "day": DAY}  # as PostgreSQL prints an interval; the rest is a clock's
_USUAL = {DAY: (DAY, 2 * DAY, 30 * DAY, 365 * DAY), SECOND: (15 * _MINUTE, 30 * _MINUTE, 2 * HOUR, 8 * HOUR, DAY)}
_REACH = 1000 * 365 * DAY  # how far back a table's ranges may go
_LAST = 2**31  # that a whole number's range may come to
_DIGITS = 6  # of a number that is taken for a length
_YEAR, _FEW = 365, 49  # days in which ranges lie that may overlap, and numbers at which they begin

Ends = tuple[Recipe, Recipe]


def lengthened(known: Span, literals: Sequence[str], rows: int, *, apart: bool) -> Iterator[Span]:
    """Ranges as long as is mentioned or as usual, with those known if they lie `apart`; else also open ones."""
    dates = known.kind.concrete.base == "date"
    found = ends(known.low, known.high, literals, rows, dates=dates) if apart else _anywhere(known.kind, literals)
    for low, high in found:
        yield replace(known, low=low, high=high)
    if not apart:
        yield from (replace(known, high=None), replace(known, low=None))


def _anywhere(kind: DataType, literals: Sequence[str]) -> Iterator[Ends]:
    """Ends of ranges that may overlap: both are drawn alike, and so they stay as far apart."""
    base = kind.concrete.base
    if base in ("date", "timestamp", "timestamptz"):
        for length in _lengths(literals, DAY if base == "date" else SECOND):
            days, rest = divmod(length, DAY)
            yield (Slot(HOUR), Slot(HOUR, length)) if rest else (Ahead(_YEAR, 0), Ahead(_YEAR - days, days))
    elif base in ("int4", "int8", "numeric", "float4", "float8"):
        for start, length in _sizes(0, literals):
            yield Integer(start, start + _FEW), Integer(start + length, start + length + _FEW)


def ends(low: Recipe | None, high: Recipe | None, literals: Sequence[str], rows: int, *, dates: bool) -> Iterator[Ends]:
    """Other ends of ranges that do not overlap as these do not; none unless each of these has a place to itself."""
    if isinstance(low, Lane) and isinstance(high, Lane):
        yield from _lanes(low, literals, rows)
    elif isinstance(low, Slot | DigitSlot) and isinstance(high, Slot | DigitSlot):
        unit, gap = (DAY, DAY) if dates else (SECOND, HOUR)
        for length in _lengths(literals, unit):
            step = (length // gap + 1) * gap
            if step * rows < _REACH:
                yield replace(low, step=step), replace(high, step=step, part=length)


def _lengths(literals: Sequence[str], unit: int) -> tuple[int, ...]:
    """How long ranges of moments may have to be: what is mentioned, a unit more and less, and what is usual."""
    told = [length for text in literals for length in _meant(text, unit)]
    near = [length + step for length in told for step in (0, unit, -unit)]
    return tuple(length for length in dict.fromkeys((*near, *_USUAL[unit])) if 0 < length < _REACH)


def _meant(text: str, unit: int) -> tuple[int, ...]:
    """What a literal may say, in microseconds: of a plain number so many days, hours or minutes, else an interval."""
    if text.isdecimal():
        units = (DAY,) if unit == DAY else (_MINUTE, HOUR, DAY)
        return tuple(int(text) * size for size in units) if len(text) <= _DIGITS else ()
    return (_interval(text),)


def _interval(text: str) -> int:
    """An interval as PostgreSQL prints it, in microseconds; 0 of anything else."""
    words = text.split()
    found = sum(
        int(number) * _UNITS[name.removesuffix("s")]
        for number, name in pairwise(words)
        if number.isdecimal() and len(number) <= _DIGITS and name.removesuffix("s") in _UNITS
    )
    clock = words[-1].split(":") if words else []
    if len(clock) == len(_CLOCK) and all(part.isdecimal() for part in clock):
        found += sum(int(part) * size for part, size in zip(clock, _CLOCK, strict=True))
    return found


_CLOCK = (HOUR, _MINUTE, SECOND)


def _lanes(low: Lane, literals: Sequence[str], rows: int) -> Iterator[Ends]:
    """Ends of ranges of numbers, as long as is mentioned, from the first place on and from the one behind it."""
    for start, length in _sizes(low.part, literals):
        if length < _LAST // max(rows, 1) - 2:
            yield replace(low, width=length + 2, part=start), replace(low, width=length + 2, part=start + length)


def _sizes(first: int, literals: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where ranges of numbers may have to begin, and how long they may have to be."""
    told = [int(text) for text in literals if text.isdecimal() and len(text) <= _DIGITS]
    starts = tuple(dict.fromkeys((first, 1, *told)))
    for length in dict.fromkeys((8, *(size + step for size in told for step in (0, 1, -1)))):
        yield from ((start, length) for start in starts if length > 0)
