"""Keys to a table's own rows of which a CHECK says that no two of a row may be the same."""

from dataclasses import dataclass

import numpy

from factories.values.randomness import Whole
from factories.world import Draw


@dataclass(frozen=True, slots=True)
class Beside:
    """An early row of the same table, none that other keys of the row point at; with `apart`, not the row itself.

    The first rows, which have too few before them, point at rows after them. With `above`, it is a row after all those.
    """

    than: tuple[str, ...]
    nullable: bool
    apart: bool = False
    above: bool = False

    def parent_rows(self, draw: Draw) -> Whole:
        """One of the rows up to the own number, -1 where there is none left."""
        rows, sieve = draw.rows.astype(numpy.int64), draw.frame.table.sieve
        known = rows if sieve is None else sieve.before(rows)
        taken = [draw.frame.parent_rows(key) for key in self.than]
        if sieve is not None:
            taken = [numpy.where(one < 0, -1, numpy.searchsorted(sieve.kept, one)) for one in taken]
        places = self._free(draw, known, [*taken, *([known] if self.apart else [])], grows=sieve is not None)
        if sieve is not None:
            fallen = numpy.where(places < 0, rows, places).astype(numpy.uint64)
            places = numpy.where(places < 0, -1 if self.nullable else rows, sieve.numbers(fallen).astype(numpy.int64))
        return numpy.where(draw.below(1000, 1) < _EMPTY, -1, places) if self.nullable else places

    def _free(self, draw: Draw, known: Whole, taken: list[Whole], *, grows: bool) -> Whole:
        """One of the first places, up to the own, that are not taken."""
        if self.above:
            return self._beyond(draw, known, numpy.max(taken[: len(self.than)], axis=0))
        least = 0 if grows else min(len(taken) + 1, draw.world.rows(draw.frame.table.name))
        end = numpy.maximum(known + (not grows), least)
        held = numpy.sort(numpy.stack([numpy.where((one < 0) | (one >= end), end, one) for one in taken]), axis=0)
        again = numpy.zeros_like(held, dtype=bool)
        again[1:] = held[1:] == held[:-1]
        held = numpy.sort(numpy.where(again, end, held), axis=0)
        left = end - (held < end).sum(axis=0)
        chosen = draw.below(numpy.maximum(left, 1))
        for one in held:
            chosen = chosen + (chosen >= one)
        return numpy.where(left > 0, chosen, -1)

    def _beyond(self, draw: Draw, known: Whole, last: Whole) -> Whole:
        """One of the places after the last of these, up to the own."""
        end = numpy.maximum(known - self.apart, last + 1)
        end = end + (self.apart & (end == known))
        chosen = last + 1 + draw.below(end - last)
        chosen = chosen + (self.apart & (chosen == known))
        return numpy.where((last >= 0) & (chosen < draw.world.rows(draw.frame.table.name)), chosen, -1)


_EMPTY = 150  # of a thousand rows, where a row need not point at any
