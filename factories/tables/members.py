"""Who works on a project: its owner from the first day, then colleagues whom the owner invites, each once."""

from dataclasses import dataclass
from functools import partial

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.within import Within, key_of, parent, parent_numbers, place_within
from factories.tables.lives import life
from factories.tables.people import APPROVER
from factories.tables.story import Story, between, joined, labels, moments, settled_in, when_working
from factories.values.moments import DAY
from factories.values.randomness import Flags, Whole, bits, key
from factories.world import Draw, Frame, World
from factories.written.declare import Column, ParentRow, TableFactory

_SEATS = ("OWNER", "EDITOR", "EDITOR", "ANALYST", "EDITOR", "EDITOR")
_LOOKING = ("GUEST", "ANALYST")
_MOST = len(_SEATS)
_LATE = 5  # days before a project's end, in which nobody is invited any more


def team_size(projects: Frame) -> Whole:
    """How many people work on each project, as far as there are so many."""
    users = projects.table.picks[key_of(projects, "owner_id")][0]
    others, place = _in_time(projects, users), _place(projects, users)
    return numpy.minimum(2 + projects.draw("#team").below(_MOST - 1), 1 + others - (place < others))


def _colleagues(world: World, users: TableName) -> tuple[Whole, Whole]:
    """The row numbers of those who have been there for some days, and when they joined: the first ones first."""

    def find() -> tuple[Whole, Whole]:
        everybody = world.frame(users, numpy.arange(world.rows(users), dtype=numpy.uint64))
        rows, since = numpy.flatnonzero(settled_in(everybody)), joined(everybody)
        rows = rows[numpy.argsort(since[rows], kind="stable")]
        return rows, since[rows]

    return world.remembered(("colleagues", users), find)  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def _in_time(projects: Frame, users: TableName) -> Whole:
    """How many colleagues had joined some days before each project's end: so many of the first ones."""
    found: Whole = numpy.searchsorted(_colleagues(projects.world, users)[1], (life(projects).end - _LATE) * DAY)
    return found


def _place(projects: Frame, users: TableName) -> Whole:
    """Each owner's place among the colleagues, behind all of them for one who is none."""
    people, _ = _colleagues(projects.world, users)
    places = numpy.full(projects.world.rows(users) + 1, len(people), dtype=numpy.int64)
    places[people] = numpy.arange(len(people))
    return places[parent_numbers(projects, "owner_id")]


@dataclass(frozen=True, slots=True)
class Teammate:
    """The project's owner on the first seat, then colleagues, each on one seat."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The users' row numbers."""
        projects, place = parent(draw.frame, "project_id"), place_within(draw.frame, "project_id")
        owners, people = parent_numbers(projects, "owner_id"), _colleagues(draw.world, self.target)[0]
        if len(people) < 2:
            return owners
        known, own = _in_time(projects, self.target), _place(projects, self.target)
        size = known - (own < known)
        chosen = self._dealt(draw, numpy.maximum(place - 1, 0), numpy.maximum(size, 1), _approver(draw, people, own))
        chosen = numpy.where(chosen >= own, chosen + 1, chosen)
        return numpy.where((place == 0) | (size < 1), owners, people[numpy.minimum(chosen, len(people) - 1)])

    def _dealt(self, draw: Draw, place: Whole, size: Whole, wanted: Whole) -> Whole:
        """Different colleagues for the seats of a project: neighbours in a round that begins anywhere.

        Of the first project, which whoever has everything owns and writes for, it begins with who may approve that.
        """
        project = parent_numbers(draw.frame, "project_id").astype(numpy.uint64)
        begin = (bits(key(draw.world.seed, "team"), project) % size.astype(numpy.uint64)).astype(numpy.int64)
        begin = numpy.where((project == 0) & (wanted < size), wanted, begin)
        return (begin + place) % size


def _approver(draw: Draw, people: Whole, own: Whole) -> Whole:
    """The place among an owner's colleagues of the persona who may approve; beyond them all if there is none."""
    found = numpy.flatnonzero(people == APPROVER)
    place = int(found[0]) if len(found) else len(people)
    return place - (own < place)


def _is_owner(frame: Frame) -> Flags:
    found: Flags = place_within(frame, "project_id") == 0
    return found


def joined_project(frame: Frame) -> Whole:
    """When each member joined the project: the owner when it was made, others within some weeks."""
    return frame.once("#joined", _joined)  # type: ignore[no-any-return]  # what is computed once may be anything


def _joined(draw: Draw) -> Whole:
    made = life(parent(draw.frame, "project_id")).created
    first = numpy.maximum(made, joined(parent(draw.frame, "user_id")))
    end = numpy.minimum(
        (life(parent(draw.frame, "project_id")).end - _LATE // 2) * DAY, draw.world.anchor_us - DAY // 4
    )
    last = numpy.maximum(numpy.minimum(first + 40 * DAY, end), first)
    moment = when_working(between(draw, first, last), first, last, draw.unit(1))
    return numpy.where(_is_owner(draw.frame), made, moment)


def _role(draw: Draw) -> pyarrow.Array:
    """By the seat in the team; whoever may only look is a guest or an analyst."""
    roles = labels(_SEATS, place_within(draw.frame, "project_id") % _MOST)
    people = parent(draw.frame, "user_id")
    if "role" not in people.table.recipes:
        return roles
    looks = compute.equal(people.column("role").cast(pyarrow.string()), "VIEWER").fill_null(True)
    quiet = labels(_LOOKING, draw.below(len(_LOOKING)))
    return compute.if_else(compute.and_(looks, pyarrow.array(~_is_owner(draw.frame))), quiet, roles)


@dataclass(frozen=True, slots=True)
class Inviter:
    """The project's owner invited everybody, and was invited by nobody."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The owners' row numbers, -1 for the owners themselves."""
        owners = parent_numbers(parent(draw.frame, "project_id"), "owner_id")
        return numpy.where(_is_owner(draw.frame), -1, owners)


def _notified(draw: Draw) -> pyarrow.Array:
    mail = parent(draw.frame, "user_id").column("email")
    return compute.if_else(pyarrow.array(draw.unit() < 0.7), mail, None)


class ProjectMemberFactory(TableFactory):
    """One to six people on each project."""

    class Meta:
        """Of the table `project_members`."""

        table = "project_members"
        rows = {"smoke": 60, "uat": 300, "load": 8_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    project_id = ParentRow(partial(Within, sizes=team_size), "projects")
    user_id = ParentRow(Teammate, "users")
    role = Column(Story(_role, "by the seat in the team"))
    notify_email = Column(Story(_notified, "the user's own address"))
    invited_by = ParentRow(Inviter, "users")
    joined_at = Column(Story(lambda draw: moments(joined_project(draw.frame)), "after project and user"))
