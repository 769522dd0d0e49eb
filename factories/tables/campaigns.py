"""A project's campaigns, one after the other inside its dates and its budget, and the keywords of its industry."""

from functools import partial
from typing import NamedTuple

import numpy
import pyarrow

from factories.keys.within import Within, parent, place_within
from factories.tables.catalogue import INDUSTRIES
from factories.tables.clients import client, goals
from factories.tables.lives import STATES, life
from factories.tables.phrases import BRIEFS
from factories.tables.projects import CHANNELS, campaign_count, first_channel, own_budget
from factories.tables.story import Story, anchor_day, at_work, between, dates, labels, listing, moments, texts, workday
from factories.values.fitting import decimals
from factories.values.moments import DAY
from factories.values.randomness import Whole
from factories.world import Draw, Frame
from factories.written.declare import Column, ParentRow, TableFactory

STATUSES = ("DRAFT", "ACTIVE", "PAUSED", "COMPLETED")
_OBJECTIVES = ("leads", "awareness", "retention", "awareness", "traffic")  # one for each channel
_TITLES = (("search", "search on the brand"), ("social", "social, stories"), ("newsletter", "newsletter, regulars"),
           ("display", "display, return visits"), ("video", "video, shorts"))  # fmt: skip
_MARKS = ("a/b test", "evergreen", "retargeting", "new customers", "regulars")
_WEEK = 8  # days that the first campaign of a project that runs has been on, if the project is that old
_SEASONS = ("winter", "spring", "summer", "autumn")
_MATCHES = ("EXACT", "PHRASE", "BROAD")
_UNWANTED = ("free", "jobs", "diy", "used", "salary", "reviews complaint")


class Flight(NamedTuple):
    """A campaign's first, last planned and last active day, its state, and its channel's place in the list."""

    start: Whole
    end: Whole
    last: Whole
    state: Whole
    channel: Whole


def flight(frame: Frame) -> Flight:
    """When the frame's campaigns run: of a project that runs, the first one is always on."""
    return frame.once("#flight", _flight)  # type: ignore[no-any-return]  # what is computed once may be anything


def _flight(draw: Draw) -> Flight:
    projects, now = parent(draw.frame, "project_id"), anchor_day(draw.world)
    whole, place = life(projects), place_within(draw.frame, "project_id")
    span = numpy.maximum(whole.end - whole.start, 1)
    count = numpy.maximum(campaign_count(projects), 1)
    begin = span * 0.7 * (place + 0.5 * draw.unit()) / count
    always = (whole.state == STATES.index("ACTIVE")) & (place == 0)
    start = whole.start + begin.astype(numpy.int64)
    start = numpy.where(always, numpy.minimum(start, numpy.maximum(whole.start, now - _WEEK)), start)
    end = start + 28 + draw.below(110, 1)
    end = numpy.minimum(numpy.where(always, numpy.maximum(end, now + _WEEK + draw.below(40, 4)), end), whole.end)
    stopped = (whole.state == STATES.index("PAUSED")) | (~always & (draw.unit(2) < 0.06))
    state = numpy.select([start > now, end < now, stopped], [0, 3, 2], default=1)
    last = numpy.where(state == 2, numpy.maximum(now - 2 - draw.below(12, 3), start), end)
    channel = (first_channel(projects) + place) % len(CHANNELS)
    return Flight(start, numpy.maximum(end, start), last, state, channel)


def budget(frame: Frame) -> Whole:
    """Each campaign's budget in whole units of money; those of a project are no more than the project's."""
    projects = parent(frame, "project_id")
    share = own_budget(projects) / numpy.maximum(campaign_count(projects), 1)
    part = share * (0.6 + 0.4 * frame.draw("#budget").unit()) / 50
    return numpy.maximum(part.astype(numpy.int64) * 50, 50)


def made(frame: Frame) -> Whole:
    """When each campaign was made: days before it starts, after its project."""
    draw = frame.draw("#made")
    planned = at_work(workday(flight(frame).start - 2 - draw.below(9)), draw.unit(1))
    since, now = life(parent(frame, "project_id")).created, frame.world.anchor_us
    return numpy.where(
        planned > now, between(draw, since, numpy.full(len(frame), now), 2), numpy.maximum(planned, since)
    )


def _name(draw: Draw) -> pyarrow.Array:
    place = place_within(draw.frame, "project_id") // len(CHANNELS)
    projects = parent(draw.frame, "project_id")
    said = zip(client(projects).names, flight(draw.frame).channel, place, goals(projects), strict=True)
    return texts([f"{name}, {_TITLES[c][p % 2]}: {goal}{_again(p)}" for name, c, p, goal in said])


def _again(turn: int) -> str:
    return f" {turn // 2 + 1}" if turn > 1 else ""


