"""How a piece of content went through its reviews: each step by whoever may take it, none before they joined."""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy
import pyarrow

from catalog.model import TableName
from factories.keys.within import Within, counted, parent, parent_numbers, place_within
from factories.tables.content import members_of, rows_of_members, subject
from factories.tables.lives import life
from factories.tables.people import may
from factories.tables.phrases import COMMENTS, FIRST
from factories.tables.story import Story, at_work, between, joined, moments, texts, when_working
from factories.values.moments import DAY, SECOND, instants
from factories.values.randomness import Flags, Whole
from factories.world import Draw, Frame
from factories.written.declare import Column, ParentRow, TableFactory

_MINUTE = 60 * SECOND
_S, _C, _A, _R, _P = "SUBMITTED", "CHANGES_REQUESTED", "APPROVED", "REJECTED", "PUBLISHED"
STEPS = {  # what each state has been through: at once, or with a round of changes
    "DRAFT": ((), (_S, _C)),
    "IN_REVIEW": ((_S,), (_S, _C, _S)),
    "APPROVED": ((_S, _A), (_S, _C, _S, _A)),
    "REJECTED": ((_S, _R), (_S, _C, _S, _R)),
    "PUBLISHED": ((_S, _A, _P), (_S, _C, _S, _A, _P)),
}


_MOST = max(len(way) for ways in STEPS.values() for way in ways)


class Way(NamedTuple):
    """When a piece was begun, how long each step took, how many there were, and whether weekends are left out."""

    begun: Whole
    pace: Whole
    steps: Whole
    weekdays: Flags


def way(frame: Frame) -> Way:
    """How the frame's pieces went through their reviews."""
    return frame.once("#way", _way)  # type: ignore[no-any-return]  # what is computed once may be anything


