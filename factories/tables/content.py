"""Autonomica's content, who wrote it for which client, how it was reviewed, and the posts made from it."""

from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.within import Within, parent, parent_numbers, place_within
from factories.recipe import Draw, Frame
from factories.tables.catalogue import COMPANIES, INDUSTRIES, company
from factories.tables.projects import client
from factories.tables.story import Story, all_of, between, has_rows, in_hours, joined, moments, texts
from factories.values.moments import DAY, SECOND, instants
from factories.values.numbers import Chance, Choice, Integer
from factories.values.randomness import Whole
from factories.values.structures import Json, JsonList
from factories.values.texts import Hexadecimal, Sentence
from factories.written.declare import Column, ParentRow, TableFactory

MINUTE = 60 * SECOND
_PLATFORMS = ("linkedin", "instagram", "facebook", "youtube", "x")
_STATUSES = ("DRAFT", "IN_REVIEW", "APPROVED", "REJECTED", "PUBLISHED")
_S, _C, _A, _R, _P = "SUBMITTED", "CHANGES_REQUESTED", "APPROVED", "REJECTED", "PUBLISHED"
STEPS = {  # what each state has been through: at once, or with a round of changes
    "DRAFT": ((), (_S, _C)), "IN_REVIEW": ((_S,), (_S, _C, _S)), "APPROVED": ((_S, _A), (_S, _C, _S, _A)),
    "REJECTED": ((_S, _R), (_S, _C, _S, _R)), "PUBLISHED": ((_S, _A, _P), (_S, _C, _S, _A, _P)),
}  # fmt: skip
_COMMENTS = {
    _S: ("Ready for a look.", "First draft, the second half needs an eye.", "Changed as discussed.", "Please check the numbers in the third paragraph."),
    _C: ("Good story. The opening can lose two sentences.", "Please name the source of the figure.", "Too many adjectives for this client.", "The call to action is missing."),
    _A: ("Good to go.", "Approved, lovely ending.", "Approved. Use the shorter headline for social.", "Fine with legal, too."),
    _R: ("Not for this client: wrong audience.", "We published something very similar last month.", "The offer has ended, let us drop it."),
    _P: ("Published.", "Live since this morning."),
}  # fmt: skip
_TITLES = ("{Topic}", "{Company}: {topic}", "What we learned about {topic}", "{Topic}, explained in five minutes", "A short guide: {topic}", "Behind the scenes at {company}: {topic}")  # fmt: skip
_OPENINGS = ("Most people who write to {company} ask the same thing first.", "It began with a question from a customer.", "Nobody plans for this, and everybody meets it.", "We have tried it for a season, and here is what happened.", "There is a short answer, and a useful one.")  # fmt: skip
_MIDDLES = ("This piece is about {topic}: what it takes, what it costs, and what can be left out.", "Take {topic}. It sounds simple, and in the beginning it is.", "For {people}, {topic} is less about money than about time.", "Three things matter about {topic}, and only one of them is new.")  # fmt: skip
_DETAILS = ("Start small, write down what happens, and change one thing at a time.", "The first week is the hardest; the second tells you whether to go on.", "We asked twelve of our regulars, and nine would do it again.", "Whoever compares three offers saves more than whoever haggles over one.")  # fmt: skip
_ENDINGS = ("If you would like to try it, come by or write to us.", "Next month we look at the other side of it.", "Tell us how it went; we read every answer.", "The checklist is on our page, free and without a form.")  # fmt: skip


class Subject(NamedTuple):
    """Of each piece: for which company it is, its industry's place, and the member of a project who wrote it (-1)."""

    company: list[str]
    industry: Whole
    member: Whole


def subject(frame: Frame) -> Subject:
    """Whom and what each piece is about."""
    return frame.once("#subject", _subject)  # type: ignore[no-any-return]  # what is computed once may be anything


