"""Autonomica's content, and who wrote it for which client."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.within import parent, parent_numbers
from factories.tables.catalogue import INDUSTRIES, SAID, TOPICS, Industry, hyphened, web_name
from factories.tables.clients import client, someones
from factories.tables.colleagues import Colleague
from factories.tables.lives import STATES as PROJECT_STATES
from factories.tables.lives import life
from factories.tables.people import WITH_EVERYTHING
from factories.tables.phrases import MISSING, SENTENCES, SHOTS, TITLES, TWISTS, TYPES
from factories.tables.story import Story, all_of, capital, has_rows, labels, texts
from factories.values.numbers import Choice
from factories.values.randomness import Whole
from factories.world import Draw, Frame
from factories.written.declare import Column, ParentRow, TableFactory

STATUSES = ("DRAFT", "IN_REVIEW", "APPROVED", "REJECTED", "PUBLISHED")
_UP_TO = (25, 40, 52, 58)  # of a hundred pieces, those of the first states
_BEGUN = 0.3  # of drafts, those that are not written to the end
HEADLINES = TOPICS * len(TITLES) * len(TWISTS)  # as many as there are, before one has to be numbered


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
        found = someones(draw)
        return Subject(found.names, found.industry, numpy.full(len(draw), -1, dtype=numpy.int64))
    found = client(parent(rows_of_members(draw.frame, member), "project_id"))
    return Subject(found.names, found.industry, member)


def members_of(frame: Frame) -> Whole | None:
    """The row of `project_members` that each piece's author and project are taken from; None without projects."""
    if not has_rows(frame, "project_members"):
        return None
    writers, first = frame.world.remembered(
        ("writers", frame.table.name.schema), lambda: _writers(all_of(frame, "project_members"))
    )
    if not len(writers):
        return None
    found: Whole = writers[frame.draw("#member").chosen(len(writers))]
    early = frame.rows < len(first)
    found[early] = first[frame.rows[early].astype(numpy.int64)]
    return found


def _writers(members: Frame) -> tuple[Whole, Whole]:
    """Members who edit for their project and may create content; and the first seat of whoever has everything.

    That one is the owner's, of a project that runs.
    """
    edits = compute.equal(members.column("role").cast(pyarrow.string()), "EDITOR").fill_null(False)
    looks = compute.equal(parent(members, "user_id").column("role").cast(pyarrow.string()), "VIEWER").fill_null(True)
    people = parent_numbers(members, "user_id")
    seats = [numpy.flatnonzero(people == row)[:1] for row in WITH_EVERYTHING]
    return numpy.flatnonzero(compute.and_(edits, compute.invert(looks))), numpy.concatenate(seats)


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


def _words(frame: Frame) -> list[dict[str, str]]:
    """Of each piece, what its headline and its text may name."""
    return frame.once("#words", _named)  # type: ignore[no-any-return]  # what is computed once may be anything


def _named(draw: Draw) -> list[dict[str, str]]:
    found, combined = subject(draw.frame), draw.permuted(HEADLINES)
    told = zip(found.company, found.industry, combined % TOPICS, combined // TOPICS // len(TITLES), strict=True)
    return [_about(name, INDUSTRIES[i], topic, TWISTS[twist]) for name, i, topic, twist in told]


def _about(name: str, about: Industry, topic: int, twist: str) -> dict[str, str]:
    said = about.topics[topic]
    return {
        "company": name,
        "topic": said,
        "Topic": capital(said),
        "twist": twist,
        "Twist": capital(twist),
        "people": about.people_of(name),
        "tag": _tag(name),
        "hashtag": _tag(about.name),
        "emoji": about.emoji,
        "site": f"https://{web_name(name)}",
    }


def _tag(words: str) -> str:
    return "".join(capital(word) for word in hyphened(words).split("-"))


def _title(draw: Draw) -> pyarrow.Array:
    """No two alike: each pair of a topic and a twist in each form once; then the same with the number of the series."""
    form = draw.frame.draw("#words").permuted(HEADLINES) // TOPICS % len(TITLES)
    told = zip(form, draw.rows // numpy.uint64(HEADLINES), _words(draw.frame), strict=True)
    return texts([f"{TITLES[f].format(**words)}{f' (no. {turn + 1})' if turn else ''}" for f, turn, words in told])


def _body(draw: Draw) -> pyarrow.Array:
    """Put together as its type demands, of what is said of its topic and of sentences that fit anywhere."""
    turns = numpy.stack([draw.below(len(options), turn) for turn, options in enumerate(SENTENCES.values(), 3)], axis=1)
    words, industry = _words(draw.frame), subject(draw.frame).industry
    told = zip(_told(draw, "type"), words, industry, turns.tolist(), draw.below(1 << 16).tolist(), strict=True)
    whole = [_put_together(kind, said, INDUSTRIES[i], drawn, number) for kind, said, i, drawn, number in told]
    drafts = numpy.array([state == "DRAFT" for state in _told(draw, "status")], dtype=bool) & (draw.unit(1) < _BEGUN)
    lacking = draw.below(len(MISSING), 2)
    return texts(
        [_begun(body, MISSING[n]) if open_ else body for body, open_, n in zip(whole, drafts, lacking, strict=True)]
    )


def _told(draw: Draw, column: str) -> list[str | None]:
    """What each piece's column says, None where there is no such column."""
    known = column in draw.frame.table.recipes
    return draw.column(column).cast(pyarrow.string()).to_pylist() if known else [None] * len(draw)


def _put_together(kind: str | None, words: dict[str, str], about: Industry, turns: list[int], number: int) -> str:
    said = {name: options[turn].format(**words) for (name, options), turn in zip(SENTENCES.items(), turns, strict=True)}
    shots = {name: SHOTS[(number + 3 * place) % len(SHOTS)] for place, name in enumerate(("shot", "scene", "close"))}
    own = SAID[words["topic"]]
    others = [topic for topic in about.topics if topic != words["topic"]]
    other = others[number % len(others)]
    knows = dict(zip(("one", "two", "three"), own, strict=True)) | {"any": own[number % len(own)]}
    more = {"other": other, "Other": capital(other), "more": SAID[other][number % len(own)]}
    return TYPES.get(kind or "", TYPES["blog_post"]).format(**words, **said, **shots, **knows, **more)


def _begun(body: str, missing: str) -> str:
    """The first half of a text, with a note of what it waits for."""
    parts = body.split("\n\n")
    return "\n\n".join([*parts[: (len(parts) + 1) // 2], f"[to do: {missing}]"])


def _state(draw: Draw) -> Whole:
    """What is written for a project that has not begun is not out yet; of one that is over, nothing waits."""
    found, member = numpy.searchsorted(_UP_TO, draw.below(100), side="right"), members_of(draw.frame)
    found = numpy.where(draw.rows < len(WITH_EVERYTHING), STATUSES.index("PUBLISHED"), found)
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
    title = Column(Story(_title, "headline on the client's topic, each another"))
    content = Column(Story(_body, "text of its type on the client's topic"))
    type = Column(
        Choice(("blog_post", "newsletter", "landing_page", "social_post", "video_script"), (35, 20, 10, 25, 10))
    )
    status = Column(Story(lambda draw: labels(STATUSES, _state(draw)), "by chance, and by how far the project is"))
