"""Recipes that agree with other columns of their row: what a status tells, what follows from amounts and moments."""

from dataclasses import dataclass
from decimal import Decimal

import numpy
import pyarrow
from pyarrow import compute

from factories.naming import Family
from factories.recipe import Draw, Recipe
from factories.values.fitting import decimals
from factories.values.lifecycle import reached
from factories.values.moments import DAY, instants
from factories.values.randomness import Whole
from factories.values.texts import shortened, slugged

Truths = numpy.ndarray


@dataclass(frozen=True, slots=True)
class Witness:
    """A column that tells whether something happened to the row: a moment, a flag, or a status that is `what` or not.

    With `denies` it tells the contrary.
    """

    column: str
    kind: Family
    what: str
    denies: bool = False

    def tells(self, draw: Draw) -> tuple[Truths, Truths]:
        """For each row whether it happened, and whether the column tells at all."""
        told, known = self._told(draw)
        return (told ^ self.denies) & known, known

    def _told(self, draw: Draw) -> tuple[Truths, Truths]:
        values = draw.column(self.column)
        if self.kind is Family.MOMENT:
            counted = pyarrow.types.is_integer(values.type)  # 0 is no moment
            told = compute.not_equal(values, 0).fill_null(False) if counted else values.is_valid()
            return numpy.asarray(told), numpy.ones(len(draw), dtype=bool)
        if self.kind is Family.FLAG:
            return numpy.asarray(values.fill_null(False)), numpy.asarray(values.is_valid())
        kinds = values.cast(pyarrow.string()).dictionary_encode()
        verdicts = [reached(status, self.what) for status in kinds.dictionary.to_pylist()]
        place = numpy.asarray(kinds.indices.fill_null(len(verdicts)))
        yes, known = ([*(test(v) for v in verdicts), False] for test in (bool, lambda v: v is not None))
        return numpy.array(yes, dtype=bool)[place], numpy.array(known, dtype=bool)[place]


@dataclass(frozen=True, slots=True)
class Happened:
    """True where the witness says so, else another recipe's truth."""

    by: Witness
    otherwise: Recipe
    label: str = "true if it happened"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The booleans."""
        told, known = self.by.tells(draw)
        return compute.if_else(pyarrow.array(known), pyarrow.array(told), self.otherwise.values(draw))


@dataclass(frozen=True, slots=True)
class Progress:
    """A percentage: 100 where it is done, 0 where it has not begun, another recipe's in between."""

    done: Witness
    begun: Witness
    between: Recipe
    label: str = "progress in percent"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The percentages in the other recipe's type."""
        values = self.between.values(draw)
        (done, _), (begun, known) = self.done.tells(draw), self.begun.tells(draw)
        none, all_of_it = (_scalar(n, values.type) for n in (0, 100))
        started = compute.if_else(pyarrow.array(known & ~begun), none, values)
        return compute.if_else(pyarrow.array(done), all_of_it, started)


@dataclass(frozen=True, slots=True)
class Only:
    """Another recipe's values where the witness says that it happened, NULL (or zero) where not.

    Where the witness does not tell, NULL in `empty` of a thousand rows.
    """

    recipe: Recipe
    by: Witness
    empty: int = 0
    zero: bool = False

    @property
    def label(self) -> str:
        """The other recipe's label, and what it hangs on."""
        return f"{self.recipe.label}, {'0' if self.zero else 'NULL'} unless {self.by.column} says {self.by.what}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values and the gaps."""
        told, known = self.by.tells(draw)
        keep = numpy.where(known, told, draw.sub("null").below(1000) >= self.empty)
        values = self.recipe.values(draw)
        instead = _scalar(0, values.type) if self.zero else pyarrow.scalar(None, values.type)
        return compute.if_else(pyarrow.array(keep), values, instead)


def _scalar(number: int, kind: pyarrow.DataType) -> pyarrow.Scalar:
    return pyarrow.scalar(Decimal(number) if pyarrow.types.is_decimal(kind) else number, kind)


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
    """Some columns added, others taken away, never below zero."""

    plus: tuple[str, ...]
    minus: tuple[str, ...]
    scale: Scale
    label: str = "sum of other columns"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The sums; NULL counts as nothing."""
        made = numpy.zeros(len(draw))
        for column in self.plus:
            made = made + amounts(draw, column)
        for column in self.minus:
            made = made - amounts(draw, column)
        return self.scale.written(numpy.maximum(made, 0.0))


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
    """One column as a share of another, at most one."""

    part: str
    whole: str
    scale: Scale
    label: str = "share of another column"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The shares, zero where there is nothing to share."""
        whole = amounts(draw, self.whole)
        share = numpy.where(whole > 0, amounts(draw, self.part) / numpy.maximum(whole, 1.0), 0.0)
        return self.scale.written(numpy.minimum(share, 1.0))


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


@dataclass(frozen=True, slots=True)
class Slug:
    """Another column's text as a slug. Injective if `unique`.

    `natural` is that column's own recipe, of which no two rows give the same slug: the number of a row stands behind
    its slug only where the column tells something else.
    """

    of: str
    natural: Recipe | None = None
    room: int = 0
    label: str = "slug"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The slugs; what has none is called `item`."""
        text = draw.column(self.of).cast(pyarrow.string())
        told = slugged(text.fill_null("item"))
        told = compute.if_else(compute.equal(told, ""), "item", told)
        if self.natural is None:
            return shortened(told, self.room)
        own = self.natural.values(draw.frame.draw(self.of))
        number = pyarrow.array(draw.rows.astype(numpy.int64) + 1).cast(pyarrow.string())
        short = shortened(told, self.room and max(self.room - 12, 1))
        same = compute.equal(text, own)
        if self.room:
            same = compute.and_(same, compute.less_equal(compute.utf8_length(told), self.room))
        return compute.if_else(same.fill_null(False), told, compute.binary_join_element_wise(short, number, "-r"))


@dataclass(frozen=True, slots=True)
class Inherited:
    """What the row's parent has in a column of the same meaning; another recipe's value where there is no parent."""

    key: str
    column: str
    otherwise: Recipe
    label: str = "the parent row's"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The parents' values."""
        own = self.otherwise.values(draw)
        if not draw.world.rows(draw.frame.table.picks[self.key][0]):
            return own
        found = draw.frame.parent(self.key).column(self.column)
        there = compute.and_(pyarrow.array(draw.frame.parent_rows(self.key) >= 0), found.is_valid())
        return compute.if_else(there, found, own.cast(found.type))
