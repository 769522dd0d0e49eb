"""How deep a row lies in a tree of its own table, and on which path, along the rows that its key points at."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy
import pyarrow
from pyarrow import compute

from factories.values.texts import slugged
from factories.world import Draw, Frame

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
        for below, _ in _upwards(draw.frame, self.key):
            depth[below] += 1
        return pyarrow.array(depth)


@dataclass(frozen=True, slots=True)
class TreePath:
    """The slugs of the rows above and of the row itself, from the top: `garden/chairs`."""

    key: str
    of: str
    label: str = "path in the tree"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The paths."""
        found = self._names(draw.frame)
        for below, above in _upwards(draw.frame, self.key):
            longer = compute.binary_join_element_wise(self._names(above), found.take(pyarrow.array(below)), "/")
            mask = numpy.zeros(len(draw), dtype=bool)
            mask[below] = True
            found = compute.replace_with_mask(found, pyarrow.array(mask), longer)
        return found

    def _names(self, frame: Frame) -> pyarrow.Array:
        return slugged(frame.column(self.of).cast(pyarrow.string()).fill_null("item"))


def _upwards(frame: Frame, key: str) -> Iterator[tuple[numpy.ndarray, Frame]]:
    """Generation by generation, which of the rows have one more above them (their places), and a frame over those."""
    below = numpy.arange(len(frame))
    for _ in range(_DEEPEST):
        parents, own = frame.parent_rows(key), frame.rows.astype(numpy.int64)
        has_one = (parents >= 0) & (parents != own)
        if not has_one.any():
            return
        below, above = below[has_one], parents[has_one]
        frame = frame.pointed(key, above)
        yield below, frame
