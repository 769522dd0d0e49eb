"""Autonomica's content, who wrote it for which client, and the accounts it goes out on."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.within import parent, parent_numbers
from factories.recipe import Draw, Frame
from factories.tables.catalogue import COMPANIES, INDUSTRIES, company, hyphened
from factories.tables.clients import client
from factories.tables.colleagues import Colleague
from factories.tables.lives import STATES as PROJECT_STATES
from factories.tables.lives import life
from factories.tables.phrases import DETAILS, ENDINGS, MIDDLES, OPENINGS, STARTS, TITLES
from factories.tables.story import Story, all_of, flagged, has_rows, labels, moments, texts
from factories.values.codes import Hexadecimal
from factories.values.documents import Json
from factories.values.moments import DAY
from factories.values.numbers import Chance, Choice, Integer
from factories.values.randomness import Whole
from factories.written.declare import Column, ParentRow, TableFactory

_PLATFORMS = ("linkedin", "instagram", "facebook", "youtube", "x")
STATUSES = ("DRAFT", "IN_REVIEW", "APPROVED", "REJECTED", "PUBLISHED")
_UP_TO = (25, 40, 52, 58)  # of a hundred pieces, those of the first states
_SCOPES = ('["read"]', '["read", "write"]', '["read", "insights"]', '["read", "write", "insights", "comments"]')


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
    found = client(parent(rows_of_members(draw.frame, member), "project_id"))
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


def rows_of_members(frame: Frame, rows: Whole) -> Frame:
    """These rows of `project_members`."""
    return frame.world.frame(all_of(frame, "project_members").table.name, numpy.maximum(rows, 0).astype(numpy.uint64))


@dataclass(frozen=True, slots=True)
class Author:
    """An editor of one of the projects; anybody who may write where there are none."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The users' row numbers."""
        member = members_of(draw.frame)
        if member is None:
            return Colleague(self.target).parent_rows(draw)
        return parent_numbers(rows_of_members(draw.frame, member), "user_id")


def _said(patterns: tuple[str, ...], draw: Draw, turn: int) -> list[str]:
    found = subject(draw.frame)
    topics = draw.frame.draw("#topic").below(4)
    said = zip(draw.below(len(patterns), turn), found.company, found.industry, topics, strict=True)
    return [_filled(patterns[p], name, INDUSTRIES[i].topics[t], INDUSTRIES[i].people) for p, name, i, t in said]


def _filled(pattern: str, name: str, topic: str, people: str) -> str:
    return pattern.format(company=name, Company=name, topic=topic, Topic=topic[0].upper() + topic[1:], people=people)


def _body(draw: Draw) -> pyarrow.Array:
    parts = [_said(patterns, draw, turn) for turn, patterns in enumerate((OPENINGS, MIDDLES, STARTS, DETAILS, ENDINGS))]
    return texts(
        [f"{one} {two}\n\n{three} {four}\n\n{five}" for one, two, three, four, five in zip(*parts, strict=True)]
    )


def _state(draw: Draw) -> Whole:
    """What is written for a project that has not begun is not out yet; of one that is over, nothing waits."""
    found, member = numpy.searchsorted(_UP_TO, draw.below(100), side="right"), members_of(draw.frame)
    if member is None:
        return found
    project = life(parent(rows_of_members(draw.frame, member), "project_id")).state
    over = project >= PROJECT_STATES.index("FINISHED")
    found = numpy.where(over & numpy.isin(found, (1, 2)), STATUSES.index("PUBLISHED"), found)
    early = (project == PROJECT_STATES.index("DRAFT")) & (found == STATUSES.index("PUBLISHED"))
    return numpy.where(early, STATUSES.index("APPROVED"), found)


class ContentPieceFactory(TableFactory):
    """Articles, newsletters and scripts on their way to publication."""

    class Meta:
        """Of the table `content_pieces`."""

        table = "content_pieces"
        rows = {"smoke": 20, "uat": 300, "load": 50_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    user_id = ParentRow(Author, "users")
    title = Column(Story(lambda draw: texts(_said(TITLES, draw, 0)), "headline on the client's topic"))
    content = Column(Story(_body, "article on the client's topic"))
    type = Column(
        Choice(("blog_post", "newsletter", "landing_page", "social_post", "video_script"), (35, 20, 10, 25, 10))
    )
    status = Column(Story(lambda draw: labels(STATUSES, _state(draw)), "by chance, and by how far the project is"))


def _account(draw: Draw) -> pyarrow.Array:
    return texts([hyphened(company(int(number))[0]).replace("-", "_") for number in draw.permuted(COMPANIES)])


def _expires(draw: Draw) -> pyarrow.Array:
    away = ((1 + draw.below(59) + draw.unit(1)) * DAY).astype(numpy.int64)
    return moments(draw.world.anchor_us + numpy.where(flagged(draw.frame, "is_active"), away, -away))


class SocialAccountFactory(TableFactory):
    """Accounts on real platforms with tokens nobody can mistake for real ones."""

    class Meta:
        """Of the table `social_accounts`."""

        table = "social_accounts"
        rows = {"smoke": 12, "uat": 90, "load": 5_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    user_id = ParentRow(Colleague, "users")
    platform = Column(Choice(_PLATFORMS))
    account_name = Column(Story(_account, "an invented company's"))
    access_token = Column(Hexadecimal(32, "fake_access_", "visibly fake token"))
    refresh_token = Column(Hexadecimal(32, "fake_refresh_", "visibly fake token"))
    is_active = Column(Chance(900))
    token_expires_at = Column(Story(_expires, "in the next weeks, past where the account is not in use"))
    permissions = Column(Story(lambda draw: labels(_SCOPES, draw.below(len(_SCOPES))), "list of scopes"))
    platform_metadata = Column(
        Json((("followers", Integer(50, 40_000, 2)), ("verified", Chance(120))), raw=("followers", "verified"))
    )
