"""Numbers that are computed from other columns of their row: products, sums, parts, spans of time."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from factories.values.fitting import decimals
from factories.values.moments import DAY, instants
from factories.values.randomness import Whole
from factories.world import Draw


@dataclass(frozen=True, slots=True)
class Scale:
    """How a number is written: decimals of `places`, or whole numbers if 0, within bounds in units of the last place.

    `unit` is what one of the column's units is worth in those whose amounts are computed: 100 for cents.
    """

    places: int = 0
    least: int = 0
    most: int = 2**62
    unit: int = 1
    floating: bool = False

    def written(self, amounts: numpy.ndarray) -> pyarrow.Array:
        """Amounts as numbers of that kind."""
        units = numpy.clip(numpy.rint(amounts * (self.unit * 10**self.places)), self.least, float(self.most))
        whole = units.astype(numpy.int64)
        if self.floating:
            return pyarrow.array(whole / float(10**self.places))
        return decimals(whole, 20, self.places) if self.places else pyarrow.array(whole)


def amounts(draw: Draw, column: str, missing: float = 0.0) -> numpy.ndarray:
    """A column's numbers as doubles, `missing` where NULL."""
    return numpy.asarray(draw.column(column).cast(pyarrow.float64()).fill_null(missing))


@dataclass(frozen=True, slots=True)
class Product:
    """One column times another, less a third, or less so many percent as a third tells."""

    factors: tuple[str, ...]
    scale: Scale
    minus: str = ""
    off: str = ""
    label: str = "product of other columns"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The products; a factor that is NULL counts as one."""
        made = numpy.ones(len(draw))
        for factor in self.factors:
            made = made * amounts(draw, factor, 1.0)
        if self.minus:
            made = numpy.maximum(made - amounts(draw, self.minus), 0.0)
        if self.off:
            rate = amounts(draw, self.off)
            made = made * (1 - numpy.clip(numpy.where(rate < 1, rate, rate / 100), 0.0, 1.0))
        return self.scale.written(made)


@dataclass(frozen=True, slots=True)
class Sum:
    """Some columns added, others taken away, never below zero unless `signed`."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]
    scale: Scale
    label: str = "sum of other columns"
    signed: bool = False

    def values(self, draw: Draw) -> pyarrow.Array:
        """The sums; NULL counts as nothing."""
        made = numpy.zeros(len(draw))
        for column in self.plus:
            made = made + amounts(draw, column)
        for column in self.minus:
            made = made - amounts(draw, column)
        return self.scale.written(made if self.signed else numpy.maximum(made, 0.0))


@dataclass(frozen=True, slots=True)
class Percent:
    """So many percent of another column: those that `rate` tells (a rate up to 1 is a share), else one of `rates`."""

    of: str
    rate: str
    scale: Scale
    rates: tuple[int, ...] = (20,)
    label: str = "part of another column"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The parts."""
        base = amounts(draw, self.of)
        if not self.rate:
            return self.scale.written(base * numpy.array(self.rates)[draw.below(len(self.rates))] / 100)
        rate = amounts(draw, self.rate)
        return self.scale.written(base * numpy.where(rate <= 1, rate, rate / 100))


@dataclass(frozen=True, slots=True)
class Quotient:
    """One column as a share of another, at most one; in percent if `unit` is 100."""

    part: str
    whole: str
    scale: Scale
    unit: int = 1
    label: str = "share of another column"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The shares, zero where there is nothing to share."""
        whole = amounts(draw, self.whole)
        share = numpy.where(whole > 0, amounts(draw, self.part) / numpy.maximum(whole, 1.0), 0.0)
        return self.scale.written(numpy.minimum(share, 1.0) * self.unit)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How long it was from one moment of the row to another, in units of `unit` microseconds."""

    start: str
    end: str
    unit: int
    scale: Scale
    label: str = "time between two moments of the row"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The spans; NULL while one of the moments is missing."""
        (start, unknown), (end, missing) = instants(draw.frame, self.start), instants(draw.frame, self.end)
        made = self.scale.written(numpy.maximum(end - start, 0) / self.unit)
        return compute.if_else(pyarrow.array(unknown | missing), None, made)


@dataclass(frozen=True, slots=True)
class Years:
    """Whole years from a day of the row to the anchor: an age."""

    since: str
    scale: Scale
    label: str = "age at the anchor"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The years; NULL where the day is."""
        start, missing = instants(draw.frame, self.since)
        days = (draw.world.anchor_us - start) // DAY
        years: Whole = (days * 10_000) // 3_652_425
        return compute.if_else(pyarrow.array(missing), None, self.scale.written(years.astype(numpy.float64)))
