"""A sieve: which numbers of a table fit together, where no closed form is known for that.

Row n of a sifted table is what the table's recipes give for the n-th number that passed. So a table stays a function
of row numbers, and more rows still extend it: whether a number passes depends on the numbers before it alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy

from factories.values.randomness import Bits, Whole

FIRST_BATCH = 512


@dataclass(frozen=True, slots=True, eq=False)
class Sieve:
    """The numbers that passed, ascending, tried in batches that double: up to `first`, to twice that, and so on."""

    kept: Whole
    first: int = FIRST_BATCH

    def numbers(self, rows: Bits) -> Bits:
        """The number behind each row; rows beyond the table's, which are only ever tried, go on after the last."""
        size = len(self.kept)
        beyond = rows >= numpy.uint64(size)
        last = int(self.kept[-1]) + 1 if size else 0
        inside = self.kept[numpy.where(beyond, 0, rows).astype(numpy.int64)] if size else numpy.zeros(len(rows))
        return numpy.where(beyond, rows - numpy.uint64(size) + numpy.uint64(last), inside).astype(numpy.uint64)

    def before(self, numbers: Whole) -> Whole:
        """How many rows were there before the batch of each number: those that it may point at."""
        starts = numpy.array([start for start, _ in batches(self.first, int(numbers.max(initial=0)) + 1)])
        begun = starts[numpy.searchsorted(starts, numbers, side="right") - 1]
        return numpy.searchsorted(self.kept, begun, side="left")


def batches(first: int, end: int) -> Iterator[tuple[int, int]]:
    """The batches (start, stop) of the numbers below `end`."""
    start, stop = 0, first
    while start < end:
        yield start, stop
        start, stop = stop, stop * 2
