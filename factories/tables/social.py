"""Posts made from published pieces, with their numbers; none waits to be sent."""

import json
from dataclasses import dataclass
from typing import NamedTuple

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.picks import bind
from factories.keys.within import parent, parent_numbers
from factories.tables.colleagues import Leader
from factories.tables.content import members_of, rows_of_members
from factories.tables.people import WITH_EVERYTHING, may
from factories.tables.reviews import published_at, until
from factories.tables.story import Story, all_of, flagged, has_rows, in_hours, labels, moments, texts
from factories.values.moments import DAY
from factories.values.randomness import Flags, Whole
from factories.world import Draw, Frame
from factories.written.declare import Column, ParentRow, TableFactory

_PLATFORMS = ("linkedin", "instagram", "facebook", "youtube", "x")
_STATES = ("published", "draft", "failed")
_APART = 3  # days between two posts of one piece, or more
_OUT = 820  # of a thousand posts


@dataclass(frozen=True, slots=True)
class PublishedPiece:
    """The pieces that are published, by an author who may post them, one after the other; any where there is none.

    The first post is of the first piece, where that is of a persona who has everything.
    """

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The pieces' row numbers."""
        known = _known(draw.frame, self.target)
        if not len(known):
            return numpy.full(len(draw), -1, dtype=numpy.int64)
        theirs = _first_ones(draw.world.frame(self.target, numpy.arange(len(WITH_EVERYTHING), dtype=numpy.uint64)))
        return bind(draw, known[draw.permuted(len(known))], theirs, draw.world.rows(self.target))


def _first_ones(pieces: Frame) -> tuple[tuple[int, int], ...]:
    """The posts of those who have everything, each with the piece that it is of."""
    author = parent_numbers(pieces, "user_id")
    return tuple((row, row) for row, persona in enumerate(WITH_EVERYTHING) if author[row] == persona)


def _known(near: Frame, pieces: TableName) -> Whole:
    """The pieces that there are posts of, one after the other."""
    return near.world.remembered(("published", pieces), lambda: _published(all_of(near, pieces.name)))  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def _own(pieces: Frame) -> Flags:
    """What is out, and by somebody who may post it."""
    return _out(pieces) & may(parent(pieces, "user_id"), "PUBLISH_POSTS")


def _out(pieces: Frame) -> Flags:
    return numpy.array([state == "PUBLISHED" for state in pieces.column("status").to_pylist()], dtype=bool)


def _published(pieces: Frame) -> Whole:
    """What is out by somebody who may post, on an account, with a day for each of its posts; else what comes near.

    Pieces that have a post anyhow are left out, unless there is no other.
    """
    out, own, more = _out(pieces), _own(pieces), numpy.ones(len(pieces), dtype=bool)
    more[[piece for _, piece in _first_ones(pieces)]] = False
    able = numpy.flatnonzero(own & more & numpy.isin(parent_numbers(pieces, "user_id"), _accounts(pieces).people))
    days = (until(pieces) - published_at(pieces))[able] // DAY
    posts = pieces.world.rows(TableName(pieces.table.name.schema, "social_posts"))
    found = (able[_with_room(days, posts)], able, numpy.flatnonzero(own), numpy.flatnonzero(out))
    return next((rows for rows in found if len(rows)), numpy.arange(len(pieces)))


