"""A row's first moment: in the past, and no earlier than those of the rows that it points at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
import pyarrow
from numpy.typing import NDArray

from factories.values.moments import DAY, SECOND, instants, stamps
from factories.values.randomness import Real, Whole, remainder
from factories.world import Draw, Frame

_KEPT = 50_000  # rows of a table whose moments are kept
# How much happens in each hour of the day, from midnight on, where people do it.
_BUSY = (6, 3, 2, 2, 3, 8, 22, 45, 75, 88, 90, 82, 66, 70, 82, 84, 78, 66, 54, 46, 42, 34, 22, 12)
_DAY_SECONDS = DAY // SECOND


def _waking() -> NDArray[numpy.int32]:
    """For each second of an even day how many seconds later it comes in a day of busy and quiet hours."""
    until = numpy.concatenate([[0.0], numpy.cumsum(_BUSY) / sum(_BUSY)]) * _DAY_SECONDS
    even = numpy.arange(_DAY_SECONDS, dtype=numpy.int32)
    later: NDArray[numpy.int32] = numpy.interp(even, until, numpy.arange(25) * 3_600.0).astype(numpy.int32) - even
    return later


_WAKING = _waking()


@dataclass(frozen=True, slots=True)
class Since:
    """A moment between the newest of the parents' moments and the anchor, within so many days of history.

    `parents` are foreign keys with the column that tells the parent row's own moment; `ends` those with one that tells
    when the parent row was over: closed, deleted, gone. What has no parents lies anywhere; `recent`, it leans to the
    anchor. A child leans to its parents, so that there is time left for its own children; `recent`, it lies anywhere.
    With `waking` most moments lie in the hours of the day in which people work and buy, and few in the night.
    """

    days: int
    parents: tuple[tuple[str, str], ...] = ()
    recent: bool = False
    label: str = "moment in the past"
    ends: tuple[tuple[str, str], ...] = ()
    waking: bool = False

    def values(self, draw: Draw) -> pyarrow.Array:
        """Whole seconds, none after the anchor."""
        start = self.earliest(draw)
        end = self._end(draw, start)
        past = self._age(draw)
        past *= end - start
        moment = (end - past.astype(numpy.int64)) // SECOND
        moment *= SECOND
        moment = self.by_day(draw, numpy.maximum(moment, start, out=moment), start)
        return stamps(numpy.minimum(moment, end) if self.ends else moment)  # else the anchor, which nothing passes

    def by_day(self, draw: Draw, moment: Whole, start: Whole | int) -> Whole:
        """The moments in their days' waking hours, if that is wanted; those of a row stay in their order.

        On the anchor's own day they stay as they are, and none is moved before `start`, before which none is given.
        """
        if not self.waking:
            return moment
        offset = draw.world.offset_us
        local = (moment + offset if offset else moment) // SECOND
        as_they_are = local >= (draw.world.anchor_us + offset) // DAY * _DAY_SECONDS
        local += _WAKING[remainder(local, _DAY_SECONDS)]
        local *= SECOND
        local -= offset
        numpy.copyto(local, moment, where=as_they_are)
        return numpy.maximum(local, start, out=local)

    def _age(self, draw: Draw) -> Real:
        """How far before the end, as a fraction of all that there is."""
        if bool(self.parents) == self.recent:
            return draw.unit()
        leaning: Real = draw.unit() * draw.unit(1)
        return leaning if self.recent else 1.0 - leaning

    def _end(self, draw: Draw, start: Whole | int) -> Whole | int:
        """The latest moment of each row; the anchor where a parent was over before another began."""
        anchor = draw.world.anchor_us
        if not self.ends:
            return anchor
        latest = numpy.full(len(draw), anchor, dtype=numpy.int64)
        for key, column in self.ends:
            latest = numpy.minimum(latest, _told(draw.frame, key, column, latest))
        return numpy.where(latest > start, latest, anchor)

    def earliest(self, draw: Draw) -> Whole | int:
        """The earliest moment of each row, or of all: no random number tells it."""
        first = draw.world.anchor_us - max(self.days, 0) * DAY
        if not self.parents:
            return first
        start, own = numpy.full(len(draw), first, dtype=numpy.int64), draw.frame.table
        for key, column in self.parents:
            if own.picks[key][0] != own.name:
                start = numpy.maximum(start, _told(draw.frame, key, column, start))
        trees = [(key, column) for key, column in self.parents if own.picks[key][0] == own.name]
        start = _after_ancestors(draw.frame, trees, start) if trees else start
        return numpy.minimum(start, draw.world.anchor_us)


def _told(frame: Frame, key: str, column: str, otherwise: Whole) -> Whole:
    """The parents' own moments; `otherwise` where there is no parent, or a row is its own."""
    rows = frame.parent_rows(key)
    known = rows >= 0
    if not known.any():
        return otherwise
    moments, missing = _moments(frame, key, column, rows[known])
    found = otherwise.copy()
    found[known] = numpy.where(missing, otherwise[known], moments)
    return found


def _after_ancestors(frame: Frame, trees: Sequence[tuple[str, str]], start: Whole) -> Whole:
    """The start of each row, no earlier than the moments of the rows of its own table that it points at.

    All of those are evaluated at once, however many keys lead to them: one key after the other, there would be as many
    ways to a root as keys to the power of generations.
    """
    own = frame.rows.astype(numpy.int64)
    pointed = [frame.parent_rows(key) for key, _ in trees]
    known = [(rows >= 0) & (rows != own) for rows in pointed]
    wanted = numpy.unique(numpy.concatenate([rows[told] for rows, told in zip(pointed, known, strict=True)]))
    if not len(wanted):
        return start
    ancestors, found = frame.world.numbered(frame.table.name, wanted.astype(numpy.uint64)), start.copy()
    for (_, column), rows, told in zip(trees, pointed, known, strict=True):
        moments, missing = instants(ancestors, column)
        place = numpy.searchsorted(wanted, rows[told])
        found[told] = numpy.maximum(found[told], numpy.where(missing[place], start[told], moments[place]))
    return found


def _moments(frame: Frame, key: str, column: str, rows: Whole) -> tuple[Whole, numpy.ndarray]:
    """The column's moments in those rows that the key points at; of a small table all are kept.

    Each moment hangs on those of the row's parents: without keeping, a table that is reached on many ways would be
    evaluated once for each, and their number doubles with every generation.
    """
    world, target = frame.world, frame.table.picks[key][0]
    size = world.rows(target)
    if size > _KEPT or int(rows.max()) >= size:
        return instants(frame.pointed(key, rows), column)
    everything = numpy.arange(size, dtype=numpy.uint64)
    kept = world.remembered(("moments", target, column), lambda: instants(world.frame(target, everything), column))
    moments, missing = kept
    return moments[rows], missing[rows]
