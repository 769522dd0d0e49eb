"""Ranges as long as a condition mentions, and ranges with an open end, to try in place of those that it turns down."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from factories.keys.combinations import DigitSlot
from factories.recipe import Recipe
from factories.values import exotic
from factories.values.exotic import Lane
from factories.values.moments import DAY, HOUR, SECOND, Slot
from factories.values.structures import Span

_MINUTE = HOUR // 60
_UNITS = {"year": 365 * DAY, "mon": 30 * DAY, "day": DAY}  # as PostgreSQL prints an interval; the rest is a clock's
_USUAL = {DAY: (DAY, 2 * DAY, 30 * DAY, 365 * DAY), SECOND: (15 * _MINUTE, 30 * _MINUTE, 2 * HOUR, 8 * HOUR, DAY)}
_REACH = 1000 * 365 * DAY  # how far back a table's ranges may go
_LAST = 2**31  # that a whole number's range may come to
_DIGITS = 6  # of a number that is taken for a length

Ends = tuple[Recipe, Recipe]


def lengthened(known: Span, literals: Sequence[str], rows: int, *, apart: bool) -> Iterator[Span]:
    """Ranges as long as is mentioned or as usual, with those known if they lie `apart`; else also open ones."""
    begin = (known.low, known.high) if apart else exotic.span(known.kind, distinct=True) or (None, None)
    for low, high in ends(*begin, literals, rows, dates=known.kind.concrete.base == "date"):
        yield replace(known, low=low, high=high)
    if not apart:
        yield from (replace(known, high=None), replace(known, low=None))


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
    told = [length for text in literals if (length := _length(text, unit))]
    near = [length + step for length in told for step in (0, unit, -unit)]
    return tuple(length for length in dict.fromkeys((*near, *_USUAL[unit])) if 0 < length < _REACH)


def _length(text: str, unit: int) -> int:
    """What a literal says, in microseconds: days or minutes if it is a plain number, else an interval."""
    if text.isdigit():
        return int(text) * (unit if unit == DAY else _MINUTE) if len(text) <= _DIGITS else 0
    words = text.split()
    found = sum(
        int(number) * _UNITS[name.removesuffix("s")]
        for number, name in pairwise(words)
        if number.isdigit() and len(number) <= _DIGITS and name.removesuffix("s") in _UNITS
    )
    clock = words[-1].split(":") if words else []
    if len(clock) == len(_CLOCK) and all(part.isdigit() for part in clock):
        found += sum(int(part) * size for part, size in zip(clock, _CLOCK, strict=True))
    return found


_CLOCK = (HOUR, _MINUTE, SECOND)


def _lanes(low: Lane, literals: Sequence[str], rows: int) -> Iterator[Ends]:
    """Ends of ranges of numbers, as long as is mentioned, from the first place on and from the one behind it."""
    told = [int(text) for text in literals if text.isdigit() and len(text) <= _DIGITS]
    starts = tuple(dict.fromkeys((low.part, 1, *told)))
    for length in dict.fromkeys((8, *(size + step for size in told for step in (0, 1, -1)))):
        if 0 < length < _LAST // max(rows, 1) - 2:
            for start in starts:
                yield replace(low, width=length + 2, part=start), replace(low, width=length + 2, part=start + length)
