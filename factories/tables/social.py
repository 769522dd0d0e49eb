"""Posts made from published pieces, with their numbers; none waits to be sent."""

import json
from dataclasses import dataclass

import numpy
import pyarrow

from catalog.model import TableName
from factories.keys.within import parent, parent_numbers
from factories.recipe import Draw, Frame
from factories.tables.colleagues import Leader
from factories.tables.content import members_of, rows_of_members
from factories.tables.people import may
from factories.tables.reviews import published_at
from factories.tables.story import Story, all_of, between, in_hours, labels, moments, texts
from factories.values.numbers import Choice
from factories.values.randomness import Whole
from factories.written.declare import Column, ParentRow, TableFactory

_PLATFORMS = ("linkedin", "instagram", "facebook", "youtube", "x")
_STATES = ("published", "draft", "failed")
_OUT = 820  # of a thousand posts


@dataclass(frozen=True, slots=True)
class PublishedPiece:
    """One of the pieces that are published, by an author who may post it; any where there is none."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The pieces' row numbers."""
        known = draw.world.remembered(
            ("published", self.target), lambda: _published(all_of(draw.frame, self.target.name))
        )
        return known[draw.chosen(len(known))] if len(known) else numpy.full(len(draw), -1, dtype=numpy.int64)


def _published(pieces: Frame) -> Whole:
    """What is published and its author may post; else what is published, or anything."""
    states = pieces.column("status").to_pylist()
    out = numpy.array([state == "PUBLISHED" for state in states], dtype=bool)
    own = out & may(parent(pieces, "user_id"), "PUBLISH_POSTS")
    return next((n for fits in (own, out) if len(n := numpy.flatnonzero(fits))), numpy.arange(len(pieces)))


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


def _date(draw: Draw) -> pyarrow.Array:
    first = numpy.minimum(published_at(parent(draw.frame, "content_id")), draw.world.anchor_us)
    last = numpy.full(len(draw), draw.world.anchor_us, dtype=numpy.int64)
    moment = in_hours(between(draw, first, last), first, last, draw.unit(1))
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
        rows = {"smoke": 30, "uat": 500, "load": 200_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    content_id = ParentRow(PublishedPiece, "content_pieces")
    user_id = ParentRow(Poster, "users")
    platform = Column(Choice(_PLATFORMS))
    status = Column(Story(lambda draw: labels(_STATES, _state(draw.frame)), "out, a draft, or failed; none waits"))
    metrics = Column(Story(_metrics, "numbers of a post that is out"))
    publish_date = Column(Story(_date, "after its piece was published"))
