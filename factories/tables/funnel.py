"""The one source of all analytics: visits, of which some click, of which some convert, on the days of campaigns.

Events are numbered in blocks of 200: 180 visits that see something, 12 of these that click, 2 of those that convert,
4 that share and 2 that comment. A visit chooses its campaign and day by how much the campaign spends there and what
kind of day it is. So every count of a day can be told from the events' numbers alone, and a day has no more clicks
than impressions, and no more conversions than clicks, whatever the number of events is.
"""

from typing import NamedTuple

import numpy

from factories.keys.within import parent, place_within
from factories.recipe import Frame, World
from factories.tables.campaigns import budget, flight
from factories.tables.story import all_of, today
from factories.values.moments import DAY
from factories.values.randomness import Flags, Real, Whole, bits, key, unit

KINDS = ("IMPRESSION", "CLICK", "CONVERSION", "SHARE", "COMMENT")
BLOCK, SEEN, CLICKS, SALES, SHARES = 200, 180, 12, 2, 4
_OF_CLICK, _OF_SALE = SEEN // CLICKS, CLICKS // SALES  # how many compete for one
_WEEK = numpy.array([1.05, 1.12, 1.10, 1.08, 0.95, 0.62, 0.55])  # Monday to Sunday
_THURSDAY = 3  # 1970-01-01 was one
_MONTHS = numpy.array([0.85, 0.88, 0.96, 1.0, 1.02, 0.98, 0.86, 0.84, 1.0, 1.06, 1.22, 1.12])
_APPEAL = numpy.array([1.6, 1.0, 1.4, 0.6, 0.8])  # how readily people click, by channel
_FEASTS = ((1, 1), (5, 1), (12, 24), (12, 25), (12, 26), (12, 31))
_OUTAGE = 37  # days ago: nothing was counted for most of a day
NOTES = ("Launch", "Holiday", "Tracking outage", "Shared by a newsletter", "Black Friday week")


class Days(NamedTuple):
    """Every day of every campaign: how many visits it draws (relative), how far they go, which note it bears (-1)."""

    weight: Real
    total: Real
    note: Whole


def days_of(world: World, daily: Frame) -> Days:
    """The days of all campaigns; `daily` is any frame of their table."""
    name = daily.table.name
    return world.remembered(("days", name), lambda: _days(all_of(daily, name.name)))  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def day_count(campaigns: Frame) -> Whole:
    """How many days of each campaign there have been, today included; none of one that has not begun."""
    found = flight(campaigns)
    return numpy.where(found.state == 0, 0, numpy.minimum(found.end, today(campaigns.world)) - found.start + 1)


def day_of(daily: Frame) -> Whole:
    """The day of each row, counted from 1970 in UTC."""
    return flight(parent(daily, "campaign_id")).start + place_within(daily, "campaign_id")


def _days(daily: Frame) -> Days:
    day, campaigns = day_of(daily), parent(daily, "campaign_id")
    weight, note = shape(daily, day)
    spent = budget(campaigns) / numpy.maximum(flight(campaigns).end - flight(campaigns).start + 1, 1)
    weight = weight * spent * _part_of_today(daily.world, day)
    return Days(weight, numpy.cumsum(weight), note)


def _part_of_today(world: World, day: Whole) -> Real:
    """How much of the day has passed: all of it, but for the anchor's own."""
    return numpy.where(day == today(world), max(world.anchor_us % DAY / DAY, 1e-6), 1.0)


def shape(daily: Frame, day: Whole) -> tuple[Real, Whole]:
    """How busy each campaign's day is, 1 for a usual one, and the note it bears (-1 for none)."""
    campaigns = parent(daily, "campaign_id")
    found = flight(campaigns)
    draw = daily.draw("#noise")
    busy = _WEEK[(day + _THURSDAY) % 7] * _MONTHS[_month(day) - 1] * (0.85 + 0.3 * draw.unit())
    busy = busy * numpy.maximum(1.0 - (today(daily.world) - day) / 900.0, 0.4)
    special = _special(daily, day, found.start)
    factor = numpy.array([1.8, 0.4, 0.02, 4.0, 1.7, 1.0])[special]
    return numpy.where(day > found.last, 0.0, busy * factor), numpy.where(special == len(NOTES), -1, special)


def _special(daily: Frame, day: Whole, start: Whole) -> Whole:
    """Which note each day bears, by its place among NOTES; their number for none."""
    launched = (day - start) < 2
    shared = daily.draw("#shared").unit() < 0.006
    outage = day == today(daily.world) - _OUTAGE
    return numpy.select([outage, shared, _is_feast(day), _is_sale(day), launched], [2, 3, 1, 4, 0], default=len(NOTES))


