"""Combinations of parents, each once, that stay when parents are added: a row keeps its own, or moves to a new parent.

A row's number is first a *slot* in a grid that grows by squares, so that it does not hang on how many parents there
are. Then each coordinate is spread over all parents by a permutation of its own for each of the other coordinates.
These permutations grow as jump consistent hashing does (see `fan_out`): one more parent changes places with at most
one other.
"""

from collections.abc import Sequence

import numpy

from factories.keys.fan_out import FanOut
from factories.values import randomness
from factories.values.randomness import Whole

# How likely a slot goes to the upper half at each doubling, so that the first parents get what `FanOut.power` says.
_UPPER = {FanOut.EVEN: 0.5, FanOut.SKEWED: 0.2928932188134524, FanOut.STEEP: 0.20629947401590026}
_MOST = 2**31


def combined(key: int, rows: Whole, sizes: Sequence[int], fan_out: FanOut) -> tuple[Whole, ...]:
    """For each row a number below each of the sizes; no two rows below their product have the same ones."""
    digits = [slot % max(size, 1) for slot, size in zip(_slots(rows, sizes), sizes, strict=True)]
    for place, size in enumerate(sizes):
        others = numpy.zeros(len(rows), dtype=numpy.int64)
        for other in (*digits[:place], *digits[place + 1 :]):
            others = (others * 1_000_003 + other) % _MOST
        digits[place] = _spread(randomness.key(key, place), digits[place], others, size, _UPPER[fan_out])
    return tuple(digits)


def _slots(rows: Whole, sizes: Sequence[int]) -> list[Whole]:
    """The row numbers' coordinates: the first, and those of what is left."""
    found, left = [], rows
    for place, size in enumerate(sizes[:-1]):
        further = 1
        for other in sizes[place + 1 :]:
            further = min(further * max(other, 1), _MOST)
        first, left = _slot(left, max(size, 1), further)
        found.append(first)
    return [*found, left]


def _slot(rows: Whole, width: int, height: int) -> tuple[Whole, Whole]:
    """Two coordinates: squares around the corner as long as both sides have room, then along the longer side."""
    side = min(width, height, _MOST)
    shell = numpy.sqrt(rows.astype(numpy.float64)).astype(numpy.int64)
    shell -= shell * shell > rows
    shell += (shell + 1) * (shell + 1) <= rows
    step = rows - shell * shell
    across, up = numpy.where(step < shell, shell, step - shell), numpy.where(step < shell, step, shell)
    beyond = rows - side * side
    near, far = beyond % side, side + beyond // side
    square = beyond < 0
    short, long = (far, near) if width > height else (near, far)
    return numpy.where(square, across, short), numpy.where(square, up, long)


def _spread(key: int, slots: Whole, others: Whole, size: int, upper: float) -> Whole:
    """Where each slot goes in a permutation of [0, size), one for each of the `others`.

    At each doubling the numbers x and x + step change places or not, by chance; where there is no x + step yet, x
    stays.
    """
    found = slots.copy()
    for level in range(max(size - 1, 0).bit_length()):
        step = 1 << level
        own = slots >> level == 1  # the slots that this doubling adds
        low = numpy.where(own, slots - step, found)
        drawn = randomness.unit(randomness.bits(key, ((others << 32) + low).astype(numpy.uint64), level))
        swapped = (drawn < upper) & (low + step < size)
        moved = numpy.where(own == swapped, low, low + step)
        found = numpy.where(slots < 2 * step, moved, found)
    return found
