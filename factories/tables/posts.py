"""Which posts are out, and since when: what a visit on social media can have come from."""

import numpy

from catalog.model import TableName
from factories.recipe import Frame
from factories.values.moments import instants
from factories.values.randomness import Flags, Real, Whole


def out_before(frame: Frame, posts: TableName, moment: Whole, chance: Real, wanted: Flags) -> Whole:
    """One of the posts that were out at each moment, -1 where there is none or none is wanted."""
    rows, since = frame.world.remembered(("out", posts), lambda: _out(frame, posts))
    count = numpy.searchsorted(since, moment, side="right")
    chosen = numpy.minimum((chance * count).astype(numpy.int64), numpy.maximum(count - 1, 0))
    return numpy.where(wanted & (count > 0), rows[chosen] if len(rows) else -1, -1)


def _out(frame: Frame, posts: TableName) -> tuple[Whole, Whole]:
    """The published posts' row numbers and moments, the oldest first."""
    world = frame.world
    everything = world.frame(posts, numpy.arange(world.rows(posts), dtype=numpy.uint64))
    since, missing = instants(everything, "publish_date")
    published = numpy.array([state == "published" for state in everything.column("status").to_pylist()], dtype=bool)
    rows = numpy.flatnonzero(published & ~missing)
    order = rows[numpy.argsort(since[rows], kind="stable")]
    return order, since[order]
