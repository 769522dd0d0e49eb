"""Autonomica's marketing projects: a client with an aim and a budget, from a draft to the archive."""

import json
from dataclasses import dataclass
from functools import partial

import numpy
import pyarrow

from catalog.model import TableName
from factories.keys.demands import Besides
from factories.keys.picks import Skewed
from factories.keys.within import Within, key_of
from factories.tables.agents import BROKEN
from factories.tables.catalogue import COMPANIES, INDUSTRIES, Industry, hyphened, web_name
from factories.tables.clients import ZONES, base_of, client, goals
from factories.tables.colleagues import Leader
from factories.tables.lives import ARCHIVED_AFTER, LONG, STATES, deletion, life
from factories.tables.story import (
    Story,
    all_of,
    between,
    dates,
    labels,
    listing,
    moments,
    texts,
)
from factories.values.fitting import decimals
from factories.values.moments import DAY
from factories.values.randomness import Whole
from factories.world import Draw, Frame
from factories.written.declare import Column, ParentRow, TableFactory

CHANNELS = ("SEARCH", "SOCIAL", "EMAIL", "DISPLAY", "VIDEO")
_MOST = 6  # campaigns of a project
_LARGE = 4  # times as much as usual, for the client who has been there all year
_BUDGETS = (400, 600, 900, 1_200, 1_600, 2_400)


