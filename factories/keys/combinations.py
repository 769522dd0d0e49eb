"""Rows numbered by what they combine: parents, options and days in mixed radix, or pairs of parents that agree."""

from dataclasses import dataclass

import numpy
import pyarrow

from catalog.model import TableName
from factories.keys.demands import AnyDemand, Demand, allowed_rows
from factories.keys.fan_out import dealable, dealt
from factories.keys.indexes import all_rows, index_of
from factories.keys.pairing import combined
from factories.values.moments import DAY, stamps
from factories.values.randomness import Whole, permuted
from factories.world import Draw, World

MANY = 20  # values from which on a column counts within a parent rather than being one of a few


@dataclass(frozen=True, slots=True)
class Digit:
    """One digit of a mixed radix number: a parent row (`target`), or one of `size` values; size 0 has no end.

    `pairs` says that it goes with another digit's row of the same table: `other` for every row but that one, `greater`
    for each unordered pair once. Only parent rows that meet the `demands` are counted.
    """

    target: TableName | None = None
    size: int = 0
    pairs: str = ""
    demands: "tuple[AnyDemand, ...]" = ()

    def allowed(self, world: World) -> Whole | None:
        """The parent rows that meet the demands; None if that is all of them."""
        return allowed_rows(world, self.target, self.demands) if self.target else None

    def radix(self, world: World) -> int:
        """How many values it takes."""
        if self.target is None:
            return self.size
        allowed = self.allowed(world)
        rows = world.rows(self.target) if allowed is None else len(allowed)
        return {"other": max(rows - 1, 0), "greater": max(rows - 1, 0) // 2}.get(self.pairs, rows)


@dataclass(frozen=True, slots=True)
class Mixed:
    """Row numbers written in mixed radix: distinct rows differ in a digit (Knuth, TAOCP 2, 4.1).

    The last digit changes slowest; only it may be without end. `shuffled` combines the digits by the world's fan-out,
    so that few rows change when parents are added. Rows that are counted within a parent are dealt out by it, to `each`
    parent one first if that is said, unless `even` says that each parent needs its row.
    """

    name: str
    digits: tuple[Digit, ...]
    shuffled: bool = True
    even: bool = False
    each: bool = False

    def capacity(self, world: World) -> int | None:
        """How many rows have a number; None if there is no end."""
        if self.counts_within_parents and self.digits[1].size and not self.even:
            size = self.digits[0].radix(world)
            return size * self.each + dealable(size, self.digits[1].size - self.each, world.fan_out)
        total = 1
        for digit in self.digits:
            if digit.target is None and digit.size == 0:
                return None
            total *= digit.radix(world)
        return total

    @property
    def counts_within_parents(self) -> bool:
        """Whether it is a parent row and a number with no end in sight: rows that are counted within their parent."""
        if len(self.digits) != 2 or self.digits[0].target is None or self.digits[1].target is not None:
            return False
        return not self.digits[1].size or (self.digits[1].size >= MANY and not self.shuffled)

    def digit(self, draw: Draw, place: int) -> Whole:
        """That digit of each row's number."""
        if self.counts_within_parents and not self.even:
            size = self.digits[0].radix(draw.world)
            rows = draw.rows.astype(numpy.int64)
            return dealt(rows, max(size, 1), draw.world.fan_out, each=self.each)[place]
        if self.shuffled and not self.even:
            found: Whole = draw.frame.once(self.name, self._combined)[place]
            return found
        number: Whole = draw.rows.astype(numpy.int64)
        total = self.capacity(draw.world)
        if self.shuffled and total and total < 2**31:
            number = permuted(draw.frame.draw(self.name).key, draw.rows, total)
        for before in self.digits[:place]:
            number = number // max(before.radix(draw.world), 1)
        radix = self.digits[place].radix(draw.world)
        return number % radix if radix else number

    def _combined(self, draw: Draw) -> tuple[Whole, ...]:
        sizes = [digit.radix(draw.world) for digit in self.digits]
        return combined(draw.key, draw.rows.astype(numpy.int64), sizes, draw.world.fan_out)


@dataclass(frozen=True, slots=True)
class DigitParent:
    """The parent row that a digit names; with `base`, one that is not that other digit's row.

    With a `side`, the digit is the distance from it, and the lesser or the greater row of the two is taken.
    """

    mixed: Mixed
    place: int
    base: int | None = None
    side: str = ""

    def parent_rows(self, draw: Draw) -> Whole:
        """The row, or -1 if there are no parents."""
        target = self.mixed.digits[self.place].target
        size = draw.world.rows(target) if target else 0
        if not size:
            return numpy.full(len(draw), -1, dtype=numpy.int64)
        own = self.mixed.digit(draw, self.place)
        if self.base is None:
            allowed = self.mixed.digits[self.place].allowed(draw.world)
            return own if allowed is None else allowed[own] if len(allowed) else numpy.full_like(own, -1)
        first = self.mixed.digit(draw, self.base)
        if not self.side:
            return own + (own >= first)
        second = (first + 1 + own) % size
        chosen: Whole = (numpy.minimum if self.side == "lesser" else numpy.maximum)(first, second)
        return chosen


@dataclass(frozen=True, slots=True)
class DigitOption:
    """The value of a list that a digit names."""

    mixed: Mixed
    place: int
    options: tuple[str, ...]
    label: str = "combined so that no two rows are alike"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values as text."""
        return pyarrow.array(self.options, pyarrow.string()).take(pyarrow.array(self.mixed.digit(draw, self.place)))


@dataclass(frozen=True, slots=True)
class DigitNumber:
    """A whole number from `low` on that a digit names."""

    mixed: Mixed
    place: int
    low: int = 1
    label: str = "counted up so that no two rows are alike"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The numbers."""
        return pyarrow.array(self.mixed.digit(draw, self.place) + self.low)


@dataclass(frozen=True, slots=True)
class DigitDay:
    """A day that a digit names, counted back from the anchor's own; or the first day of every so many months."""

    mixed: Mixed
    place: int
    months: int = 0
    label: str = "one day after the other, ending at the anchor"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Local midnights."""
        world, digit = draw.world, self.mixed.digit(draw, self.place)
        local = numpy.datetime64(world.anchor_us + world.offset_us, "us")
        if self.months:
            month = int(local.astype("datetime64[M]").astype(numpy.int64)) // self.months - digit
            days = (month * self.months).astype("datetime64[M]").astype("datetime64[D]").astype(numpy.int64)
        else:
            days = int(local.astype("datetime64[D]").astype(numpy.int64)) - digit
        return stamps(days * DAY - world.offset_us)


@dataclass(frozen=True, slots=True)
class DigitSlot:
    """A moment in the slot that a digit names, on a grid back from the anchor; `step` and `part` are microseconds."""

    mixed: Mixed
    place: int
    step: int
    part: int = 0
    label: str = "a slot of its own beside the parent's other rows"

    def values(self, draw: Draw) -> pyarrow.Array:
        """Moments aligned to the step in local time, newest first."""
        world = draw.world
        last = (world.anchor_us + world.offset_us) // self.step * self.step - world.offset_us
        return stamps(last - (self.mixed.digit(draw, self.place) + 1) * self.step + self.part)


@dataclass(frozen=True, slots=True)
class Paired:
    """Two parents that agree in shared columns, every pair once: the lead's row, or its partner's."""

    lead: TableName
    partner: TableName
    demand: Demand
    partner_side: bool

    def capacity(self, world: World) -> int:
        """How many pairs there are."""
        return int(self._ends(world)[-1]) if world.rows(self.lead) and world.rows(self.partner) else 0

    def _ends(self, world: World) -> Whole:
        return world.remembered(("pairs", self.lead, self.demand), lambda: numpy.cumsum(self._found(world)[1]))  # type: ignore[no-any-return]  # one cache for all kinds of indexes

    def _found(self, world: World) -> tuple[Whole, Whole]:
        def find() -> tuple[Whole, Whole]:
            frame = all_rows(world, self.lead)
            index = index_of(world, self.demand.table, self.demand.targets)
            return index.find([frame.column(column) for column in self.demand.columns])

        return world.remembered(("found", self.lead, self.demand), find)  # type: ignore[no-any-return]  # one cache for all kinds of indexes

    def parent_rows(self, draw: Draw) -> Whole:
        """This side's row of the pair whose number is the row's, the pairs shuffled."""
        world, total = draw.world, self.capacity(draw.world)
        if not total:
            return numpy.full(len(draw), -1, dtype=numpy.int64)
        ends = self._ends(world)
        stream = draw.frame.draw(f"pair:{self.lead}:{self.partner}").key
        number = permuted(stream, draw.rows, total)
        lead = numpy.searchsorted(ends, number, side="right")
        if not self.partner_side:
            return lead
        first, count = self._found(world)
        index = index_of(world, self.demand.table, self.demand.targets)
        return index.row_at(first[lead] + number - (ends - count)[lead])
