"""The first row that points at each parent: the one that bears a flag which only one row of a parent may bear."""

from dataclasses import dataclass

import numpy
import pyarrow

from catalog.model import TableName
from factories.values.randomness import Flags, Whole
from factories.world import Draw

_LOOKED_AT = 1_000_000  # rows; of those behind them none bears the flag


@dataclass(frozen=True, slots=True)
class FirstOf:
    """True in the first row that points at each parent by each of these keys; of the table if there is none.

    With `but` it is the other way round. More rows change none before them.
    """

    table: TableName
    keys: tuple[str, ...]
    but: bool = False

    @property
    def label(self) -> str:
        """Which rows bear it."""
        first = f"each parent's first row by {', '.join(self.keys)}" if self.keys else "the table's first row"
        return f"{'false' if self.but else 'true'} in {first}"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The flags."""
        rows = draw.rows
        found = rows == 0 if not self.keys else numpy.ones(len(draw), dtype=bool)
        for key in self.keys:
            found &= numpy.isin(rows.astype(numpy.int64), self._firsts(draw, key))
        flags: Flags = ~found if self.but else found
        return pyarrow.array(flags)

    def _firsts(self, draw: Draw, key: str) -> Whole:
        def look() -> Whole:
            count = min(max(draw.world.rows(self.table), 1), _LOOKED_AT)
            frame = draw.world.numbered(self.table, numpy.arange(count, dtype=numpy.uint64))
            parents, first = numpy.unique(frame.parent_rows(key), return_index=True)
            return first[parents >= 0].astype(numpy.int64)

        return draw.world.remembered(("firsts", self.table, key), look)  # type: ignore[no-any-return]  # one cache for all kinds of indexes
