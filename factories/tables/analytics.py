"""Autonomica's analytics: what was seen, clicked and bought on each day of a campaign, and each event on its own.

Both tables tell of the same visits (`funnel`), so that a day's numbers are the number of its events.
"""

from dataclasses import dataclass
from functools import partial

import numpy
import pyarrow
from pyarrow import compute

from catalog.model import TableName
from factories.keys.within import Within, parent, place_within
from factories.recipe import Draw, Frame, World
from factories.tables import funnel
from factories.tables.campaigns import budget, flight
from factories.tables.funnel import KINDS, NOTES, day_count, day_of, day_rows, days_of, shape, visits
from factories.tables.posts import out_before
from factories.tables.projects import ZONES, client, offsets
from factories.tables.story import Story, all_of, dates, has_rows, labels, moments
from factories.values.fitting import decimals
from factories.values.moments import DAY, HOUR, SECOND
from factories.values.randomness import Real, Whole, bits, key, unit
from factories.values.structures import Json
from factories.written.declare import Column, ParentRow, TableFactory

_HOURS = numpy.array(  # how busy each hour of the audience's own day is
    [2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 10, 10, 11, 10, 9, 9, 9, 10, 11, 13, 14, 12, 8, 4], dtype=numpy.float64
)
_LATER = (0, 40, 1500, 60, 300)  # seconds after the visit began within which each kind of event happens
_PATHS = ("search", "social", "newsletter", "display", "video")


def _counted(kind: str) -> Story:
    def make(draw: Draw) -> pyarrow.Array:
        if has_rows(draw.frame, "analytics_events"):
            return pyarrow.array(funnel.counts(draw.frame)[draw.rows.astype(numpy.int64), KINDS.index(kind)])
        return pyarrow.array(_expected(draw.frame, kind))

    return Story(make, f"the day's events of kind {kind}")


def _expected(frame: Frame, kind: str) -> Whole:
    """What a day of that weight has, where there are no events to count."""
    weight = days_of(frame.world, frame).weight[frame.rows.astype(numpy.int64)]
    found: Whole = (weight * {"IMPRESSION": 8.0, "CLICK": 0.5, "CONVERSION": 0.08}[kind]).astype(numpy.int64)
    return found


def spend(frame: Frame) -> Whole:
    """What each day cost in cents: the campaign's budget, spread over its days as they are busy."""
    begun, ended = _shares(frame)
    cents = budget(parent(frame, "campaign_id")) * 100
    return (cents * ended).astype(numpy.int64) - (cents * begun).astype(numpy.int64)


def _shares(frame: Frame) -> tuple[Real, Real]:
    """Which part of the campaign's budget is spent before each day, and after it."""
    kept = frame.world.remembered(
        ("shares", frame.table.name), lambda: _all_shares(all_of(frame, frame.table.name.name))
    )
    rows = frame.rows.astype(numpy.int64)
    return kept[0][rows], kept[1][rows]