def _subject(draw: Draw) -> Subject:
    member = members_of(draw.frame)
    if member is None:
        known = [company(int(number)) for number in draw.permuted(COMPANIES)]
        places = numpy.array([place for _, place in known], dtype=numpy.int64)
        return Subject([name for name, _ in known], places, numpy.full(len(draw), -1, dtype=numpy.int64))
    found = client(parent(_members(draw.frame, member), "project_id"))
    return Subject(found.names, found.industry, member)


def members_of(frame: Frame) -> Whole | None:
    """The row of `project_members` that each piece's author and project are taken from; None without projects."""
    if not has_rows(frame, "project_members"):
        return None
    writers = frame.world.remembered(
        ("writers", frame.table.name.schema), lambda: _writers(all_of(frame, "project_members"))
    )
    return writers[frame.draw("#member").chosen(len(writers))] if len(writers) else None


def _writers(members: Frame) -> Whole:
    """Members who edit for their project and may create content."""
    edits = compute.equal(members.column("role").cast(pyarrow.string()), "EDITOR").fill_null(False)
    looks = compute.equal(parent(members, "user_id").column("role").cast(pyarrow.string()), "VIEWER").fill_null(True)
    return numpy.flatnonzero(compute.and_(edits, compute.invert(looks)))


def _members(frame: Frame, rows: Whole) -> Frame:
    return frame.world.frame(all_of(frame, "project_members").table.name, numpy.maximum(rows, 0).astype(numpy.uint64))


@dataclass(frozen=True, slots=True)
class Author:
    """An editor of one of the projects; anybody where there are none."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The users' row numbers."""
        member = members_of(draw.frame)
        if member is None:
            return draw.chosen(max(draw.world.rows(self.target), 1))
        return parent_numbers(_members(draw.frame, member), "user_id")


def _said(patterns: tuple[str, ...], draw: Draw, turn: int) -> list[str]:
    found = subject(draw.frame)
    topics = draw.frame.draw("#topic").below(4)
    said = zip(draw.below(len(patterns), turn), found.company, found.industry, topics, strict=True)
    return [_filled(patterns[p], name, INDUSTRIES[i].topics[t], INDUSTRIES[i].people) for p, name, i, t in said]


def _filled(pattern: str, name: str, topic: str, people: str) -> str:
    return pattern.format(company=name, Company=name, topic=topic, Topic=topic[0].upper() + topic[1:], people=people)


def _body(draw: Draw) -> pyarrow.Array:
    parts = [
        _said(patterns, draw, turn)
        for turn, patterns in enumerate((_OPENINGS, _MIDDLES, _DETAILS[:2], _DETAILS[2:], _ENDINGS))
    ]
    return texts(
        [f"{one} {two}\n\n{three} {four}\n\n{five}" for one, two, three, four, five in zip(*parts, strict=True)]
    )


class Way(NamedTuple):
    """When a piece was begun, how long each of its steps took, and how many there were."""

    begun: Whole
    pace: Whole
    steps: Whole


def way(frame: Frame) -> Way:
    """How the frame's pieces went through their reviews."""
    return frame.once("#way", _way)  # type: ignore[no-any-return]  # what is computed once may be anything


def _way(draw: Draw) -> Way:
    since, member, anchor = joined(parent(draw.frame, "user_id")), members_of(draw.frame), draw.world.anchor_us
    if member is not None:
        since = numpy.maximum(since, instants(_members(draw.frame, member), "joined_at")[0])
    latest = since + (numpy.maximum(anchor - since, 0) * 0.95).astype(numpy.int64)
    begun = in_hours(between(draw, since, latest), since, latest, 0.8 * draw.unit(2))
    steps = numpy.array(
        [len(STEPS[s][c]) for s, c in zip(_status(draw.frame), _changed(draw.frame), strict=True)], dtype=numpy.int64
    )
    pace = draw.below(4, 1) * DAY + (5 + draw.below(25, 3)) * MINUTE
    room = (anchor - begun) // (numpy.maximum(steps, 1) + 1) // SECOND * SECOND
    return Way(begun, numpy.minimum(pace, room), steps)


