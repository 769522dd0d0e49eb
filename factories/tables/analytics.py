"""Autonomica's analytics: what was seen, clicked and bought on each day of a campaign, and each event on its own.

Both tables tell of the same visits (`funnel`), so that a day's numbers are the number of its events.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.within import Within, counted
from factories.tables.catalogue import hyphened, web_name
from factories.tables.clients import ZONES, client, goals
from factories.tables.days import NOTES, Days, day_count, days_of
from factories.tables.funnel import KINDS, chance, counts, seen
from factories.tables.posts import out_before
from factories.tables.story import Story, all_of, anchor_day, dates, has_rows, labels, moments
from factories.values.coded import Coded, Text, array, joined
from factories.values.documents import Json
from factories.values.fitting import decimals
from factories.values.moments import DAY, HOUR, SECOND
from factories.values.randomness import Real, Whole, bits, key
from factories.world import Draw, Frame
from factories.written.declare import Column, ParentRow, TableFactory

_HOURS = numpy.array(  # how busy each hour of the audience's own day is
    [2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 10, 11, 10, 9, 9, 9, 10, 11, 13, 14, 12, 8, 4], dtype=numpy.float64
)
_LATER = numpy.array([0, 40, 1500, 60, 300])  # seconds after the visit began within which each kind of event happens
_SHARE = numpy.array([0.0, 0.3, 0.9, 0.4, 0.6])  # and the part of what is left of the day, where that is less
_SOURCES = ("search", "social", "newsletter", "display", "video")
_LEAVES = ("", "/offer", "/thank-you", "/offer", "/story")  # one for each kind
_ALONE = {"IMPRESSION": 8.0, "CLICK": 0.5, "CONVERSION": 0.08}  # what a day counts where there are no events


def _daily(frame: Frame) -> tuple[Days, Whole]:
    """The days of campaigns, and which of them each row is; ValueError if rows are not those days."""
    counted(frame, "campaign_id")
    found = days_of(frame.world, frame.table.name.schema)
    return found, numpy.minimum(frame.rows.astype(numpy.int64), len(found.day) - 1)


def _counted(kind: str) -> Story:
    def make(draw: Draw) -> pyarrow.Array:
        days, rows = _daily(draw.frame)
        if has_rows(draw.frame, "analytics_events"):
            return pyarrow.array(counts(draw.frame)[rows, KINDS.index(kind)])
        return pyarrow.array((days.weight[rows] * _ALONE[kind]).astype(numpy.int64))

    return Story(make, f"the day's events of kind {kind}")


def _spend(draw: Draw) -> pyarrow.Array:
    """The campaign's budget, spread over its days to the cent."""
    days, rows = _daily(draw.frame)
    cents = days.cents[rows]
    ended, begun = (cents * days.ended[rows]).astype(numpy.int64), (cents * days.begun[rows]).astype(numpy.int64)
    return decimals(ended - begun, 20, 2)


def _note(draw: Draw) -> pyarrow.Array:
    days, rows = _daily(draw.frame)
    note = days.note[rows]
    return compute.if_else(pyarrow.array(note >= 0), labels(NOTES, numpy.maximum(note, 0)), None)


def _day(draw: Draw) -> pyarrow.Array:
    days, rows = _daily(draw.frame)
    return dates(days.day[rows])


