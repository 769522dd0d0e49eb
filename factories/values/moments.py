"""Dates and time stamps, as recipes: history ends at the anchor, and what follows comes after what went before."""

from dataclasses import dataclass
from datetime import timedelta

import numpy
import pyarrow
from pyarrow import compute

from factories.recipe import Recipe
from factories.values.fitting import micros
from factories.values.randomness import Whole
from factories.world import Draw, Frame

SECOND = 1_000_000
HOUR = 3600 * SECOND
DAY = 24 * HOUR
SLOT_REACH = 73_000 * DAY  # how far back slots go: two hundred years


def instants(frame: Frame, name: str) -> tuple[Whole, numpy.ndarray]:
    """A column's moments in microseconds UTC, and which are NULL; times without a zone are read as local."""
    array = frame.column(name)
    values, missing = micros(array)
    kind = array.type
    zoned = pyarrow.types.is_integer(kind) or (pyarrow.types.is_timestamp(kind) and kind.tz is not None)
    return (values if zoned else values - frame.world.offset_us), missing


def stamps(values: Whole, missing: numpy.ndarray | None = None) -> pyarrow.Array:
    """Moments in microseconds UTC as an Arrow array, NULL where `missing`."""
    return pyarrow.array(values, mask=missing).view(pyarrow.timestamp("us", "UTC"))


@dataclass(frozen=True, slots=True)
class Ahead:
    """A moment around the anchor: from so many days before to so many days after."""

    before: int
    after: int
    label: str = "moment around the anchor"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Whole hours."""
        start = draw.world.anchor_us - self.before * DAY
        moment = start + (draw.unit() * ((self.before + self.after) * DAY)).astype(numpy.int64)
        return stamps(moment // HOUR * HOUR)


@dataclass(frozen=True, slots=True)
class NoEarlier:
    """Another recipe's moment, or one `least` to `most` days after the anchor (below 0: before it) if later."""

    recipe: Recipe
    least: int
    most: int

    @property
    def label(self) -> str:
        """The other recipe's label, and that it is of these days."""
        return f"{self.recipe.label}, of these days"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The moments; those of these days on whole hours."""
        days = self.least + draw.sub("these days").unit() * (self.most - self.least)
        near = draw.world.anchor_us + (days * DAY).astype(numpy.int64) // HOUR * HOUR
        known, missing = micros(self.recipe.values(draw))
        return stamps(numpy.maximum(known, near), missing)


@dataclass(frozen=True, slots=True)
class Slot:
    """Moments on a grid that goes back from the anchor, one slot a row: no two rows share one. Injective.

    `step` is the slot's length and `part` how far into the slot the moment lies, in microseconds.
    """

    step: int
    part: int = 0
    label: str = "a slot of its own"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Moments aligned to the step in local time, newest first."""
        world = draw.world
        last = (world.anchor_us + world.offset_us) // self.step * self.step - world.offset_us
        return stamps(last - (draw.rows.astype(numpy.int64) + 1) * self.step + self.part)


@dataclass(frozen=True, slots=True)
class Written:
    """Another recipe's moments as texts, in strftime's form. Of slots injective, if the form tells these apart."""

    recipe: Recipe
    form: str
    label: str = "date as text"

    @property
    def capacity(self) -> int | None:
        """As many as there are slots in two hundred years; None of other moments."""
        return SLOT_REACH // self.recipe.step if isinstance(self.recipe, Slot) else None

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts."""
        whole = self.recipe.values(draw).cast(pyarrow.timestamp("s", tz="UTC"), safe=False)
        return compute.strftime(whole, format=self.form)


@dataclass(frozen=True, slots=True)
class Shifted:
    """So many days after (or, below zero, before) another column of the row; NULL where that is."""

    column: str
    days: int

    @property
    def label(self) -> str:
        """What it follows from."""
        return f"{self.column} and {self.days} days"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The moments."""
        known, missing = instants(draw.frame, self.column)
        return stamps(known + self.days * DAY, missing)


