"""Points within a frame, and numbers between bounds."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from factories.values.randomness import Whole
from factories.world import Draw

_PARTS = 100  # of the frame's width between two points
_FINE = 1_000_000  # parts of the way from one bound to the other


@dataclass(frozen=True, slots=True)
class Scattered:
    """Points within a frame, given by its lower left and upper right corner, none twice while there are others."""

    left: float
    bottom: float
    right: float
    top: float
    label: str = "point within a frame"

    @property
    def capacity(self) -> int:
        """How many points there are."""
        return (_PARTS - 1) ** 2

    def values(self, draw: Draw) -> pyarrow.Array:
        """The literals."""
        size = _PARTS - 1
        place = draw.permuted(size * size)
        x = _along(self.left, self.right, place % size + 1)
        y = _along(self.bottom, self.top, place // size + 1)
        return compute.binary_join_element_wise("(", x, ",", y, ")", "")


def _along(low: float, high: float, parts: Whole) -> pyarrow.Array:
    return pyarrow.array(numpy.round(low + (high - low) * parts / _PARTS, 6)).cast(pyarrow.string())


@dataclass(frozen=True, slots=True)
class Among:
    """Numbers between two others, none twice while there are others. Injective up to its capacity."""

    low: float
    high: float
    label: str = "distinct number between the bounds"

    @property
    def capacity(self) -> int:
        """How many numbers there are."""
        return _FINE - 1

    def values(self, draw: Draw) -> pyarrow.Array:
        """The numbers as doubles."""
        places = 6 - int(numpy.floor(numpy.log10(self.high - self.low)))
        parts = draw.permuted(self.capacity) + 1
        return pyarrow.array(numpy.round(self.low + (self.high - self.low) * parts / _FINE, places))
