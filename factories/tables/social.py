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
from factories.values.randomness import Flags, Whole, key, permuted
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
        if not len(_known(draw.frame, self.target).pieces):
            return numpy.full(len(draw), -1, dtype=numpy.int64)
        theirs = _first_ones(draw.world.frame(self.target, numpy.arange(len(WITH_EVERYTHING), dtype=numpy.uint64)))
        return bind(draw, _dealt(draw.frame, self.target)[0], theirs, draw.world.rows(self.target))


def _first_ones(pieces: Frame) -> tuple[tuple[int, int], ...]:
    """The posts of those who have everything, each with the piece that it is of."""
    author = parent_numbers(pieces, "user_id")
    return tuple((row, row) for row, persona in enumerate(WITH_EVERYTHING) if author[row] == persona)


class Rounds(NamedTuple):
    """The pieces that there are posts of, and of how many of them in each round: the first ones.

    Each round makes one post of every piece that has a day left for it.
    """

    pieces: Whole
    sizes: Whole


def _known(near: Frame, pieces: TableName) -> Rounds:
    """The pieces that there are posts of, round by round."""
    return near.world.remembered(("published", pieces), lambda: _rounds(all_of(near, pieces.name)))  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def _rounds(pieces: Frame) -> Rounds:
    rows = _published(pieces)
    room = _room(published_at(pieces)[rows], until(pieces)[rows])
    sizes = len(rows) - numpy.cumsum(numpy.bincount(room))[:-1]
    return Rounds(rows[numpy.argsort(-room, kind="stable")], sizes)


def _room(first: Whole, last: Whole) -> Whole:
    """On how many days from the first moment to the last there may be a post: no multiple of the days between two."""
    days: Whole = numpy.maximum((last - first) // DAY, 1)
    return numpy.where(days % _APART == 0, days - 1, days)


def _dealt(posts: Frame, target: TableName) -> tuple[Whole, Whole]:
    """The piece of each post, and how many posts of it came before."""
    known = _known(posts, target)
    ends = numpy.cumsum(known.sizes)
    number = posts.rows.astype(numpy.int64) % ends[-1]
    turn = numpy.searchsorted(ends, number, side="right")
    place = number - (ends - known.sizes)[turn]
    for one in numpy.unique(turn):
        chosen = turn == one
        stream = key(posts.world.seed, "posts", int(one))
        place[chosen] = permuted(stream, place[chosen].astype(numpy.uint64), int(known.sizes[one]))
    return known.pieces[place], turn


def _own(pieces: Frame) -> Flags:
    """What is out, and by somebody who may post it."""
    return _out(pieces) & may(parent(pieces, "user_id"), "PUBLISH_POSTS")


def _out(pieces: Frame) -> Flags:
    return numpy.array([state == "PUBLISHED" for state in pieces.column("status").to_pylist()], dtype=bool)


def _published(pieces: Frame) -> Whole:
    """What is out by somebody who may post, on an account; else what comes near.

    Pieces that have a post anyhow are left out, unless there is no other.
    """
    out, own, more = _out(pieces), _own(pieces), numpy.ones(len(pieces), dtype=bool)
    more[[piece for _, piece in _first_ones(pieces)]] = False
    able = own & more & numpy.isin(parent_numbers(pieces, "user_id"), _accounts(pieces).people)
    found = (numpy.flatnonzero(fits) for fits in (able, own, out))
    return next((rows for rows in found if len(rows)), numpy.arange(len(pieces)))


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
    return _dealt(posts, parent(posts, "content_id").table.name)[1]


def _date(draw: Draw) -> pyarrow.Array:
    """After its piece was published, and while its project is there."""
    pieces = parent(draw.frame, "content_id")
    first = numpy.minimum(published_at(pieces), draw.world.anchor_us)
    last = numpy.maximum(until(pieces), first)
    room = _room(first, last)
    day = (pieces.draw("#posted").below(room) + _APART * _turn(draw.frame)) % room
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