def _way(draw: Draw) -> Way:
    since, latest = joined(parent(draw.frame, "user_id")), until(draw.frame)
    if (member := members_of(draw.frame)) is not None:
        since = numpy.maximum(since, instants(rows_of_members(draw.frame, member), "joined_at")[0])
        since = numpy.maximum(since, instants(_deciders(draw.frame, member), "joined_at")[0])
    last = numpy.maximum(latest, since)
    latest = since + ((last - since) * 0.95).astype(numpy.int64)
    begun = when_working(between(draw, since, latest), since, latest, 0.8 * draw.unit(2))
    steps = numpy.array(
        [len(STEPS[s][c]) for s, c in zip(_status(draw.frame), _changed(draw.frame), strict=True)], dtype=numpy.int64
    )
    pace = draw.below(4, 1) * DAY + (5 + draw.below(25, 3)) * _MINUTE
    room = (last - begun) // (numpy.maximum(steps, 1) + 1) // SECOND * SECOND
    pace = numpy.minimum(pace, room)
    return Way(begun, pace, steps, (_weekdays_after(begun // DAY, pace // DAY * steps) + 1) * DAY <= last)


def _weekdays_after(day: Whole, count: Whole) -> Whole:
    """The day that many weekdays later, counted from Friday on a weekend."""
    found: Whole = numpy.busday_offset(day.astype("datetime64[D]"), count, roll="backward").astype(numpy.int64)
    return found


def _deciders(pieces: Frame, member: Whole) -> Frame:
    """Who decides on each piece, of its project's members: the owner on the first seat; of the owner's own, the second.

    An owner who is alone decides on everything.
    """
    members = rows_of_members(pieces, member)
    project, seats = parent_numbers(members, "project_id"), counted(members, "project_id").starts(pieces.world)
    first, after = seats[project], numpy.minimum(seats[project + 1], pieces.world.rows(members.table.name))
    return rows_of_members(pieces, numpy.where(member == first, numpy.minimum(first + 1, after - 1), first))


def until(frame: Frame) -> Whole:
    """The moment by which each piece is done with: now, or the end of a project that is over."""
    anchor = numpy.full(len(frame), frame.world.anchor_us, dtype=numpy.int64)
    member = members_of(frame)
    if member is None:
        return anchor
    return numpy.minimum((life(parent(rows_of_members(frame, member), "project_id")).end + 1) * DAY, anchor)


def _status(frame: Frame) -> list[str]:
    return [state if state in STEPS else "DRAFT" for state in frame.column("status").to_pylist()]


def _changed(frame: Frame) -> list[int]:
    return [int(flag) for flag in frame.draw("#changed").unit() < 0.25]


def review_count(pieces: Frame) -> Whole:
    """How many steps each piece has been through."""
    return way(pieces).steps


def published_at(pieces: Frame) -> Whole:
    """When each piece's last step was done, in microseconds UTC."""
    return _done(pieces, numpy.maximum(way(pieces).steps, 1))


def _done(pieces: Frame, step: Whole) -> Whole:
    """When that step of each piece was done, counted from 1: days later in working hours, or the same day."""
    found, drawn = way(pieces), numpy.stack([pieces.draw(f"#hour {turn}").unit() for turn in range(_MOST)])
    part = drawn[numpy.minimum(step, _MOST) - 1, numpy.arange(len(pieces))]
    day, days = found.begun // DAY, found.pace // DAY * step
    later = at_work(numpy.where(found.weekdays, _weekdays_after(day, days), day + days), part)
    soon = found.begun + (found.pace * (step - 0.5 * part)).astype(numpy.int64) // SECOND * SECOND
    return numpy.where(found.pace < DAY, soon, later)


def _step(frame: Frame) -> list[str]:
    return frame.once("#step", _steps)  # type: ignore[no-any-return]  # what is computed once may be anything


def _steps(draw: Draw) -> list[str]:
    pieces, place = parent(draw.frame, "content_id"), place_within(draw.frame, "content_id")
    ways = [STEPS[s][c] for s, c in zip(_status(pieces), _changed(pieces), strict=True)]
    return [steps[min(p, len(steps) - 1)] if steps else _S for steps, p in zip(ways, place, strict=True)]


def _comment(draw: Draw) -> pyarrow.Array:
    said = zip(_step(draw.frame), place_within(draw.frame, "content_id"), draw.below(1 << 16), strict=True)
    return texts([_from(COMMENTS[step] if place else FIRST, number) for step, place, number in said])


def _from(said: tuple[str, ...], number: int) -> str:
    return said[number % len(said)]


def _happened(draw: Draw) -> pyarrow.Array:
    return moments(_done(parent(draw.frame, "content_id"), place_within(draw.frame, "content_id") + 1))


@dataclass(frozen=True, slots=True)
class ProjectOfPiece:
    """The project that the piece was written for."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The projects' row numbers."""
        member = subject(parent(draw.frame, "content_id")).member
        return parent_numbers(rows_of_members(draw.frame, member), "project_id")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """The author submits; the project's owner (or a colleague) decides, and publishes what the author may not."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The users' row numbers."""
        pieces, step = parent(draw.frame, "content_id"), numpy.array(_step(draw.frame))
        kept = ~may(parent(pieces, "user_id"), "PUBLISH_CONTENT") & (step == _P)
        decider = parent_numbers(_deciders(pieces, subject(pieces).member), "user_id")
        return numpy.where(numpy.isin(step, (_C, _A, _R)) | kept, decider, parent_numbers(pieces, "user_id"))


class ContentReviewFactory(TableFactory):
    """Each step of a piece's review, by whoever may take it."""

    class Meta:
        """Of the table `content_reviews`."""

        table = "content_reviews"
        rows = {"smoke": 200, "uat": 2_000, "load": 300_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    content_id = ParentRow(partial(Within, sizes=review_count), "content_pieces")
    place = Column(Story(lambda draw: pyarrow.array(place_within(draw.frame, "content_id") + 1), "1, 2, 3, ..."))
    project_id = ParentRow(ProjectOfPiece, "projects")
    user_id = ParentRow(Reviewer, "users")
    step = Column(Story(lambda draw: texts(_step(draw.frame)), "what the piece's state has been through"))
    comment = Column(Story(_comment, "what reviewers say"))
    happened_at = Column(Story(_happened, "one step after the other"))