def _name(draw: Draw) -> pyarrow.Array:
    start = life(draw.frame).start.astype("datetime64[D]")
    years, months = start.astype("datetime64[Y]").astype(int) + 1970, start.astype("datetime64[M]").astype(int) % 12
    said = zip(client(draw.frame).names, goals(draw.frame), years, months // 3 + 1, strict=True)
    return texts([f"{name}: {goal} (Q{quarter} {year})" for name, goal, year, quarter in said])


def _slug(draw: Draw) -> pyarrow.Array:
    """The client's, with the goal of a part of a project, numbered where a client comes round again."""
    base = base_of(draw.rows)
    told = zip(
        client(draw.frame).names,
        goals(draw.frame),
        base != draw.rows,
        base // numpy.uint64(COMPANIES),
        strict=True,
    )
    return texts([
        f"{hyphened(name)}{f'-{hyphened(goal)}' if part else ''}{f'-{turn + 1}' if turn else ''}"
        for name, goal, part, turn in told
    ])  # fmt: skip


_DESCRIPTIONS = (
    "{company} wants to {goal}. We talk to {people} in {country}.",
    "The aim is to {goal}. The audience: {people} in {country}. The owner of {company} signs off every headline.",
    "Follow-up to the planning workshop: {goal}, with {people} in {country} in mind.",
    "So far {company} has relied on word of mouth. Now we are to {goal}, among {people} in {country}.",
    "Small team, clear task: {goal}. Written for {people}, {ages} years old, in {country}.",
    "Agreed with {company} at the kick-off: {goal}. We look at the numbers every Monday and decide on what to stop.",
)
_REPORTS = ("monday", "monday", "monday", "friday", "tuesday")


def _description(draw: Draw) -> pyarrow.Array:
    found = client(draw.frame)
    turn = draw.permuted(len(_DESCRIPTIONS))
    said = zip(found.names, goals(draw.frame), found.industry, found.zone, turn, strict=True)
    return texts([_described(_DESCRIPTIONS[n], name, goal, INDUSTRIES[i], ZONES[z][0]) for name, goal, i, z, n in said])


def _described(pattern: str, name: str, goal: str, about: Industry, country: str) -> str:
    wanted = f"{goal[0].lower()}{goal[1:]}"
    return pattern.format(
        company=name, goal=wanted, people=about.people_of(name), ages=about.ages, country=_in(country)
    )


def _in(country: str) -> str:
    return f"the {country}" if country.startswith("United") else country


def _industry(draw: Draw) -> pyarrow.Array:
    return labels([about.name for about in INDUSTRIES], client(draw.frame).industry)


def _voice(draw: Draw) -> pyarrow.Array:
    found = client(draw.frame)
    return texts([INDUSTRIES[i].voice_of(name) for name, i in zip(found.names, found.industry, strict=True)])


def _audience(draw: Draw) -> pyarrow.Array:
    found = client(draw.frame)
    told = zip(found.names, found.industry, found.zone, strict=True)
    return texts([json.dumps(_whom(name, INDUSTRIES[i], ZONES[z][1])) for name, i, z in told])


def _whom(name: str, about: Industry, country: str) -> dict[str, str]:
    return {"who": about.people_of(name), "ages": about.ages, "country": country}


def first_channel(frame: Frame) -> Whole:
    """The channel of each project's first campaign; the others follow in the list's order."""
    return frame.draw("#channels").below(len(CHANNELS))


def campaign_count(frame: Frame) -> Whole:
    """How many campaigns each project has; one that has not begun has one, and so has one that was deleted."""
    count = numpy.where(frame.rows == numpy.uint64(LONG), _MOST, 1 + frame.draw("#campaigns").below(_MOST))
    return numpy.where((life(frame).state == 0) | deletion(frame)[0], 1, count)


def _channels(draw: Draw) -> pyarrow.Array:
    first, count = first_channel(draw.frame), numpy.minimum(campaign_count(draw.frame), len(CHANNELS))
    lists = [[CHANNELS[(f + n) % len(CHANNELS)] for n in range(c)] for f, c in zip(first, count, strict=True)]
    return listing(lists)


def budget_of(frame: Frame) -> Whole:
    """Each project's budget in whole units of money; that of its part, if it may have one, is in it."""
    after = frame.rows + numpy.uint64(1)
    part = own_budget(Frame(frame.world, frame.table, after))
    return own_budget(frame) + numpy.where(base_of(after) == frame.rows, part, 0)


def own_budget(frame: Frame) -> Whole:
    """What each project has for its own campaigns."""
    size = numpy.array(_BUDGETS, dtype=numpy.int64)[frame.draw("#budget").below(len(_BUDGETS))]
    return size * campaign_count(frame) // 2 * numpy.where(frame.rows == numpy.uint64(LONG), _LARGE, 1)


def _settings(draw: Draw) -> pyarrow.Array:
    found, approval = client(draw.frame), draw.unit() < 0.75
    told = zip(found.names, found.zone, approval, draw.below(len(_REPORTS), 1), strict=True)
    return texts([
        json.dumps({
            "timezone": ZONES[z][2], "website": f"https://{web_name(name)}", "approval_required": bool(a),
            "weekly_report": _REPORTS[report],
        }) for name, z, a, report in told
    ])  # fmt: skip


def _updated(draw: Draw) -> pyarrow.Array:
    """When it was deleted, archived or finished last; these days while it runs; since it was made before that."""
    found, now = life(draw.frame), draw.world.anchor_us
    closed = (found.end + numpy.where(found.state == STATES.index("ARCHIVED"), ARCHIVED_AFTER, 0) + 1) * DAY
    recent = numpy.maximum(numpy.maximum(found.created, found.start * DAY), now - 14 * DAY)
    state = [found.state == STATES.index("DRAFT"), found.state >= STATES.index("FINISHED")]
    first = numpy.select(state, [found.created, closed], default=recent)
    last = numpy.where(state[1], numpy.minimum(first + 3 * DAY, now), now)
    gone, when = deletion(draw.frame)
    return moments(numpy.where(gone, when, between(draw, first, last)))


def _deleted(draw: Draw) -> pyarrow.Array:
    gone, when = deletion(draw.frame)
    return moments(when, ~gone)


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who leads; of a part of a project, whoever owns the whole."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The owners' row numbers, -1 where there are no people."""
        whole = Frame(draw.world, draw.frame.table, base_of(draw.rows))
        return Leader(self.target).parent_rows(Draw(whole, draw.stream))


@dataclass(frozen=True, slots=True)
class PartOf:
    """The project before, for the last of every six, which is a part of it; else none."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The larger project's row number, or -1."""
        base = base_of(draw.rows)
        return numpy.where(base != draw.rows, base.astype(numpy.int64), -1)


@dataclass(frozen=True, slots=True)
class FirstCampaign:
    """The first campaign of the project itself."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The campaign's row number, -1 for a project without one."""
        campaigns = all_of(draw.frame, self.target.name)
        pick = campaigns.table.picks[key_of(campaigns, "project_id")][1]
        if not isinstance(pick, Within):
            return numpy.full(len(draw), -1, dtype=numpy.int64)
        starts = pick.starts(draw.world)
        rows = draw.rows.astype(numpy.int64)
        first = starts[numpy.minimum(rows, len(starts) - 2)]
        return numpy.where(first < len(campaigns), first, -1)


class ProjectFactory(TableFactory):
    """Projects of invented clients, from a draft to the archive."""

    class Meta:
        """Of the table `projects`."""

        table = "projects"
        rows = {"smoke": 6, "uat": 24, "load": 800}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    slug = Column(Story(_slug, "the client's name for an address"))
    name = Column(Story(_name, "client, goal and quarter"))
    description = Column(Story(_description, "what the client wants"))
    client = Column(Story(lambda draw: texts(client(draw.frame).names), "an invented company"))
    industry = Column(Story(_industry, "the client's industry"))
    goal = Column(Story(lambda draw: texts(goals(draw.frame)), "a goal of the industry"))
    brand_voice = Column(Story(_voice, "how such a company talks"))
    audience = Column(Story(_audience, "whom such a company talks to"))
    channels = Column(Story(_channels, "the channels of its campaigns"))
    budget = Column(Story(lambda draw: decimals(budget_of(draw.frame) * 100, 20, 2), "budget by number of campaigns"))
    settings = Column(Story(_settings, "project settings"))
    status = Column(Story(lambda draw: labels(STATES, life(draw.frame).state), "by its first and last day"))
    owner_id = ParentRow(Owner, "users")
    parent_id = ParentRow(PartOf, "projects")
    lead_agent_id = ParentRow(partial(Skewed, empty=150, demands=(Besides((BROKEN,)),)), "agents")
    main_campaign_id = ParentRow(FirstCampaign, "campaigns")
    created_at = Column(Story(lambda draw: moments(life(draw.frame).created), "after its owner joined"))
    deleted_at = Column(Story(_deleted, "a week after its end, of those that were deleted"))
    updated_at = Column(Story(_updated, "while it runs, or soon after"))
    starts_on = Column(Story(lambda draw: dates(life(draw.frame).start), "days after it was made"))
    ends_on = Column(Story(lambda draw: dates(life(draw.frame).end, life(draw.frame).endless), "months later, or open"))
