"""How deep a row lies in a tree of its own table, counted along the rows that its key points at."""

from dataclasses import dataclass

import numpy
import pyarrow

from factories.world import Draw

_DEEPEST = 1000  # where rows point at each other in a circle, nothing is at the top


@dataclass(frozen=True, slots=True)
class Depth:
    """The number of rows above: `top` for one without a parent, or that is its own."""

    key: str
    top: int = 0
    label: str = "depth in the tree"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The depths."""
        depth = numpy.full(len(draw), self.top, dtype=numpy.int64)
        frame, below = draw.frame, numpy.arange(len(draw))
        for _ in range(_DEEPEST):
            parents, own = frame.parent_rows(self.key), frame.rows.astype(numpy.int64)
            has_one = (parents >= 0) & (parents != own)
            if not has_one.any():
                break
            below, above = below[has_one], parents[has_one]
            depth[below] += 1
            frame = frame.pointed(self.key, above)
        return pyarrow.array(depth)
