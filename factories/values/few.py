"""Numbers of which only a few are usual: rates of tax, days of notice, places of a plan."""

from dataclasses import dataclass

import numpy
import pyarrow

from factories.values.fitting import decimals
from factories.world import Draw


@dataclass(frozen=True, slots=True)
class OneOf:
    """One of a few numbers, each as often as it is listed, in units of the last of `scale` places."""

    numbers: tuple[int, ...]
    scale: int = 0
    label: str = "one of a few numbers"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The numbers as int64, or as decimal128 if they have places."""
        chosen = numpy.array(self.numbers, dtype=numpy.int64)[draw.below(len(self.numbers))]
        return decimals(chosen, 20, self.scale) if self.scale else pyarrow.array(chosen)