class AnalyticsDailyFactory(TableFactory):
    """Impressions, clicks, conversions and spend for each campaign and day, up to the anchor's own."""

    class Meta:
        """Of the table `analytics_daily`."""

        table = "analytics_daily"
        rows = {"smoke": 5_000, "uat": 12_000, "load": 400_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    campaign_id = ParentRow(partial(Within, sizes=day_count), "campaigns")
    day = Column(Story(_day, "one day after the other"))
    impressions = Column(_counted("IMPRESSION"))
    clicks = Column(_counted("CLICK"))
    conversions = Column(_counted("CONVERSION"))
    spend = Column(Story(_spend, "the budget, as the days are busy"))
    note = Column(Story(_note, "what was special about the day"))


def days(frame: Frame) -> Days:
    """What is known of the day and the campaign of each event."""
    return frame.once("#days", _chosen)  # type: ignore[no-any-return]  # what is computed once may be anything


def _chosen(draw: Draw) -> Days:
    return days_of(draw.world, draw.frame.table.name.schema).at(seen(draw.frame).day)


@dataclass(frozen=True, slots=True)
class CampaignOfVisit:
    """The campaign whose day the visit chose."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The campaigns' row numbers."""
        return days(draw.frame).campaign


@dataclass(frozen=True, slots=True)
class PostOfVisit:
    """A post of the campaign's project that was out by then, for visits on social media; else none."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The posts' row numbers, or -1."""
        known = days(draw.frame)
        drawn = chance(draw.world, seen(draw.frame).visit, "post")
        return out_before(draw.frame, self.target, known.project, known.day * DAY, drawn, known.channel == 1)


def _moment(draw: Draw) -> pyarrow.Array:
    """By the audience's own hours, on the visit's day, none after the anchor; a click comes after its impression.

    Where history ends the first visit is in the last hour, so that the newest numbers are new, however few there are.
    """
    world, known = draw.world, seen(draw.frame)
    start = days(draw.frame).day * DAY
    end = numpy.minimum(start + DAY - SECOND, world.anchor_us)
    hour = chance(world, known.visit, "hour")
    begun = start + _time_of_day(hour, days(draw.frame).offset, end - start)
    late = end - (hour * numpy.minimum(HOUR - SECOND, end - start)).astype(numpy.int64)
    begun = numpy.where((known.visit == 0) & (days(draw.frame).day == anchor_day(world)), late, begun)
    later = _LATER[known.kind] * SECOND * (0.2 + 0.8 * chance(world, known.visit, "pace"))
    return moments(begun + numpy.minimum(later, (end - begun) * _SHARE[known.kind]).astype(numpy.int64))


def _time_of_day(drawn: Real, zone: Whole, most: Whole) -> Whole:
    """Microseconds after midnight UTC, as busy as the hours of that zone are, none at or after `most`."""
    busy = numpy.stack([numpy.roll(_HOURS, -hours) for hours in range(24)])
    total = numpy.concatenate([numpy.zeros((24, 1)), numpy.cumsum(busy, axis=1)], axis=1)
    turned, found = zone % 24, numpy.zeros(len(drawn), dtype=numpy.int64)
    for hours in numpy.unique(turned):
        chosen = turned == hours
        reach = numpy.interp(most[chosen] / HOUR, numpy.arange(25), total[hours])
        found[chosen] = numpy.interp(drawn[chosen] * reach, total[hours], numpy.arange(25)) * HOUR
    return numpy.minimum(found, numpy.maximum(most - 1, 0))


def _session(draw: Draw) -> pyarrow.Array:
    """A version 4 UUID of the visit."""
    visit, stream = seen(draw.frame).visit.astype(numpy.uint64), key(draw.world.seed, "session")
    pairs = numpy.empty((len(draw), 2), dtype=">u8")
    pairs[:, 0] = bits(stream, visit) & numpy.uint64(0xFFFFFFFFFFFF0FFF) | numpy.uint64(0x4000)
    pairs[:, 1] = bits(stream, visit, 1) & numpy.uint64(2**62 - 1) | numpy.uint64(2**63)
    return pyarrow.FixedSizeBinaryArray.from_buffers(pyarrow.binary(16), len(draw), [None, pyarrow.py_buffer(pairs)])


@dataclass(frozen=True)
class Told:
    """One of a few texts for each event, by a function that gives its place among them."""

    options: tuple[str, ...]
    place: Callable[[Draw], Whole]
    label: str

    def values(self, draw: Draw) -> pyarrow.Array:
        """The texts."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Coded:
        """The same by their variants."""
        return Coded(self.options, self.place(draw))


@dataclass(frozen=True)
class Page:
    """A page of the client's site, by the project's goal and what was done there."""

    label: str = "page of the client's site, on a reserved domain"

    def values(self, draw: Draw) -> pyarrow.Array:
        """The addresses."""
        return array(self.coded(draw))

    def coded(self, draw: Draw) -> Text:
        """The same by their variants."""
        known = days(draw.frame)
        return joined("https://", Coded(_sites(draw.frame), known.project), Coded(_LEAVES, seen(draw.frame).kind))


def _sites(frame: Frame) -> tuple[str, ...]:
    """The page that each project's campaigns lead to."""

    def find() -> tuple[str, ...]:
        projects = all_of(frame, "projects")
        wanted = zip(client(projects).names, goals(projects), strict=True)
        return tuple(f"{web_name(name)}/{hyphened(goal)}" for name, goal in wanted)

    return frame.world.remembered(("sites", frame.table.name.schema), find)  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def _by_visit(word: str, options: tuple[str, ...], weights: tuple[int, ...]) -> Told:
    ends = numpy.cumsum(weights)

    def place(draw: Draw) -> Whole:
        drawn = chance(draw.world, seen(draw.frame).visit, word) * int(ends[-1])
        return numpy.searchsorted(ends, drawn, side="right")

    return Told(options, place, word)


class AnalyticsEventFactory(TableFactory):
    """Single events up to the anchor: many impressions, few conversions, each visit's in their order."""

    class Meta:
        """Of the table `analytics_events`."""

        table = "analytics_events"
        rows = {"smoke": 2_000, "uat": 100_000, "load": 3_300_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    campaign_id = ParentRow(CampaignOfVisit, "campaigns")
    post_id = ParentRow(PostOfVisit, "social_posts")
    occurred_at = Column(Story(_moment, "the audience's busy hours, up to the anchor"))
    kind = Column(Told(KINDS, lambda draw: seen(draw.frame).kind, "a funnel that narrows"))
    session_id = Column(Story(_session, "the visit's"))
    page_url = Column(Page())
    properties = Column(
        Json(
            (
                ("device", _by_visit("device", ("mobile", "desktop", "tablet"), (58, 36, 6))),
                ("browser", _by_visit("browser", ("Chrome", "Safari", "Firefox", "Edge"), (61, 24, 8, 7))),
                ("utm_source", Told(_SOURCES, lambda draw: days(draw.frame).channel, "channel")),
                ("country", Told(tuple(zone[1] for zone in ZONES), lambda draw: days(draw.frame).country, "country")),
            ),
            label="event properties",
        )
    )