def _status(frame: Frame) -> list[str]:
    return [state if state in STEPS else "DRAFT" for state in frame.column("status").to_pylist()]


def _changed(frame: Frame) -> list[int]:
    return [int(flag) for flag in frame.draw("#changed").unit() < 0.25]


def review_count(pieces: Frame) -> Whole:
    """How many steps each piece has been through."""
    return way(pieces).steps


def published_at(pieces: Frame) -> Whole:
    """When each piece's last step was done, in microseconds UTC."""
    found = way(pieces)
    return found.begun + found.pace * numpy.maximum(found.steps, 1)


def _step(frame: Frame) -> list[str]:
    return frame.once("#step", _steps)  # type: ignore[no-any-return]  # what is computed once may be anything


def _steps(draw: Draw) -> list[str]:
    pieces, place = parent(draw.frame, "content_id"), place_within(draw.frame, "content_id")
    ways = [STEPS[s][c] for s, c in zip(_status(pieces), _changed(pieces), strict=True)]
    return [steps[min(p, len(steps) - 1)] if steps else _S for steps, p in zip(ways, place, strict=True)]


def _comment(draw: Draw) -> pyarrow.Array:
    said = zip(_step(draw.frame), draw.below(12), strict=True)
    return texts([_COMMENTS[step][number % len(_COMMENTS[step])] for step, number in said])


def _happened(draw: Draw) -> pyarrow.Array:
    found, place = way(parent(draw.frame, "content_id")), place_within(draw.frame, "content_id")
    return moments(found.begun + found.pace * (place + 1))


@dataclass(frozen=True, slots=True)
class ProjectOfPiece:
    """The project that the piece was written for."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The projects' row numbers."""
        member = subject(parent(draw.frame, "content_id")).member
        return parent_numbers(_members(draw.frame, member), "project_id")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """The author submits and publishes; the project's owner, who may approve, decides."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The users' row numbers."""
        decided = numpy.array([step in (_C, _A, _R) for step in _step(draw.frame)], dtype=bool)
        owner = parent_numbers(parent(draw.frame, "project_id"), "owner_id")
        return numpy.where(decided, owner, parent_numbers(parent(draw.frame, "content_id"), "user_id"))


class ContentPieceFactory(TableFactory):
    """Articles, newsletters and scripts on their way to publication."""

    class Meta:
        """Of the table `content_pieces`."""

        table = "content_pieces"
        rows = {"smoke": 20, "uat": 300, "load": 50_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    user_id = ParentRow(Author, "users")
    title = Column(Story(lambda draw: texts(_said(_TITLES, draw, 0)), "headline on the client's topic"))
    content = Column(Story(_body, "article on the client's topic"))
    type = Column(
        Choice(("blog_post", "newsletter", "landing_page", "social_post", "video_script"), (35, 20, 10, 25, 10))
    )
    status = Column(Choice(_STATUSES, (25, 15, 12, 6, 42)))


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


class SocialAccountFactory(TableFactory):
    """Accounts on real platforms with tokens nobody can mistake for real ones."""

    class Meta:
        """Of the table `social_accounts`."""

        table = "social_accounts"
        rows = {"smoke": 12, "uat": 90, "load": 5_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    platform = Column(Choice(_PLATFORMS))
    account_name = Column(Sentence(("{adjective}", "_", "{noun}"), label="account name"))
    access_token = Column(Hexadecimal(32, "fake_access_", "visibly fake token"))
    refresh_token = Column(Hexadecimal(32, "fake_refresh_", "visibly fake token"))
    is_active = Column(Chance(900))
    permissions = Column(JsonList(Choice(("read", "write", "insights", "comments")), "list of scopes"))
    platform_metadata = Column(
        Json((("followers", Integer(50, 40_000, 2)), ("verified", Chance(120))), raw=("followers", "verified"))
    )
