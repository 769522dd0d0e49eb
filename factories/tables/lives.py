"""When projects were made, when they begin and end, what state they are in, and which were deleted."""

from typing import NamedTuple

import numpy

from factories.keys.within import parent
from factories.tables.clients import base_of
from factories.tables.people import PERSONAS
from factories.tables.story import anchor_day, at_work, joined, workday
from factories.values.moments import DAY
from factories.values.randomness import Flags, Whole, bits, key, unit
from factories.world import Draw, Frame

STATES = ("DRAFT", "ACTIVE", "PAUSED", "FINISHED", "ARCHIVED")
_PAUSED = STATES.index("PAUSED")
ARCHIVED_AFTER = 60  # days after its end that a project is put into the archive
_RUNNING = (0, 6)  # projects that run, and are paused, whatever the day: so the last week is never empty
LONG = 4  # a project that has run for more than a year and still does, so that no month of the year is empty
_GOLDEN = 0.618033988749895
_OPEN = 75  # days that a project without an end is looked ahead
_DELETED = [persona.owns["projects"] - 1 for persona in PERSONAS if persona.key == "deleted-project"]
_WEEK = 7 * DAY


class Life(NamedTuple):
    """When projects were made (microseconds), their first and last day, whether they have a last one, their state."""

    created: Whole
    start: Whole
    end: Whole
    endless: Flags
    state: Whole


def life(frame: Frame) -> Life:
    """The lives of the frame's projects."""
    return frame.once("#life", _life)  # type: ignore[no-any-return]  # what is computed once may be anything


def _life(draw: Draw) -> Life:
    found, base = _whole(draw), base_of(draw.rows)
    part = base != draw.rows
    if not part.any():
        return found
    lives = _part(Frame(draw.world, draw.frame.table, draw.rows[part]), Frame(draw.world, draw.frame.table, base[part]))
    for mine, theirs in zip(found, lives, strict=True):
        mine[part] = theirs
    return found


def _whole(draw: Draw) -> Life:
    """The lives of projects that are no part of another."""
    world, now, since = draw.world, anchor_day(draw.world), joined(parent(draw.frame, "owner_id"))
    there = numpy.maximum(world.anchor_us - since - DAY, 0)
    back = (unit(bits(key(world.seed, "age"), numpy.zeros(1, numpy.uint64))) + _GOLDEN * draw.rows) % 1.0  # evenly
    day = (world.anchor_us - (0.95 * back**1.4 * there).astype(numpy.int64)) // DAY  # and most of them lately
    planned = draw.rows % numpy.uint64(10) == numpy.uint64(3)
    day = numpy.where(planned, numpy.maximum(day, now - draw.below(14, 3)), day)
    start = numpy.where(planned, now + 3 + draw.below(28, 4), day + 1 + draw.below(10, 4))
    end = start + 60 + draw.below(240, 5)
    first = numpy.isin(draw.rows, _RUNNING)
    start = numpy.where(first, numpy.maximum(now - 90 - draw.below(60, 4), since // DAY), start)
    end, day = numpy.where(first, now + 40 + draw.below(90, 5), end), numpy.where(first, start, day)
    long = draw.rows == numpy.uint64(LONG)
    start = numpy.where(long, numpy.maximum(now - 430 - draw.below(40, 4), since // DAY + 2), start)
    end, day = numpy.where(long, now + 60 + draw.below(60, 5), end), numpy.where(long, start - 1, day)
    late = now - 5 - draw.below(45, 5)
    over = (draw.rows % numpy.uint64(12) == numpy.uint64(2)) & (late - 40 > since // DAY)
    start = numpy.where(over, numpy.maximum(late - 60 - draw.below(90, 4), since // DAY + 1), start)
    end, day = numpy.where(over, late, end), numpy.where(over, start, day)
    gone = numpy.isin(draw.rows, _DELETED)
    start = numpy.where(gone, since // DAY + 2 + draw.below(10, 4), start)
    day, end, endless = (
        numpy.where(gone, start - 1, day),
        numpy.where(gone, start + 60, end),
        (draw.unit(6) < 0.12) & ~first & ~over & ~long,
    )
    stopped = draw.rows % numpy.uint64(8) == numpy.uint64(6)
    return _lived(draw, since, day, start, end, endless & ~gone, stopped)


def _part(parts: Frame, wholes: Frame) -> Life:
    """The lives of parts of projects: inside those of the whole."""
    draw, whole = Draw(parts, "#life"), life(wholes)
    start = whole.start + 3 + (0.4 * draw.unit() * (whole.end - whole.start)).astype(numpy.int64)
    end = numpy.minimum(start + 45 + draw.below(120, 5), whole.end)
    day, stopped = start - 1 - draw.below(3, 4), whole.state == _PAUSED
    return _lived(draw, whole.created, day, start, end, numpy.zeros(len(parts), dtype=bool), stopped)


def _lived(draw: Draw, since: Whole, day: Whole, start: Whole, end: Whole, endless: Flags, stopped: Flags) -> Life:
    """With the moment of the day on which they were made, none before that, and the state that follows from it all."""
    now = anchor_day(draw.world)
    latest = draw.world.anchor_us - DAY // 2  # so that there is time for more
    created = numpy.maximum(numpy.minimum(at_work(workday(day), draw.unit(7)), latest), since)
    state = _state(start, end, endless, now, stopped)
    return Life(created, start, numpy.where(endless, now + _OPEN, end), endless, state)


def _state(start: Whole, end: Whole, endless: Flags, now: int, stopped: Flags) -> Whole:
    over = ~endless & (end < now)
    return numpy.select(
        [start > now, over & (end < now - ARCHIVED_AFTER), over, stopped],
        [0, STATES.index("ARCHIVED"), 3, _PAUSED],
        default=1,
    )


def deletion(projects: Frame) -> tuple[Flags, Whole]:
    """Whether each project was deleted, as the persona's was and its part with it, and when.

    That is a week after the end of the whole, or half way to now if that is less.
    """
    base, now = base_of(projects.rows), projects.world.anchor_us
    ended = life(Frame(projects.world, projects.table, base)).end * DAY
    when = ended + numpy.minimum(_WEEK, (now - ended) // 2)
    return numpy.isin(base, _DELETED) & (when > life(projects).created) & (when <= now), when
