"""Times of a day and spans of time, as recipes."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from database.copy.copying import as_text
from factories.values.coded import Coded, Text, array, joined
from factories.values.moments import DAY, SECOND, instants, stamps
from factories.world import Draw


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day on a quarter of an hour; with `distinct` each row has its own second. Injective then."""

    distinct: bool = False
    zone: bool = False
    label: str = "time of day"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Times as Arrow time64, or text with a zone."""
        quarters = draw.below(40) * 900 + 8 * 3600
        seconds = draw.rows.astype(numpy.int64) % 86400 if self.distinct else quarters
        times = pyarrow.array(seconds * SECOND).cast(pyarrow.time64("us"))
        if not self.zone:
            return times
        return pyarrow.compute.binary_join_element_wise(times.cast(pyarrow.string()), "+00", "")


@dataclass(frozen=True, slots=True)
class LaterTime:
    """A time of the same day after the row's other one, by `least` to `most` quarters of an hour."""

    start: str
    least: int = 2
    most: int = 12
    label: str = "time of day after another"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Times as Arrow time64, none after 23:45; NULL where the other is."""
        start = draw.column(self.start).cast(pyarrow.time64("us")).cast(pyarrow.int64())
        gap = (draw.below(self.most - self.least + 1) + self.least) * (15 * 60 * SECOND)
        later = compute.add(start, pyarrow.array(gap))
        return compute.min_element_wise(later, DAY - 15 * 60 * SECOND, skip_nulls=False).cast(pyarrow.time64("us"))


@dataclass(frozen=True, slots=True)
class OnDay:
    """A moment on the day that another column tells, from one hour of it to another; none after the anchor."""

    day: str
    first: float
    last: float
    label: str = "on the row's own day"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Moments on whole minutes, NULL where the day is."""
        known, missing = instants(draw.frame, self.day)
        hours = self.first + draw.unit() * (self.last - self.first)
        moment = known + (hours * 60).astype(numpy.int64) * 60 * SECOND
        return stamps(numpy.minimum(moment, draw.world.anchor_us), missing)


_QUARTERS = tuple(str(15 * count) for count in range(1, 25))


@dataclass(frozen=True, slots=True)
class Interval:
    """A span of time, as PostgreSQL reads it; with `distinct` each row has its own. Injective then."""

    distinct: bool = False
    unit: str = "minutes"
    label: str = "span of time"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Texts like `45 minutes`."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants, if these are few."""
        if not self.distinct:
            return joined(Coded(_QUARTERS, draw.below(len(_QUARTERS))), " ", self.unit)
        return joined(pyarrow.array(draw.rows.astype(numpy.int64) + 1).cast(pyarrow.string()), " ", self.unit)


@dataclass(frozen=True, slots=True)
class Counted:
    """Moments (or times of a day) so many microseconds apart, from a first one on, none twice while there are others.

    `kind` is the type that reads them. Injective up to its capacity.
    """

    first: int
    step: int
    capacity: int
    kind: str
    label: str = "a moment of its own within the bounds"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The moments, without a zone."""
        micros = self.first + draw.permuted(self.capacity) * self.step
        if self.kind in ("time", "timetz"):
            times = pyarrow.array(micros).cast(pyarrow.time64("us"))
            return compute.binary_join_element_wise(as_text(times), "+00", "") if self.kind == "timetz" else times
        return pyarrow.array(micros).cast(pyarrow.timestamp("us"))
