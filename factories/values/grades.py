"""Letters for marks: an A from 93 percent on."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from factories.world import Draw

_FROM = (60, 70, 77, 80, 83, 87, 90, 93)  # percent from which on the next letter holds
_LETTERS = ("F", "D", "C", "C+", "B-", "B", "B+", "A-", "A")


@dataclass(frozen=True, slots=True)
class Graded:
    """The letter for another column's percentage, NULL where that is NULL; without plus and minus if `plain`."""

    of: str
    plain: bool = False
    label: str = "letter for the marks"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The letters."""
        marks = draw.column(self.of).cast(pyarrow.float64())
        places = numpy.searchsorted(_FROM, numpy.asarray(marks.fill_null(0)), side="right")
        letters = pyarrow.array([letter[:1] for letter in _LETTERS] if self.plain else _LETTERS)
        return compute.if_else(marks.is_valid(), letters.take(pyarrow.array(places)), None)
