"""A row's moments, all read off one life of the row, whichever columns it has.

A life begins at one moment and takes some time. How far into it a moment lies is said by the column's name alone: its
*place*, from 0 (the beginning) to 6 (the end). So `created_at` is before `updated_at` though neither looks at the
other, and a moment that the table gets next week moves none of those that it has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy
import pyarrow

from factories.values.beginnings import Since
from factories.values.fitting import micros
from factories.values.moments import DAY, SECOND, instants, stamps
from factories.values.randomness import Real, Whole
from factories.world import Draw, Frame

LAST = 6.0  # the place of a life's end
BEGUN, OVER = 1.9, 4.0  # between these places lies what is over within minutes or hours: a call, a job
_LONGEST = 45 * DAY
_AHEAD = 60 * DAY
# Where in a life of months and years each place lies: it begins within days, and was seen last not long ago.
_LASTING = (0.0, 1.0, 2.0, 3.0, 4.0, 4.5, 5.0, LAST), (0.0, 0.004, 0.02, 0.1, 0.85, 0.95, 0.97, 1.0)


@dataclass(frozen=True, slots=True)
class _Course:
    """For each row when its life began, how long it is, and how much of that is slow to begin with (a fraction)."""

    born: Whole
    reach: Whole
    bend: Real
    lasting: bool = False

    def at(self, place: float | Real) -> Whole:
        """The moment at that place of each row's life."""
        far = place / LAST
        if self.lasting:
            return self.born + _seconds(self.reach * numpy.interp(far * LAST, *_LASTING))
        return self.born + _seconds(self.reach * (far * (1.0 - self.bend + self.bend * far)))


@dataclass(frozen=True, slots=True)
class Lived:
    """The moment between two places of the row's life, and after some columns that may be no part of it.

    `first` is the life's beginning. `after` are columns of the row: a moment that somebody gave, or that a constraint
    bounds, may be later than its place; `least` is the gap to them, in microseconds. An `ahead` moment lies up to 60
    days after its place, also beyond the anchor. `short`, if it is not 0, is how long what has a start and an end
    takes. A `lasting` life is one of months and years: that of a customer, not of an order.
    """

    first: Since
    place: float
    until: float
    after: tuple[str, ...] = ()
    ahead: bool = False
    least: int = 0
    short: int = 0
    label: str = "moment of the row's life"
    lasting: bool = False

    def values(self, draw: Draw) -> pyarrow.Array:
        """Whole seconds, none after the anchor unless `ahead`."""
        moment = self._lived(draw)
        if self.after:
            moment = self._pushed(draw, moment)
        return stamps(moment)

    def _lived(self, draw: Draw) -> Whole:
        if not self.place and not self.ahead:
            return self._born(draw.frame)
        course: _Course = draw.frame.once("life", self._course)
        if self.ahead:
            return course.at(self.place) + self.least + _seconds(_AHEAD * _early(draw))
        place = self.place + (self.until - self.place) * draw.unit()
        return (self._shortly(draw, course, place) if self.short else self._at(draw, course, place)) + self.least

    def _at(self, draw: Draw, course: _Course, place: float | Real) -> Whole:
        """The moment at that place of each row's life, at a time of day when such things happen."""
        return self.first.by_day(draw, course.at(place), course.born)

    def _born(self, frame: Frame) -> Whole:
        """When each life began: all that a table needs of which that is the only moment."""
        born: Whole = frame.once("life begins", lambda _: micros(self.first.values(frame.draw("life")))[0])
        return born

    def _course(self, draw: Draw) -> _Course:
        born = self._born(draw.frame)
        longest = numpy.maximum(draw.world.anchor_us - born, 0)
        if self.lasting:
            reach = longest * (1.0 - _early(draw.sub("length")))
            return _Course(born, reach.astype(numpy.int64), numpy.zeros(len(draw)), lasting=True)
        longest = numpy.minimum(_LONGEST, longest)
        return _Course(born, (longest * _early(draw.sub("length"))).astype(numpy.int64), draw.sub("bend").unit())

    def _shortly(self, draw: Draw, course: _Course, place: Real) -> Whole:
        """The moment where what lies between a start and an end is drawn together."""
        if self.until <= BEGUN:
            return self._at(draw, course, place)
        begun = self._at(draw, course, BEGUN)
        share: Real = draw.frame.once("life takes", lambda drawn: (1.0 + 5.0 * _early(drawn)) / 6.0)
        takes = _seconds(numpy.minimum(self.short * share, draw.world.anchor_us - begun))
        if self.place < OVER:
            return begun + _seconds(takes * ((place - BEGUN) / (OVER - BEGUN)))
        later: Whole = numpy.maximum(self._at(draw, course, place), begun + takes)
        return later

    def _pushed(self, draw: Draw, moment: Whole) -> Whole:
        """The moments, but later where one of the columns is later than its place."""
        known, missing = newest(draw.frame, self.after)
        start = numpy.where(missing, numpy.iinfo(numpy.int64).min // 2, known) + self.least
        late = start > moment
        if not late.any():  # as a rule: all of them are read off one life
            return moment
        short = self.short if BEGUN <= self.place < OVER else 0
        room = numpy.full(len(draw), short or (_AHEAD if self.ahead else _LONGEST), dtype=numpy.int64)
        if not self.ahead:
            room = numpy.minimum(room, numpy.maximum(draw.world.anchor_us - start, 0))
        return numpy.where(late, start + _seconds(room * _early(draw)), moment)


def _early(draw: Draw) -> Real:
    """Fractions of which most are small."""
    found: Real = draw.unit() * draw.unit(1)
    return found


def _seconds(micro: Whole | Real) -> Whole:
    """Taken down to whole seconds."""
    whole: Whole = numpy.asarray(micro).astype(numpy.int64) // SECOND * SECOND
    return whole


def newest(frame: Frame, columns: Sequence[str]) -> tuple[Whole, numpy.ndarray]:
    """The newest moment among the columns of each row, and where all are NULL."""
    found = [instants(frame, column) for column in columns]
    low = numpy.iinfo(numpy.int64).min
    best = numpy.max([numpy.where(missing, low, values) for values, missing in found], axis=0)
    nothing = numpy.all([missing for _, missing in found], axis=0)
    return numpy.where(nothing, 0, best), nothing
