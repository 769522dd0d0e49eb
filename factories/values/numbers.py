"""Numbers, booleans and values out of a list, as recipes."""

from dataclasses import dataclass
from functools import lru_cache

import numpy
import pyarrow

from factories.recipe import Recipe
from factories.values.coded import Coded, array
from factories.values.fitting import decimals, whole
from factories.values.randomness import Whole as Integers
from factories.values.randomness import scaled
from factories.world import Draw

_LISTED = 10_000  # weights that are so many together are looked up in a list of all numbers, not searched for


@dataclass(frozen=True, slots=True)
class RowNumber:
    """The row number plus a start: 1, 2, 3, ... Injective."""

    start: int = 1
    label: str = "row number"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Consecutive numbers."""
        return pyarrow.array(draw.rows.astype(numpy.int64) + self.start)


@dataclass(frozen=True, slots=True)
class Integer:
    """Whole numbers from low to high, both included; `skew` makes small ones more frequent (0 even, 1, 2)."""

    low: int
    high: int
    skew: int = 0
    label: str = "whole number"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The numbers as int64."""
        return pyarrow.array(_skewed(draw, self.high - self.low + 1, self.skew) + self.low)


@dataclass(frozen=True, slots=True)
class Spread:
    """Whole numbers from low to high, no two rows the same as long as there are numbers left. Injective."""

    low: int
    high: int
    label: str = "distinct whole number"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The numbers as int64, in row order from low on: readable, and stable when rows are added."""
        return pyarrow.array(draw.rows.astype(numpy.int64) % (self.high - self.low + 1) + self.low)


@dataclass(frozen=True, slots=True)
class Decimal:
    """Exact decimals from low to high, given in units of the last of `scale` places."""

    low: int
    high: int
    scale: int
    skew: int = 0
    label: str = "decimal number"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The numbers as decimal128."""
        return decimals(self.low + _skewed(draw, self.high - self.low + 1, self.skew), 20, self.scale)


@dataclass(frozen=True, slots=True)
class DistinctDecimal:
    """Decimals that differ row by row: low, low + 1 unit, ... in units of the last of `scale` places.

    Injective up to `size` rows, if it is given; then they begin again.
    """

    low: int
    scale: int
    size: int = 0
    label: str = "distinct decimal number"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The numbers as decimal128."""
        rows = draw.rows.astype(numpy.int64)
        return decimals((rows % self.size if self.size else rows) + self.low, 20, self.scale)


@dataclass(frozen=True, slots=True)
class Float:
    """Floating point numbers from low up to high, rounded to four places."""

    low: float
    high: float
    label: str = "number"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The numbers as doubles."""
        return pyarrow.array(numpy.rint((self.low + draw.unit() * (self.high - self.low)) * 10000) / 10000)


@dataclass(frozen=True, slots=True)
class Fraction:
    """A part of another column's number, never more than it: clicks of impressions.

    From `floor` up to `ceiling` thousandths of it, at least `least` if the other is; `below` keeps it strictly less.
    """

    of: str
    floor: int = 0
    ceiling: int = 1000
    least: int = 0
    below: bool = False
    scale: int = 0
    label: str = "part of another column"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Whole numbers (or decimals of `scale` places); small ones where the other is NULL."""
        other = draw.column(self.of)
        unit = 10**self.scale
        missing = numpy.asarray(other.is_null())
        top = numpy.where(missing, (self.least + 20) * unit, _units(other, unit) - (1 if self.below else 0))
        share = self.floor + draw.below(self.ceiling - self.floor + 1)
        least = self.least * unit
        part = numpy.where(top > least, least + (top - least) * share // 1000, top)
        return decimals(part, 20, self.scale) if self.scale else pyarrow.array(part)


@dataclass(frozen=True, slots=True)
class Above:
    """A number that is above another column's, by one to `most` units of its last place, and at least `least`."""

    of: str
    most: int = 10
    scale: int = 0
    least: int = 0
    label: str = "more than another column"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Whole numbers (or decimals of `scale` places); from `least` on where the other is NULL."""
        other = draw.column(self.of)
        base = numpy.where(numpy.asarray(other.is_null()), self.least, _units(other, 10**self.scale))
        more = numpy.maximum(base + 1, self.least) + draw.below(self.most)
        return decimals(more, 20, self.scale) if self.scale else pyarrow.array(more)


def _units(array: pyarrow.Array, unit: int) -> Integers:
    if unit == 1:
        return whole(array)
    units: Integers = numpy.rint(numpy.asarray(array.cast(pyarrow.float64()).fill_null(0)) * unit).astype(numpy.int64)
    return units


@dataclass(frozen=True, slots=True)
class Chance:
    """True in so many of a thousand rows."""

    thousandths: int = 500
    label: str = "yes or no"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The booleans."""
        return pyarrow.array(draw.below(1000) < self.thousandths)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the given values, as text; `weights` (if given) say how often each."""

    options: tuple[str, ...]
    weights: tuple[int, ...] = ()
    label: str = "one of a list"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The chosen texts."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Coded:
        """The same by their variants."""
        if not self.weights:
            return Coded(self.options, draw.below(len(self.options)))
        number = draw.below(sum(self.weights))
        if sum(self.weights) <= _LISTED:
            return Coded(self.options, _places(self.weights)[number])
        return Coded(self.options, numpy.searchsorted(numpy.cumsum(self.weights), number, side="right"))


@lru_cache(maxsize=256)
def _places(weights: tuple[int, ...]) -> Integers:
    """Each option's place, as many times as its weight says."""
    return numpy.repeat(numpy.arange(len(weights)), weights)


@dataclass(frozen=True, slots=True)
class Each:
    """The given values one after the other, each for one row. Injective while the values last."""

    options: tuple[str, ...]
    label: str = "each of a list once"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts, wrapping round at the end."""
        index = (draw.rows % numpy.uint64(len(self.options))).astype(numpy.int64)
        return pyarrow.array(self.options, pyarrow.string()).take(pyarrow.array(index))


@dataclass(frozen=True, slots=True)
class Constant:
    """The same value in every row (NULL if None), as text."""

    value: str | None
    label: str = "constant"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The value, repeated."""
        return pyarrow.array([self.value] * len(draw), pyarrow.string())


@dataclass(frozen=True, slots=True)
class Sometimes:
    """Another recipe's values, NULL (or zero) in so many of a thousand rows."""

    recipe: Recipe
    empty: int
    zero: bool = False

    @property
    def label(self) -> str:
        """The other recipe's label and how often it is NULL."""
        return f"{self.recipe.label}, {'0' if self.zero else 'NULL'} in {self.empty / 10:g} %"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values and the gaps."""
        keep = draw.sub("null").below(1000) >= self.empty
        values = self.recipe.values(draw)
        return pyarrow.compute.if_else(
            pyarrow.array(keep), values, pyarrow.scalar(0 if self.zero else None, values.type)
        )


def _skewed(draw: Draw, size: int, skew: int) -> Integers:
    fraction = draw.unit()
    for turn in range(skew):
        fraction *= draw.unit(turn + 1)
    return scaled(fraction, size)