def _tags(draw: Draw) -> pyarrow.Array:
    start = flight(draw.frame).start.astype("datetime64[D]").astype("datetime64[M]").astype(int) % 12
    said = zip(start, draw.below(2 * len(_MARKS)), strict=True)
    return listing([[_SEASONS[(month + 1) % 12 // 3], *_MARKS[mark : mark + 1]] for month, mark in said])


def _updated(draw: Draw) -> pyarrow.Array:
    """When it was over or paused; these days while it runs; since it was made before that."""
    found, first, now = flight(draw.frame), made(draw.frame), draw.world.anchor_us
    recent = numpy.maximum(numpy.maximum(first, found.start * DAY), now - 21 * DAY)
    stopped = numpy.maximum((found.last + 1) * DAY, first)
    since = numpy.select([found.state == 0, found.state == 1], [first, recent], default=stopped)
    last = numpy.where(found.state > 1, numpy.minimum(since + 2 * DAY, now), now)
    return moments(between(draw, since, last))


class CampaignFactory(TableFactory):
    """One to six campaigns for each project, each on a channel."""

    class Meta:
        """Of the table `campaigns`."""

        table = "campaigns"
        rows = {"smoke": 60, "uat": 300, "load": 8_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    project_id = ParentRow(partial(Within, sizes=campaign_count), "projects")
    name = Column(Story(_name, "client, channel and the project's goal"))
    channel = Column(Story(lambda draw: labels(CHANNELS, flight(draw.frame).channel), "the project's next channel"))
    status = Column(Story(lambda draw: labels(STATUSES, flight(draw.frame).state), "by its first and last day"))
    objective = Column(Story(lambda draw: labels(_OBJECTIVES, flight(draw.frame).channel), "what the channel is for"))
    tags = Column(Story(_tags, "season and test"))
    budget = Column(Story(lambda draw: decimals(budget(draw.frame) * 100, 20, 2), "a part of the project's budget"))
    starts_on = Column(Story(lambda draw: dates(flight(draw.frame).start), "inside the project's dates"))
    ends_on = Column(Story(lambda draw: dates(flight(draw.frame).end), "inside the project's dates"))
    created_at = Column(Story(lambda draw: moments(made(draw.frame)), "before it starts, after its project"))
    updated_at = Column(Story(_updated, "while it runs, or soon after"))


def keyword_count(campaigns: Frame) -> Whole:
    """How many keywords each campaign has: many where people search, few elsewhere."""
    search = flight(campaigns).channel == 0
    return numpy.where(search, 7 + campaigns.draw("#keywords").below(6), 2)


def _is_negative(draw: Draw) -> numpy.ndarray:
    return place_within(draw.frame, "campaign_id") >= 10


def _phrase(draw: Draw) -> pyarrow.Array:
    campaigns = parent(draw.frame, "campaign_id")
    place = place_within(draw.frame, "campaign_id")
    first = campaigns.draw("#phrases").below(12)
    said = zip(client(parent(campaigns, "project_id")).industry, first, place, strict=True)
    return texts([_UNWANTED[p % 6] if p >= 10 else INDUSTRIES[i].keywords[(f + p) % 12] for i, f, p in said])


def _bid(draw: Draw) -> pyarrow.Array:
    cents = 40 + (draw.unit() * draw.unit(1) * 400).astype(numpy.int64)
    return pyarrow.compute.if_else(pyarrow.array(_is_negative(draw)), None, decimals(cents, 20, 2))


def _quality(draw: Draw) -> pyarrow.Array:
    found = pyarrow.array(1 + (draw.below(5) + draw.below(6, 1)))
    return pyarrow.compute.if_else(pyarrow.array(_is_negative(draw)), None, found)


class KeywordFactory(TableFactory):
    """What the industry's customers search for, and what nobody wants to pay for."""

    class Meta:
        """Of the table `keywords`."""

        table = "keywords"
        rows = {"smoke": 200, "uat": 1_200, "load": 40_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    campaign_id = ParentRow(partial(Within, sizes=keyword_count), "campaigns")
    phrase = Column(Story(_phrase, "keywords of the industry"))
    match_type = Column(Story(lambda draw: labels(_MATCHES, draw.below(3)), "how a search is matched"))
    is_negative = Column(Story(lambda draw: pyarrow.array(_is_negative(draw)), "the last ones of a long list"))
    max_bid = Column(Story(_bid, "a bid in cents, none for unwanted ones"))
    quality = Column(Story(_quality, "1 to 10, none for unwanted ones"))


def flight_count(campaigns: Frame) -> Whole:
    """How many times each campaign is on air: once, or twice with a pause if there is time."""
    found = flight(campaigns)
    return numpy.where((found.end - found.start > 30) & (campaigns.draw("#flights").unit() < 0.5), 2, 1)


def _during(draw: Draw) -> pyarrow.Array:
    """A part of the campaign's days as a range; two parts are some days apart."""
    campaigns, place = parent(draw.frame, "campaign_id"), place_within(draw.frame, "campaign_id")
    found, twice = flight(campaigns), flight_count(campaigns) == 2
    middle = found.start + (found.end - found.start) // 2
    first = numpy.where(place == 0, found.start, middle + 4)
    last = numpy.where(twice & (place == 0), middle - 3, found.end) + 1
    days = [numpy.datetime_as_string(day.astype("datetime64[D]")).tolist() for day in (first, last)]
    return texts([f"[{low},{high})" for low, high in zip(*days, strict=True)])


class CampaignFlightFactory(TableFactory):
    """When campaigns are on air, inside their own dates and never twice at once."""

    class Meta:
        """Of the table `campaign_flights`."""

        table = "campaign_flights"
        rows = {"smoke": 60, "uat": 400, "load": 10_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    campaign_id = ParentRow(partial(Within, sizes=flight_count), "campaigns")
    during = Column(Story(_during, "a part of the campaign's days"))
    brief = Column(Story(lambda draw: labels(BRIEFS, draw.below(len(BRIEFS))), "what to begin with"))