def _month(day: Whole) -> Whole:
    found: Whole = day.astype("datetime64[D]").astype("datetime64[M]").astype(numpy.int64) % 12 + 1
    return found


def _of_month(day: Whole) -> Whole:
    dates = day.astype("datetime64[D]")
    found: Whole = (dates - dates.astype("datetime64[M]")).astype(numpy.int64) + 1
    return found


def _is_feast(day: Whole) -> Flags:
    known = numpy.array([month * 100 + date for month, date in _FEASTS])
    return numpy.isin(_month(day) * 100 + _of_month(day), known)


def _is_sale(day: Whole) -> Flags:
    """The four days from the Friday after November's fourth Thursday on."""
    weekday, date = (day + _THURSDAY) % 7, _of_month(day)
    friday = date - (weekday - 4) % 7
    found: Flags = (_month(day) == 11) & (friday >= 23) & (friday <= 29) & ((weekday - 4) % 7 < 4)
    return found


class Visits(NamedTuple):
    """Which visit each event is of, and which kind of event it is."""

    visit: Whole
    kind: Whole


def visits(world: World, events: Frame, rows: Whole) -> Visits:
    """The visits of these events."""
    block, place = rows // BLOCK, rows % BLOCK
    kind = numpy.searchsorted(numpy.cumsum([SEEN, CLICKS, SALES, SHARES]), place, side="right")
    within = place - numpy.array([0, SEEN, SEEN + CLICKS, SEEN + CLICKS + SALES, BLOCK - 2])[kind]
    visit = block * SEEN + numpy.where(kind == 0, within, within * 29)
    clicked, sold = kind == 1, kind == 2
    visit[clicked] = _clicking(world, events, block[clicked] * CLICKS + within[clicked])
    visit[sold] = _buying(world, events, block[sold] * SALES + within[sold])
    return Visits(visit, kind)


def _clicking(world: World, events: Frame, clicks: Whole) -> Whole:
    """Of the visits that compete for each click one, by how readily people click on its channel."""
    rivals = clicks[:, None] * _OF_CLICK + numpy.arange(_OF_CLICK)
    channels = _channel_of_day(world, events)[day_rows(world, events, rivals.ravel())]
    reach = numpy.cumsum(_APPEAL[channels].reshape(rivals.shape), axis=1)
    drawn = unit(bits(key(world.seed, "keen"), clicks.astype(numpy.uint64))) * reach[:, -1]
    chosen = numpy.minimum((reach <= drawn[:, None]).sum(axis=1), _OF_CLICK - 1)
    return rivals[numpy.arange(len(clicks)), chosen]


def _buying(world: World, events: Frame, sales: Whole) -> Whole:
    """One of the visits that clicked."""
    chosen = bits(key(world.seed, "buys"), sales.astype(numpy.uint64)) % numpy.uint64(_OF_SALE)
    return _clicking(world, events, sales * _OF_SALE + chosen.astype(numpy.int64))


def _channel_of_day(world: World, events: Frame) -> Whole:
    def find() -> Whole:
        return flight(parent(all_of(events, "analytics_daily"), "campaign_id")).channel

    return world.remembered(("channel of day", events.table.name), find)  # type: ignore[no-any-return]  # one cache for all kinds of indexes


def day_rows(world: World, events: Frame, visit: Whole) -> Whole:
    """The row of `analytics_daily` that each visit belongs to: its campaign and its day."""
    total = days_of(world, all_of(events, "analytics_daily")).total
    drawn = unit(bits(key(world.seed, "visit"), visit.astype(numpy.uint64))) * total[-1]
    return numpy.minimum(numpy.searchsorted(total, drawn, side="right"), len(total) - 1)


def counts(daily: Frame) -> Whole:
    """How many events of each kind (a column each) every row of the table counts; raises KeyError without events."""
    name = daily.table.name
    return daily.world.remembered(("counts", name), lambda: _counts(all_of(daily, name.name)))  # type: ignore[no-any-return]  # one cache for all kinds of indexes


_STEP = 500_000


def _counts(daily: Frame) -> Whole:
    world, events = daily.world, all_of(daily, "analytics_events")
    found = numpy.zeros((world.rows(daily.table.name), len(KINDS)), dtype=numpy.int64)
    rows = world.rows(events.table.name)
    for first in range(0, rows, _STEP):
        made = visits(world, events, numpy.arange(first, min(first + _STEP, rows), dtype=numpy.int64))
        numpy.add.at(found, (day_rows(world, events, made.visit), made.kind), 1)
    return found