@dataclass(frozen=True, slots=True)
class Rounded:
    """Another recipe's moments, taken down to a multiple of so many microseconds in local time."""

    recipe: Recipe
    step: int

    @property
    def label(self) -> str:
        """The other recipe's label, and what it is rounded to."""
        return f"{self.recipe.label}, on the {timedelta(microseconds=self.step)}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The moments, NULL where the other's are."""
        given, missing = micros(self.recipe.values(draw))
        local = given + draw.world.offset_us
        return stamps(local // self.step * self.step - draw.world.offset_us, missing)


@dataclass(frozen=True, slots=True)
class FirstDay:
    """Another recipe's moments, taken back to the first day of the month, the quarter (3) or the year (12)."""

    recipe: Recipe
    months: int

    @property
    def label(self) -> str:
        """The other recipe's label, and what it is taken back to."""
        return f"{self.recipe.label}, on the first day of every {self.months} months"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The moments, NULL where the other's are."""
        given, missing = micros(self.recipe.values(draw))
        local = (given + draw.world.offset_us).astype("datetime64[us]").astype("datetime64[M]").astype(numpy.int64)
        first = (local // self.months * self.months).astype("datetime64[M]").astype("datetime64[us]")
        return stamps(first.astype(numpy.int64) - draw.world.offset_us, missing)


def year_of(year: int) -> tuple[int, int]:
    """A year as an interval of microseconds UTC, a day short at both ends, so that it holds in every time zone."""
    low, high = (numpy.datetime64(str(n), "us").astype(numpy.int64) for n in (year, year + 1))
    return int(low) + DAY, int(high) - DAY


@dataclass(frozen=True, slots=True)
class Within:
    """A moment inside one of the given intervals (microseconds UTC, end excluded), the past ones preferred."""

    intervals: tuple[tuple[int, int], ...]
    label: str = "moment inside the partitions"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Moments, spread over the intervals by their length."""
        anchor = draw.world.anchor_us
        past = [(low, min(high, anchor)) for low, high in self.intervals if low < anchor]
        chosen = past or list(self.intervals)
        lengths = numpy.array([high - low for low, high in chosen], dtype=numpy.int64)
        ends = numpy.cumsum(lengths)
        position = (draw.unit() * int(ends[-1])).astype(numpy.int64)
        index = numpy.minimum(numpy.searchsorted(ends, position, side="right"), len(chosen) - 1)
        lows = numpy.array([low for low, _ in chosen], dtype=numpy.int64)
        return stamps(lows[index] + position - (ends - lengths)[index])


@dataclass(frozen=True, slots=True)
class Inside:
    """Another recipe's moments where they lie inside the intervals, else moments that do."""

    recipe: Recipe
    otherwise: Within

    @property
    def label(self) -> str:
        """The label of what stands in."""
        return self.otherwise.label

    def values(self, draw: Draw) -> pyarrow.Array:
        """Moments inside the intervals."""
        wanted = self.recipe.values(draw)
        if not pyarrow.types.is_timestamp(wanted.type):
            return self.otherwise.values(draw)
        given = numpy.asarray(wanted.cast(pyarrow.int64()).fill_null(numpy.iinfo(numpy.int64).min))
        inside = numpy.any([(given >= low) & (given < high) for low, high in self.otherwise.intervals], axis=0)
        return compute.if_else(pyarrow.array(inside), wanted, self.otherwise.values(draw).cast(wanted.type))


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day on which somebody was born who is between two ages."""

    youngest: int = 18
    oldest: int = 78
    label: str = "date of birth"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Moments that many years before the anchor."""
        years = self.oldest - self.youngest
        first = draw.world.anchor_us - self.youngest * 366 * DAY
        return stamps(first - (draw.unit() * years * 365 * DAY).astype(numpy.int64))
