"""Which posts are out, for whom, and since when: what a visit on social media can have come from."""

from typing import NamedTuple

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.within import parent, parent_numbers
from factories.tables.content import members_of, rows_of_members
from factories.values.moments import SECOND, instants
from factories.values.randomness import Flags, Real, Whole
from factories.world import Frame

_SHIFT = 32  # bits for seconds since 1970; above them stands the project


class Out(NamedTuple):
    """The published posts, each project's together and the oldest first; and whose and since when, in one number."""

    rows: Whole
    since: Whole


def out_before(frame: Frame, posts: TableName, project: Whole, moment: Whole, chance: Real, wanted: Flags) -> Whole:
    """One of the project's posts that were out at each moment, -1 where there is none or none is wanted."""
    known = frame.world.remembered(("out", posts), lambda: _out(frame, posts))
    begin = (project if _told_apart(frame, posts) else numpy.zeros_like(project)) << _SHIFT
    first = numpy.searchsorted(known.since, begin, side="left")
    count = numpy.searchsorted(known.since, begin + moment // SECOND, side="right") - first
    chosen = first + numpy.minimum((chance * count).astype(numpy.int64), numpy.maximum(count - 1, 0))
    found = wanted & (count > 0)
    return numpy.where(found, known.rows[numpy.where(found, chosen, 0)], -1) if len(known.rows) else _none(project)


def _none(project: Whole) -> Whole:
    return numpy.full(len(project), -1, dtype=numpy.int64)


def _told_apart(frame: Frame, posts: TableName) -> bool:
    """Whether it is known which project a post is for."""
    first = frame.world.frame(posts, numpy.zeros(1, dtype=numpy.uint64))
    return members_of(parent(first, "content_id")) is not None


def _out(frame: Frame, posts: TableName) -> Out:
    world = frame.world
    everything = world.frame(posts, numpy.arange(world.rows(posts), dtype=numpy.uint64))
    moment, missing = instants(everything, "publish_date")
    published = numpy.asarray(
        compute.equal(everything.column("status").cast(pyarrow.string()), "published").fill_null(False)
    )
    rows = numpy.flatnonzero(published & ~missing)
    since = (_project(everything) << _SHIFT) + moment // SECOND
    order = rows[numpy.argsort(since[rows], kind="stable")]
    return Out(order, since[order])


def _project(posts: Frame) -> Whole:
    """The project whose piece each post is made from; 0 where that is not known."""
    pieces = parent(posts, "content_id")
    member = members_of(pieces)
    if member is None:
        return numpy.zeros(len(posts), dtype=numpy.int64)
    return parent_numbers(rows_of_members(pieces, member), "project_id")
