"""How children are spread over parents: which parent a row chooses, and how rows that count within theirs are dealt.

A choice is stable: if the parents grow from n to m rows, a child either keeps its parent or moves to one of the new
ones. That is jump consistent hashing (Lamping, Veach: "A Fast, Minimal Memory, Consistent Hash Algorithm", 2014) with
a power of the random number, which leans the choice to the first parents.
"""

from enum import StrEnum

import numpy

from factories.values import randomness
from factories.values.randomness import Bits, Whole

_MOST_JUMPS = 200
_LEVELS = {"even": 1, "skewed": 4, "steep": 7}


class FanOut(StrEnum):
    """How uneven it is: half of the children belong to half of the parents, to a quarter, or to an eighth of them."""

    EVEN = "even"
    SKEWED = "skewed"
    STEEP = "steep"

    @property
    def power(self) -> int:
        """The first x of all parents get the `power`-th root of x of all children."""
        return list(FanOut).index(self) + 1


def chosen(key: int, rows: Bits, size: int | Whole, fan_out: FanOut) -> Whole:
    """For each row one of `size` parents (of as many as it has), by the stream's key."""
    found = numpy.zeros(len(rows), dtype=numpy.int64)
    moving = numpy.arange(len(rows))
    for turn in range(_MOST_JUMPS):
        fraction = 1.0 - randomness.unit(randomness.bits(key, rows[moving], turn))
        jump = (found[moving] + 1.0) / _power(fraction, fan_out.power)
        within = jump < (size if isinstance(size, int) else size[moving])
        moving = moving[within]
        if not len(moving):
            break
        found[moving] = jump[within].astype(numpy.int64)
    return found


def _power(fraction: randomness.Real, power: int) -> randomness.Real:
    """By multiplication alone, which every machine rounds alike."""
    product = fraction
    for _ in range(power - 1):
        product = product * fraction
    return product


def dealt(rows: Whole, size: int, fan_out: FanOut, *, each: bool = False) -> tuple[Whole, Whole]:
    """For each row one of `size` parents, and how many rows it had before: no pair twice.

    Rows are dealt in rounds: to the first eighth of the parents, to the first quarter, to the first half, to all, and
    again (`steep` begins with a sixty-fourth; `even` always deals to all). If `each` parent is to have one, the first
    round goes to all.
    """
    if each:
        further = numpy.maximum(rows - size, 0)
        parent, place = dealt(further, size, fan_out)
        return numpy.where(rows < size, rows, parent), numpy.where(rows < size, 0, place + 1)
    sizes = numpy.array([-(-size // 2**level) for level in range(_LEVELS[fan_out])][::-1], dtype=numpy.int64)
    ends = numpy.cumsum(sizes)
    cycle, place = rows // ends[-1], rows % ends[-1]
    level = numpy.searchsorted(ends, place, side="right")
    parent = place - (ends - sizes)[level]
    first = numpy.searchsorted(sizes, parent, side="right")
    return parent, cycle * (len(sizes) - first) + level - first


def dealable(size: int, most: int, fan_out: FanOut) -> int:
    """How many rows can be dealt to `size` parents before one of them has more than `most`."""
    sizes = [-(-size // 2**level) for level in range(_LEVELS[fan_out])]
    return int(most // len(sizes) * sum(sizes))