def _all_shares(daily: Frame) -> tuple[Real, Real]:
    """By what the days weigh: a campaign that is over has spent its budget, one that runs a part of it by time."""
    weight, found = days_of(daily.world, daily).weight, flight(parent(daily, "campaign_id"))
    place = place_within(daily, "campaign_id")
    total = numpy.cumsum(weight)
    first = numpy.arange(len(weight)) - place
    length = numpy.minimum(found.end, daily.world.anchor_us // DAY) - found.start
    last = numpy.minimum(first + length, len(weight) - 1)
    before = numpy.where(first > 0, total[first - 1], 0.0)
    whole = numpy.maximum(total[last] - before, 1e-9)
    passed = numpy.minimum(
        (numpy.minimum(found.last, daily.world.anchor_us // DAY) - found.start + 1), found.end - found.start + 1
    )
    part = passed / (found.end - found.start + 1)
    ended = numpy.minimum((total - before) / whole, 1.0) * part
    return numpy.minimum((total - weight - before) / whole, 1.0).clip(0.0) * part, ended


def _note(draw: Draw) -> pyarrow.Array:
    note = shape(draw.frame, day_of(draw.frame))[1]
    return compute.if_else(pyarrow.array(note >= 0), labels(NOTES, numpy.maximum(note, 0)), None)


class AnalyticsDailyFactory(TableFactory):
    """Impressions, clicks, conversions and spend for each campaign and day, up to the anchor's own."""

    class Meta:
        """Of the table `analytics_daily`."""

        table = "analytics_daily"
        rows = {"smoke": 5_000, "uat": 12_000, "load": 400_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    campaign_id = ParentRow(partial(Within, sizes=day_count), "campaigns")
    day = Column(Story(lambda draw: dates(day_of(draw.frame)), "one day after the other"))
    impressions = Column(_counted("IMPRESSION"))
    clicks = Column(_counted("CLICK"))
    conversions = Column(_counted("CONVERSION"))
    spend = Column(Story(lambda draw: decimals(spend(draw.frame), 20, 2), "the budget, as the days are busy"))
    note = Column(Story(_note, "what was special about the day"))


class Seen:
    """What is known of each event's visit, computed once for a batch."""

    def __init__(self, draw: Draw) -> None:
        world = draw.world
        found = visits(world, draw.frame, draw.rows.astype(numpy.int64))
        self.visit, self.kind = found.visit, found.kind
        self.day_row = day_rows(world, draw.frame, found.visit)
        table = all_of(draw.frame, "analytics_daily").table
        self.days = world.frame(table.name, self.day_row.astype(numpy.uint64))

    def chance(self, world: World, word: str) -> Real:
        """A random fraction of each visit, the same for all of its events."""
        return unit(bits(key(world.seed, "visit", word), self.visit.astype(numpy.uint64)))


def seen(frame: Frame) -> Seen:
    """What is known of the frame's events' visits."""
    return frame.once("#seen", Seen)  # type: ignore[no-any-return]  # what is computed once may be anything


@dataclass(frozen=True, slots=True)
class CampaignOfVisit:
    """The campaign whose day the visit chose."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The campaigns' row numbers."""
        days = seen(draw.frame).days
        return days.table.picks[_campaign_key(days)][1].parent_rows(days.draw("campaign_id"))


def _campaign_key(days: Frame) -> str:
    return str(getattr(days.table.recipes["campaign_id"], "key"))


@dataclass(frozen=True, slots=True)
class PostOfVisit:
    """A post that was out by then, for visits on social media; else none."""

    target: TableName

    def parent_rows(self, draw: Draw) -> Whole:
        """The posts' row numbers, or -1."""
        known = seen(draw.frame)
        social = flight(parent(known.days, "campaign_id")).channel == 1
        return out_before(draw.frame, self.target, day_of(known.days) * DAY, known.chance(draw.world, "post"), social)


def _moment(draw: Draw) -> pyarrow.Array:
    """By the audience's own hours, on the visit's day, none after the anchor; a click comes after its impression."""
    world, known = draw.world, seen(draw.frame)
    start = day_of(known.days) * DAY
    end = numpy.minimum(start + DAY - SECOND, world.anchor_us)
    zone = offsets(parent(parent(known.days, "campaign_id"), "project_id"))
    begun = start + _time_of_day(known.chance(world, "hour"), zone, numpy.maximum(end - start, 0))
    later = numpy.array(_LATER)[known.kind] * SECOND * (0.2 + 0.8 * known.chance(world, "pace"))
    share = numpy.array([0.0, 0.3, 0.9, 0.4, 0.6])[known.kind]
    return moments(begun + numpy.minimum(later, (end - begun) * share).astype(numpy.int64))


def _time_of_day(chance: Real, zone: Whole, most: Whole) -> Whole:
    """Microseconds after midnight UTC, as busy as the hours of that zone are, none at or after `most`."""
    busy = numpy.stack([numpy.roll(_HOURS, -hours) for hours in range(24)])
    total = numpy.concatenate([numpy.zeros((24, 1)), numpy.cumsum(busy, axis=1)], axis=1)
    turned, found = zone % 24, numpy.zeros(len(chance), dtype=numpy.int64)
    for hours in numpy.unique(turned):
        chosen = turned == hours
        reach = numpy.interp(most[chosen] / HOUR, numpy.arange(25), total[hours])
        found[chosen] = (numpy.interp(chance[chosen] * reach, total[hours], numpy.arange(25)) * HOUR).astype(
            numpy.int64
        )
    return numpy.minimum(found, numpy.maximum(most - 1, 0))


def _session(draw: Draw) -> pyarrow.Array:
    """A version 4 UUID of the visit."""
    known = seen(draw.frame)
    first, second = (bits(key(draw.world.seed, "session"), known.visit.astype(numpy.uint64), turn) for turn in (0, 1))
    pairs = numpy.empty((len(draw), 2), dtype=">u8")
    pairs[:, 0] = first & numpy.uint64(0xFFFFFFFFFFFF0FFF) | numpy.uint64(0x4000)
    pairs[:, 1] = second & numpy.uint64(2**62 - 1) | numpy.uint64(2**63)
    return pyarrow.FixedSizeBinaryArray.from_buffers(pyarrow.binary(16), len(draw), [None, pyarrow.py_buffer(pairs)])


def _page(draw: Draw) -> pyarrow.Array:
    known = seen(draw.frame)
    channel = labels(_PATHS, flight(parent(known.days, "campaign_id")).channel)
    leaf = labels(("/", "/offer", "/thank-you", "/offer", "/story"), known.kind)
    return compute.binary_join_element_wise("https://www.example.com/", channel, leaf, "")


def _of_visit(word: str, options: tuple[str, ...], weights: tuple[int, ...]) -> Story:
    ends = numpy.cumsum(weights) / sum(weights)

    def make(draw: Draw) -> pyarrow.Array:
        return labels(options, numpy.searchsorted(ends, seen(_of(draw)).chance(draw.world, word), side="right"))

    return Story(make, word)


def _of(draw: Draw) -> Frame:
    return draw.frame


def _country(draw: Draw) -> pyarrow.Array:
    projects = parent(parent(seen(draw.frame).days, "campaign_id"), "project_id")
    return labels([zone[1] for zone in ZONES], client(projects).zone)


def _source(draw: Draw) -> pyarrow.Array:
    return labels(_PATHS, flight(parent(seen(draw.frame).days, "campaign_id")).channel)


class AnalyticsEventFactory(TableFactory):
    """Single events up to the anchor: many impressions, few conversions, each visit's in their order."""

    class Meta:
        """Of the table `analytics_events`."""

        table = "analytics_events"
        rows = {"smoke": 2_000, "uat": 100_000, "load": 3_300_000}  # noqa: RUF012  # factory_boy's Meta is read once, never changed

    campaign_id = ParentRow(CampaignOfVisit, "campaigns")
    post_id = ParentRow(PostOfVisit, "social_posts")
    occurred_at = Column(Story(_moment, "the audience's busy hours, up to the anchor"))
    kind = Column(Story(lambda draw: labels(KINDS, seen(draw.frame).kind), "a funnel that narrows"))
    session_id = Column(Story(_session, "the visit's"))
    page_url = Column(Story(_page, "page on a reserved domain"))
    properties = Column(
        Json(
            (
                ("device", _of_visit("device", ("mobile", "desktop", "tablet"), (58, 36, 6))),
                ("browser", _of_visit("browser", ("Chrome", "Safari", "Firefox", "Edge"), (61, 24, 8, 7))),
                ("utm_source", Story(_source, "channel")),
                ("country", Story(_country, "country")),
            ),
            label="event properties",
        )
    )
