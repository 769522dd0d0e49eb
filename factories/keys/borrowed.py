"""What one of some other columns of the row is, and the parent that one of some other keys of the row points at."""

from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import DataType, TableName
from factories.values.fitting import fit
from factories.values.randomness import Whole
from factories.world import Draw


@dataclass(frozen=True, slots=True)
class Borrowed:
    """The value of one of these columns; `kind` is what all of them are made, if they are not of one type."""

    columns: tuple[str, ...]
    kind: DataType | None = None

    @property
    def label(self) -> str:
        """Which columns."""
        return f"one of {', '.join(self.columns)}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The values, the first that is there where the chosen one is NULL."""
        known = [draw.column(name) for name in self.columns]
        if self.kind:
            known = [fit(values, self.kind, draw.world.offset_us) for values in known]
        chosen = compute.choose(pyarrow.array(draw.below(len(known))), *known)
        return compute.coalesce(chosen, *known)


@dataclass(frozen=True, slots=True)
class BorrowedParent:
    """The parent row of one of these keys; NULL in so many of a thousand rows."""

    target: TableName
    keys: tuple[str, ...]
    empty: int = 0

    def parent_rows(self, draw: Draw) -> Whole:
        """The parents' row numbers, of the first key that has one where the chosen one has none."""
        known = numpy.stack([draw.frame.parent_rows(key) for key in self.keys])
        found = known[draw.below(len(self.keys)), numpy.arange(len(draw))]
        for rows in known:
            found = numpy.where(found < 0, rows, found)
        return numpy.where(draw.below(1000, 1) < self.empty, -1, found) if self.empty else found
