"""When projects were made, when they begin and end, what state they are in, and which were deleted."""

from typing import NamedTuple, Self

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


class _Days(NamedTuple):
    """The days on which projects are made, begin and end."""

    made: Whole
    start: Whole
    end: Whole

    def where(self, these: Flags, made: Whole, start: Whole, end: Whole) -> Self:
        """With other days for these projects."""
        return type(self)(*(numpy.where(these, new, old) for new, old in zip((made, start, end), self, strict=True)))


def _whole(draw: Draw) -> Life:
    """The lives of projects that are no part of another."""
    since = joined(parent(draw.frame, "owner_id"))
    first, long = numpy.isin(draw.rows, _RUNNING), draw.rows == numpy.uint64(LONG)
    over, gone = _just_over(draw, since), numpy.isin(draw.rows, _DELETED)
    days = _usual(draw, since)
    days = days.where(first, *_running(draw, since))
    days = days.where(long, *_running_long(draw, since))
    days = days.where(over, *_ended(draw, since))
    days = days.where(gone, *_begun_at_once(draw, since))
    endless = (draw.unit(6) < 0.12) & ~first & ~over & ~long & ~gone
    stopped = draw.rows % numpy.uint64(8) == numpy.uint64(6)
    return _lived(draw, since, *days, endless, stopped)


def _usual(draw: Draw, since: Whole) -> _Days:
    """Made at any time since the owner joined, most of them lately; one in ten is yet to begin."""
    world, now = draw.world, anchor_day(draw.world)
    there = numpy.maximum(world.anchor_us - since - DAY, 0)
    back = (unit(bits(key(world.seed, "age"), numpy.zeros(1, numpy.uint64))) + _GOLDEN * draw.rows) % 1.0  # evenly
    made = (world.anchor_us - (0.95 * back**1.4 * there).astype(numpy.int64)) // DAY
    planned = draw.rows % numpy.uint64(10) == numpy.uint64(3)
    made = numpy.where(planned, numpy.maximum(made, now - draw.below(14, 3)), made)
    start = numpy.where(planned, now + 3 + draw.below(28, 4), made + 1 + draw.below(10, 4))
    return _Days(made, start, start + 60 + draw.below(240, 5))


def _running(draw: Draw, since: Whole) -> _Days:
    now = anchor_day(draw.world)
    start = numpy.maximum(now - 90 - draw.below(60, 4), since // DAY)
    return _Days(start, start, now + 40 + draw.below(90, 5))


def _running_long(draw: Draw, since: Whole) -> _Days:
    now = anchor_day(draw.world)
    start = numpy.maximum(now - 430 - draw.below(40, 4), since // DAY + 2)
    return _Days(start - 1, start, now + 60 + draw.below(60, 5))


def _ended(draw: Draw, since: Whole) -> _Days:
    end = _lately(draw)
    start = numpy.maximum(end - 60 - draw.below(90, 4), since // DAY + 1)
    return _Days(start, start, end)


def _begun_at_once(draw: Draw, since: Whole) -> _Days:
    start = since // DAY + 2 + draw.below(10, 4)
    return _Days(start - 1, start, start + 60)


def _just_over(draw: Draw, since: Whole) -> Flags:
    """One project in twelve, if its owner had joined early enough for it to be over."""
    mine: Flags = draw.rows % numpy.uint64(12) == numpy.uint64(2)
    return mine & (_lately(draw) - 40 > since // DAY)


def _lately(draw: Draw) -> Whole:
    return anchor_day(draw.world) - 5 - draw.below(45, 5)


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