def _with_room(days: Whole, posts: int) -> Whole:
    """The places of as many pieces as were out for more days than there are posts of each; else of the best lot."""
    order = numpy.argsort(-days, kind="stable")
    known, count = days[order], numpy.arange(1, len(days) + 1)
    most = count[known >= posts // count + 2].max(initial=0)
    if not most and known.any():
        most = int(count[numpy.argmax(known * count)])
    return numpy.sort(order[:most])


class Accounts(NamedTuple):
    """Accounts that are in use: whose they are, in order, and on which platform."""

    people: Whole
    platforms: pyarrow.Array


def _accounts(near: Frame) -> Accounts:
    """The accounts in the schema of that frame's table."""
    if not has_rows(near, "social_accounts"):
        return Accounts(numpy.empty(0, dtype=numpy.int64), texts([]))

    def find() -> Accounts:
        accounts = all_of(near, "social_accounts")
        people = numpy.where(flagged(accounts, "is_active"), parent_numbers(accounts, "user_id"), -1)
        order = numpy.argsort(people, kind="stable")[numpy.count_nonzero(people < 0) :]
        return Accounts(people[order], accounts.column("platform").cast(pyarrow.string()).take(pyarrow.array(order)))

    return near.world.remembered(("accounts", near.table.name.schema), find)  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def _platform(draw: Draw) -> pyarrow.Array:
    """That of the poster's accounts, one after the other for posts of the same piece; any where there is none."""
    anywhere, known = labels(_PLATFORMS, draw.below(len(_PLATFORMS))), _accounts(draw.frame)
    people = parent_numbers(draw.frame, "user_id")
    first, last = (numpy.searchsorted(known.people, people, side) for side in ("left", "right"))
    if not (first < last).any():
        return anywhere
    pieces, turn = parent(draw.frame, "content_id"), _turn(draw.frame)
    place = first + (pieces.draw("#account").below(1 << 16) + turn) % numpy.maximum(last - first, 1)
    place = numpy.minimum(place, len(known.people) - 1)
    return compute.if_else(pyarrow.array(first < last), known.platforms.take(pyarrow.array(place)), anywhere)


@dataclass(frozen=True, slots=True)
class Poster:
    """Whoever wrote the piece, and may post it; else the project's owner, or anybody who leads."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The users' row numbers."""
        pieces = parent(draw.frame, "content_id")
        author, member = parent_numbers(pieces, "user_id"), members_of(pieces)
        if member is None:
            leader = Leader(self.target).parent_rows(pieces.draw("#poster"))
        else:
            leader = parent_numbers(parent(rows_of_members(pieces, member), "project_id"), "owner_id")
        return numpy.where(may(parent(pieces, "user_id"), "PUBLISH_POSTS") | (leader < 0), author, leader)


def _state(frame: Frame) -> Whole:
    drawn = frame.draw("#state").below(1000)
    return numpy.where(drawn < _OUT, 0, numpy.where(drawn < 970, 1, 2))


def _turn(posts: Frame) -> Whole:
    """How many posts of its piece came before each post."""
    pieces = parent(posts, "content_id").table.name
    found: Whole = posts.rows.astype(numpy.int64) // max(len(_known(posts, pieces)), 1)
    return found


def _date(draw: Draw) -> pyarrow.Array:
    """After its piece was published, and while its project is there."""
    pieces = parent(draw.frame, "content_id")
    first = numpy.minimum(published_at(pieces), draw.world.anchor_us)
    last = numpy.maximum(until(pieces), first)
    turn = _turn(draw.frame)
    room = numpy.maximum((last - first) // DAY, 1)
    room -= (room % _APART == 0).astype(numpy.int64)  # so that each step leads to another day
    day = (pieces.draw("#posted").below(room) + _APART * turn) % room
    moment = in_hours(first + day * DAY, first, last, draw.unit(1))
    return moments(moment, _state(draw.frame) == 1)


def _metrics(draw: Draw) -> pyarrow.Array:
    views = 200 + (draw.unit() * draw.unit(1) * draw.unit(2) * 60_000).astype(numpy.int64)
    likes = (views * (0.01 + 0.05 * draw.unit(3))).astype(numpy.int64)
    comments, shares = likes * draw.below(12, 4) // 100, likes * draw.below(20, 5) // 100
    shown = zip(views, likes, comments, shares, _state(draw.frame) == 0, strict=True)
    return texts([json.dumps(_numbers(v, li, c, s)) if out else "{}" for v, li, c, s, out in shown])


def _numbers(views: int, likes: int, comments: int, shares: int) -> dict[str, int]:
    return {"views": int(views), "likes": int(likes), "comments": int(comments), "shares": int(shares)}


class SocialPostFactory(TableFactory):
    """Posts with their numbers, out after their piece was published, or never."""

    class Meta:
        """Of the table `social_posts`."""

        table = "social_posts"
        rows = {"smoke": 30, "uat": 160, "load": 200_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    content_id = ParentRow(PublishedPiece, "content_pieces")
    user_id = ParentRow(Poster, "users")
    platform = Column(Story(_platform, "that of an account of the user's"))
    status = Column(Story(lambda draw: labels(_STATES, _state(draw.frame)), "out, a draft, or failed; none waits"))
    metrics = Column(Story(_metrics, "numbers of a post that is out"))
    publish_date = Column(Story(_date, "after its piece was published"))
